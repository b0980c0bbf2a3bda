/**
 * As much of `electron` as the host uses, in plain Node. A member that the host was not known to use throws, so that a
 * call of the real one cannot go untested. The names are checked against electron's own types.
 */
import { EventEmitter, once } from 'node:events';
import { MessageChannel as NodeMessageChannel, type MessagePort as NodeMessagePort } from 'node:worker_threads';
import type * as Electron from 'electron';

type Known<Real> = { readonly [Name in keyof Real]?: unknown };

/** Everything that a test looks at or decides. `resetFake` puts it back. */
export interface FakeRecord {
  calls: string[];
  isPackaged: boolean;
  isFirstInstance: boolean;
  isEncryptionAvailable: boolean;
  storageBackend: string;
  switches: string[];
  /** What stands behind the `=` of a switch. */
  switchValues: Record<string, string>;
  userData: string;
  version: string;
  /** True: a page must come out of the protocol's handler before it has loaded. */
  readsPages: boolean;
  schemes: unknown[];
  protocolHandler: ((request: Request) => Promise<Response>) | null;
  sessionHandlers: Record<string, (...args: never[]) => unknown>;
  windows: FakeWindow[];
  dialogs: { readonly kind: 'box' | 'error'; readonly text: string }[];
  applicationMenu: unknown;
  exitCodes: number[];
}

export const record: FakeRecord = fresh();

function fresh(): FakeRecord {
  return {
    calls: [],
    isPackaged: true,
    isFirstInstance: true,
    isEncryptionAvailable: true,
    storageBackend: 'gnome_libsecret',
    switches: [],
    switchValues: {},
    userData: '',
    version: '0.0.0-fake',
    readsPages: false,
    schemes: [],
    protocolHandler: null,
    sessionHandlers: {},
    windows: [],
    dialogs: [],
    applicationMenu: undefined,
    exitCodes: [],
  };
}

/** Forgets everything that happened, listeners included. */
export function resetFake(): void {
  Object.assign(record, fresh());
  for (const emitter of [appEvents, powerEvents, sessionEvents, ipcEvents]) emitter.removeAllListeners();
}

const appEvents = new EventEmitter();
const powerEvents = new EventEmitter();
const sessionEvents = new EventEmitter();
const ipcEvents = new EventEmitter();
const exits = new EventEmitter();

/** The same object, but a name that it does not have throws instead of being undefined. */
function strict<Members extends object>(what: string, members: Members): Members {
  return new Proxy(members, {
    get(target, name, receiver) {
      // Promises ask every value for `then`, and tools for symbols.
      if (typeof name === 'symbol' || name === 'then' || name in target) return Reflect.get(target, name, receiver);
      throw new Error(`fake electron: ${what}.${name} is not known`);
    },
    set(target, name, value, receiver) {
      if (name in target) return Reflect.set(target, name, value, receiver);
      throw new Error(`fake electron: ${what}.${String(name)} is not known`);
    },
  });
}

function noted<Answer>(call: string, answer: Answer): Answer {
  record.calls.push(call);
  return answer;
}

/** What the computer or the user does, for a test to bring about. */
export const happens = {
  toApp: (event: string, ...args: unknown[]) => appEvents.emit(event, preventable(), ...args),
  toComputer: (event: 'lock-screen' | 'suspend' | 'shutdown') => powerEvents.emit(event),
  inSession: (event: string, ...args: unknown[]) => sessionEvents.emit(event, ...args),
};

/** Settles with the code when the application next ends. */
export async function nextExit(): Promise<number> {
  const [code]: unknown[] = await once(exits, 'exit');
  return Number(code);
}

/** An event that remembers whether it was prevented. */
export function preventable(): { defaultPrevented: boolean; preventDefault(): void } {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

export const app = strict('app', {
  get isPackaged() {
    return record.isPackaged;
  },
  commandLine: strict('app.commandLine', {
    hasSwitch: (name: string) => record.switches.includes(name),
    getSwitchValue: (name: string) => record.switchValues[name] ?? '',
  } satisfies Known<Electron.CommandLine>),
  getPath: (name: string) => (name === 'userData' ? record.userData : refuse(`app.getPath('${name}')`)),
  getVersion: () => record.version,
  enableSandbox: () => noted('app.enableSandbox', undefined),
  requestSingleInstanceLock: () => record.isFirstInstance,
  whenReady: () => noted('app.whenReady', Promise.resolve()),
  on: (event: string, listener: (...args: unknown[]) => void) => void appEvents.on(event, listener),
  quit() {
    record.calls.push('app.quit');
    const event = preventable();
    appEvents.emit('before-quit', event);
    if (!event.defaultPrevented) record.exitCodes.push(0);
  },
  exit(code: number) {
    record.exitCodes.push(code);
    exits.emit('exit', code);
  },
} satisfies Known<Electron.App>);

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: unknown[]) => void record.schemes.push(...schemes),
  handle: (_scheme: string, handler: (request: Request) => Promise<Response>) =>
    void Object.assign(record, { protocolHandler: handler }),
} satisfies Known<Electron.Protocol>);

function kept(name: string): (handler: (...args: never[]) => unknown) => void {
  return (handler) => void Object.assign(record.sessionHandlers, { [name]: handler });
}

