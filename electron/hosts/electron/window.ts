import { app, BrowserWindow, Menu } from 'electron';
import { START_PAGE } from './app-scheme.ts';

/** The smallest window in which every page of the journey fits without scrolling sideways, CSS pixels. */
const SMALLEST = { minWidth: 640, minHeight: 480 };

/** Makes the station's one window and loads the page. `--kiosk` fills the screen and leaves no way out of it. */
export async function openStationWindow(preload: string): Promise<BrowserWindow> {
  Menu.setApplicationMenu(null);
  const window = new BrowserWindow({
    ...SMALLEST,
    width: 1280,
    height: 900,
    show: false,
    title: 'Ridgeway',
    kiosk: app.commandLine.hasSwitch('kiosk'),
    webPreferences: {
      preload,
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
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Loads the page; again when its process ended, so that the officer is not left with a white window. */
export async function showPage(window: BrowserWindow): Promise<void> {
  window.webContents.on('render-process-gone', () => {
    if (!window.isDestroyed()) void window.loadURL(START_PAGE);
  });
  await window.loadURL(START_PAGE);
}
