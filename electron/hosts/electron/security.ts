import { app, protocol, type Session, type WebContents } from 'electron';
import { APP_ORIGIN, APP_SCHEME } from './app-scheme.ts';

/** What has to be said before the application is ready: the scheme is an origin, and every renderer is sandboxed. */
export function hardenBeforeReady(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true } }]);
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => confineContents(contents));
}

/** A page stays where it is: no navigation, no new window, no embedded page. */
function confineContents(contents: WebContents): void {
  const refuse = (event: { preventDefault(): void }): void => event.preventDefault();
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Nothing is permitted, downloaded, spell-checked on the internet or fetched from anywhere but the package. */
export function confineSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOwn(url) }));
}

/** An own file, or the page's empty icon. With the developer tools of an unpackaged run, theirs too. */
function isOwn(url: string): boolean {
  if (url.startsWith(`${APP_ORIGIN}/`) || url.startsWith('data:')) return true;
  return !app.isPackaged && url.startsWith('devtools:');
}
