import { beforeEach, describe, expect, test, vi } from 'vitest';
import { confineSession, hardenBeforeReady } from '../../../electron/hosts/electron/security.ts';
import { BrowserWindow, happens, preventable, record, resetFake, session } from '../../support/fake-electron.ts';

vi.mock('electron', () => import('../../support/fake-electron.ts'));

beforeEach(() => {
  resetFake();
  hardenBeforeReady();
  confineSession(session.defaultSession as never);
});

test('every renderer is sandboxed and the own scheme is a secure origin, before the application is ready', () => {
  expect(record.calls).toContain('app.enableSandbox');
  expect(record.calls).not.toContain('app.whenReady');
  expect(record.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
});

describe('a page stays where it is', () => {
  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    '%s is prevented',
    (name) => {
      const { webContents } = new BrowserWindow({});
      const event = preventable();

      webContents.emit(name, event);

      expect(event.defaultPrevented).toBe(true);
    },
  );

  test('it opens no window', () => {
    expect(new BrowserWindow({}).webContents.windowOpenHandler?.()).toEqual({ action: 'deny' });
  });
});

describe('nothing is permitted', () => {
  test.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'hid', 'usb', 'fullscreen', 'openExternal'])(
    'the permission "%s" is refused when it is asked for and when it is looked up',
    (permission) => {
      const answer = vi.fn();

      record.sessionHandlers['permissionRequest']?.(null as never, permission as never, answer as never);

      expect(answer).toHaveBeenCalledExactlyOnceWith(false);
      expect(record.sessionHandlers['permissionCheck']?.(null as never, permission as never)).toBe(false);
    },
  );

  test('no device is given to a page, and no screen is shared', () => {
    const answer = vi.fn();

    record.sessionHandlers['displayMedia']?.({} as never, answer as never);

    expect(record.sessionHandlers['devicePermission']?.({} as never)).toBe(false);
    expect(answer).toHaveBeenCalledExactlyOnceWith({});
  });

  test('a download is prevented', () => {
    const event = preventable();

    happens.inSession('will-download', event);

    expect(event.defaultPrevented).toBe(true);
  });

  test('the spelling checker, which fetches dictionaries from the internet, is off', () => {
    expect(record.calls).toContain('session.setSpellCheckerEnabled false');
  });
});

describe('requests', () => {
  function isCancelled(url: string): boolean {
    const answer = vi.fn();
    record.sessionHandlers['beforeRequest']?.({ url } as never, answer as never);
    return answer.mock.calls[0]?.[0].cancel;
  }

  test.each(['app://station/index.html', 'app://station/assets/a.js', 'data:,'])('"%s" is let through', (url) => {
    expect(isCancelled(url)).toBe(false);
  });

  test.each([
    'https://example.org/',
    'http://127.0.0.1:80/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'app://stationery/index.html',
    'app://other/',
    'blob:app://station/1',
    'devtools://devtools/bundled/inspector.html',
  ])('"%s" is cancelled in a package', (url) => {
    expect(isCancelled(url)).toBe(true);
  });

  test("the developer tools' own files are let through only in a run that is not packaged", () => {
    record.isPackaged = false;

    expect(isCancelled('devtools://devtools/bundled/inspector.html')).toBe(false);
    expect(isCancelled('https://example.org/')).toBe(true);
  });
});