export const session = strict('session', {
  defaultSession: strict('session.defaultSession', {
    setPermissionRequestHandler: kept('permissionRequest'),
    setPermissionCheckHandler: kept('permissionCheck'),
    setDevicePermissionHandler: kept('devicePermission'),
    setDisplayMediaRequestHandler: kept('displayMedia'),
    setSpellCheckerEnabled: (isEnabled: boolean) => noted(`session.setSpellCheckerEnabled ${isEnabled}`, undefined),
    on: (event: string, listener: (...args: unknown[]) => void) => void sessionEvents.on(event, listener),
    webRequest: strict('session.defaultSession.webRequest', {
      onBeforeRequest: kept('beforeRequest'),
    } satisfies Known<Electron.WebRequest>),
  } satisfies Known<Electron.Session>),
});

export const powerMonitor = strict('powerMonitor', {
  on: (event: string, listener: () => void) => void powerEvents.on(event, listener),
  off: (event: string, listener: () => void) => void powerEvents.off(event, listener),
} satisfies Known<Electron.PowerMonitor>);

export const safeStorage = strict('safeStorage', {
  isEncryptionAvailable: () => record.isEncryptionAvailable,
  getSelectedStorageBackend: () => record.storageBackend,
  encryptString: (text: string) => Buffer.from(`sealed:${text}`).map((byte) => byte ^ 0x5a),
  decryptString: (sealed: Buffer) => {
    const text = Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString();
    return text.startsWith('sealed:') ? text.slice('sealed:'.length) : refuse('decrypting what was not sealed here');
  },
} satisfies Known<Electron.SafeStorage>);

export const dialog = strict('dialog', {
  showMessageBox: async ({ message, detail }: { message: string; detail: string }) =>
    void record.dialogs.push({ kind: 'box', text: `${message}\n${detail}` }),
  showErrorBox: (title: string, text: string) => void record.dialogs.push({ kind: 'error', text: `${title}\n${text}` }),
} satisfies Known<Electron.Dialog>);

export const Menu = strict('Menu', {
  setApplicationMenu: (menu: unknown) => void Object.assign(record, { applicationMenu: menu }),
});

export const ipcRenderer = strict('ipcRenderer', {
  on: (channel: string, listener: (event: { ports: readonly NodeMessagePort[] }) => void) =>
    void ipcEvents.on(channel, listener),
} satisfies Known<Electron.IpcRenderer>);

/** A port of the main process over a port of Node, with electron's manners: events carry `data`, `start` starts. */
class FakeMessagePort extends EventEmitter {
  readonly native: NodeMessagePort;

  constructor(native: NodeMessagePort) {
    super();
    this.native = native;
  }

  start(): void {
    this.native.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
    this.native.on('close', () => this.emit('close'));
  }

  postMessage(message: unknown): void {
    this.native.postMessage(message);
  }

  close(): void {
    this.native.close();
  }
}

export class MessageChannelMain {
  readonly port1: FakeMessagePort;
  readonly port2: FakeMessagePort;

  constructor() {
    const { port1, port2 } = new NodeMessageChannel();
    this.port1 = strict('MessagePortMain', new FakeMessagePort(port1));
    this.port2 = strict('MessagePortMain', new FakeMessagePort(port2));
  }
}

/** A page: what happens to it, and what it is sent. */
export class FakeWebContents extends EventEmitter {
  windowOpenHandler: (() => { action: string }) | null = null;

  setWindowOpenHandler(handler: () => { action: string }): void {
    this.windowOpenHandler = handler;
  }

  /** What arrives at the preload's `ipcRenderer`; ports arrive as ports. */
  postMessage(channel: string, _message: unknown, ports: readonly FakeMessagePort[]): void {
    ipcEvents.emit(channel, { ports: ports.map(({ native }) => native) });
  }
}

export class FakeWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = strict('webContents', new FakeWebContents());
  readonly loaded: string[] = [];
  isShown = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    record.windows.push(this);
    appEvents.emit('web-contents-created', preventable(), this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    if (record.readsPages) await readPage(url);
    this.emit('ready-to-show');
    this.webContents.emit('did-finish-load');
  }

  show = (): void => void (this.isShown = true);
  focus = (): void => void record.calls.push('window.focus');
  restore = (): void => void record.calls.push('window.restore');
  isMinimized = (): boolean => true;
  isDestroyed = (): boolean => false;
}

/** Made with `new`, like the real one, and strict. */
export const BrowserWindow = function (options: Electron.BrowserWindowConstructorOptions): FakeWindow {
  return strict('BrowserWindow', new FakeWindow(options));
} as unknown as new (options: Electron.BrowserWindowConstructorOptions) => FakeWindow;

/** Asks the protocol's handler for the page and for every file that it names. */
async function readPage(url: string): Promise<void> {
  const page = await answered(url);
  const names = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name ?? '');
  for (const name of names) if (!name.startsWith('data:')) await answered(new URL(name, url).href);
}

async function answered(url: string): Promise<Response> {
  const response = await record.protocolHandler?.(new Request(url));
  if (response?.status !== 200) throw new Error(`${url} was answered with ${response?.status}`);
  return response;
}

function refuse(what: string): never {
  throw new Error(`fake electron: ${what} is not known`);
}
