import { beforeEach, expect, test, vi } from 'vitest';
import { openStationWindow, showPage } from '../../../electron/hosts/electron/window.ts';
import { record, resetFake } from '../../support/fake-electron.ts';

vi.mock('electron', () => import('../../support/fake-electron.ts'));

beforeEach(resetFake);

test('the page is sandboxed, isolated and without Node, with the one preload', async () => {
  await openStationWindow('/package/preload.cjs');

  expect(record.windows).toHaveLength(1);
  expect(record.windows[0]?.options.webPreferences).toEqual({
    preload: '/package/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: false,
  });
});

test('developer tools exist only in a run that is not packaged', async () => {
  record.isPackaged = false;

  await openStationWindow('/preload.cjs');

  expect(record.windows[0]?.options.webPreferences?.devTools).toBe(true);
});

test('there is no menu, whose shortcuts could reload, zoom or open tools', async () => {
  await openStationWindow('/preload.cjs');

  expect(record.applicationMenu).toBeNull();
});

test('the window fills the screen only when --kiosk asks for it', async () => {
  await openStationWindow('/preload.cjs');
  record.switches = ['kiosk'];
  await openStationWindow('/preload.cjs');

  expect(record.windows.map(({ options }) => options.kiosk)).toEqual([false, true]);
});

test('the window is shown when its page is, and not before', async () => {
  const window = await openStationWindow('/preload.cjs');
  expect(record.windows[0]?.isShown).toBe(false);

  await showPage(window);

  expect(record.windows[0]?.isShown).toBe(true);
  expect(record.windows[0]?.loaded).toEqual(['app://station/index.html']);
});

test('a page whose process ended is loaded again', async () => {
  await showPage(await openStationWindow('/preload.cjs'));

  record.windows[0]?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });

  expect(record.windows[0]?.loaded).toHaveLength(2);
});
