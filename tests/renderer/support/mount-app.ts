import { createRouterClient } from '@orpc/server';
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { createMemoryHistory, type Router } from 'vue-router';
import type { Role } from '../../../electron/contract/session.ts';
import App from '../../../renderer/App.vue';
import { createWords } from '../../../renderer/locales/i18n.ts';
import { createRidgewayRouter } from '../../../renderer/router.ts';
import type { StationConnection } from '../../../renderer/station/transport.ts';
import { FAKE_PASSWORD, FakeStation, type FakeConnection } from './fake-station.ts';

/** The whole page over a fake station in the same process. */
export interface MountedApp {
  readonly fake: FakeStation;
  readonly app: VueWrapper;
  readonly router: Router;
  readonly connections: readonly FakeConnection[];
  /** The text of the main part of the page. */
  text(): string;
  heading(): string;
  /** Lets everything that was set going come to rest. */
  settle(): Promise<void>;
  type(id: string, value: string): Promise<void>;
  choose(id: string): Promise<void>;
  select(id: string, value: string): Promise<void>;
  /** Presses the button or follows the link with those words. */
  press(words: string): Promise<void>;
  submit(): Promise<void>;
  signIn(role?: Role): Promise<void>;
  /** Breaks the present connection, as a station that stops does. */
  breakConnection(): Promise<void>;
}

/** Mounts the page and waits until it has reached the station. */
export async function mountApp(fake = new FakeStation(), language: 'en' | 'cy' = 'en'): Promise<MountedApp> {
  localStorage.clear();
  document.body.innerHTML = '';
  const pinia = createPinia();
  setActivePinia(pinia);
  const router = createRidgewayRouter(pinia, createMemoryHistory());
  const connections: FakeConnection[] = [];
  let breakLast: () => void = () => {};
  const connect = async (): Promise<StationConnection> => {
    const connection = fake.connect();
    connections.push(connection);
    const ended = new Promise<void>((resolve) => (breakLast = resolve));
    return { client: createRouterClient(fake.router, { context: { connection } }), ended };
  };
  const app = mount(App, {
    attachTo: document.body,
    props: { connect },
    global: { plugins: [pinia, createWords(language), router] },
  });
  const main = () => document.querySelector('main');
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 12; turn += 1) await flushPromises();
  };
  const byId = (id: string): Element => {
    const found = document.getElementById(id);
    if (found === null)
      throw new Error(`there is no field ${id} on ${router.currentRoute.value.path}: ${main()?.textContent}`);
    return found;
  };
  await router.isReady();
  await settle();
  const mounted: MountedApp = {
    fake,
    app,
    router,
    connections,
    text: () => main()?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '',
    heading: () => document.querySelector('main h1')?.textContent?.trim() ?? '',
    settle,
    async type(id, value) {
      const field = byId(id) as HTMLInputElement;
      field.value = value;
      field.dispatchEvent(new Event('input'));
      await settle();
    },
    async choose(id) {
      const radio = byId(id) as HTMLInputElement;
      radio.checked = true;
      radio.dispatchEvent(new Event('change'));
      await settle();
    },
    async select(id, value) {
      const select = byId(id) as HTMLSelectElement;
      select.value = value;
      select.dispatchEvent(new Event('change'));
      await settle();
    },
    async press(words) {
      const controls = [...document.querySelectorAll<HTMLElement>('button, a')];
      const control = controls.find((item) => item.textContent?.replaceAll(/\s+/g, ' ').trim() === words);
      if (control === undefined) throw new Error(`there is nothing to press that says "${words}"`);
      control.click();
      await settle();
    },
    async submit() {
      document.querySelector('main form')?.dispatchEvent(new Event('submit', { cancelable: true }));
      await settle();
    },
    async signIn(role = 'officer') {
      await mounted.type('user-name', role === 'administrator' ? 'admin' : role);
      await mounted.type('password', FAKE_PASSWORD);
      await mounted.submit();
    },
    async breakConnection() {
      breakLast();
      await settle();
    },
  };
  return mounted;
}
