import { ipcRenderer } from 'electron';
import { PORT_CHANNEL } from './port-channel.ts';

/** The page's window, as far as a preload needs it; the rest of the main process knows no page. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer: readonly object[]): void;
};

// The whole bridge: one port, passed on to the page that this preload belongs to. Nothing is exposed.
ipcRenderer.on(PORT_CHANNEL, ({ ports }) => {
  window.postMessage({ kind: PORT_CHANNEL }, window.location.origin, ports);
});
