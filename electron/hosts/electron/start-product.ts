import path from 'node:path';
import { app, dialog, session, protocol, type BrowserWindow } from 'electron';
import { isMaintenance, maintain } from '../../operations/maintenance.ts';
import { startSentence } from '../../operations/start-sentence.ts';
import { createStation, type Station } from '../../station/create-station.ts';
import type { Devices, TechnicalLog } from '../../station/platform.ts';
import { createElectronPlatform } from './electron-platform.ts';
import { handOverPorts } from './port-handover.ts';
import { serveRenderer } from './protocol.ts';
import { confineSession, hardenBeforeReady } from './security.ts';
import { followUpdates } from './updater.ts';
import { openStationWindow, showPage } from './window.ts';

/** Makes the devices that a station uses; asked once, after the application is ready. */
export type MakeDevices = () => Promise<Devices & AsyncDisposable>;

/** Files of the package, beside the bundled main file. */
const PRELOAD_FILE = path.join(import.meta.dirname, 'preload.cjs');
const RENDERER_FOLDER = path.join(import.meta.dirname, 'renderer');

/** Ends with this code when the station could not start, or broke. Source: docs/operations.md, "Exit codes". */
const EXIT_FAULT = 1;

/** Starts the product. Everything up to the first wait happens before the application is ready. */
export function startProduct(makeDevices: MakeDevices): void {
  hardenBeforeReady();
  const switches = {
    isThere: (name: string) => app.commandLine.hasSwitch(name),
    valueOf: (name: string) => app.commandLine.getSwitchValue(name),
  };
  if (isMaintenance(switches)) {
    const parts = { switches, version: app.getVersion(), makePlatform: createElectronPlatform, makeDevices };
    app
      .whenReady()
      .then(() => maintain({ ...parts, print: console.log }))
      .then((code) => app.exit(code))
      .catch(showAndEnd);
    return;
  }
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.on('window-all-closed', () => app.quit());
  app
    .whenReady()
    .then(() => run(makeDevices))
    .catch(showAndEnd);
}

async function run(makeDevices: MakeDevices): Promise<void> {
  const platform = await createElectronPlatform();
  const devices = await makeDevices();
  const station = await createStation(platform, devices);
  const stopUpdates = await followUpdates(platform);
  closeBeforeQuitting(station, devices, stopUpdates);
  endOnAnyFault(station, platform.log);
  confineSession(session.defaultSession);
  serveRenderer(protocol, RENDERER_FOLDER);
  const window = await openStationWindow(PRELOAD_FILE);
  app.on('second-instance', () => raise(window));
  handOverPorts(window.webContents, station);
  await showFirstPasswords(station);
  await showPage(window);
}

function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Quitting waits until every check is ended and every print erased; asked twice, it waits once. */
function closeBeforeQuitting(station: Station, devices: AsyncDisposable, stopUpdates: () => void): void {
  let isClosing = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    stopUpdates();
    station
      .close()
      .then(() => devices[Symbol.asyncDispose]())
      .then(() => app.exit(0))
      .catch(showAndEnd);
  });
}

/** What nobody foresaw: prints are zeroed first, then it is logged, then the process ends. */
function endOnAnyFault(station: Station, log: TechnicalLog): void {
  const end = (fault: unknown): void => {
    station.zeroiseEverythingNow();
    log.fault('host.unforeseen', fault);
    showAndEnd(fault);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

/** Shown once to whoever installs the station; they are kept nowhere and must be changed at first use. */
async function showFirstPasswords({ firstUsers }: Station): Promise<void> {
  if (firstUsers.length === 0) return;
  const detail = firstUsers.map(({ user, firstPassword }) => `${user.userName}:  ${firstPassword}`).join('\n');
  await dialog.showMessageBox({
    type: 'info',
    message: 'First passwords of this station. They are shown this once.',
    detail,
    buttons: ['I have written them down'],
  });
}

function showAndEnd(fault: unknown): void {
  dialog.showErrorBox('Ridgeway cannot go on', `Tell your administrator: ${startSentence(fault)}`);
  app.exit(EXIT_FAULT);
}
