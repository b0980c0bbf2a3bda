import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startProduct, type MakeDevices } from '../../../electron/hosts/electron/start-product.ts';
import { happens, nextExit, record, resetFake } from '../../support/fake-electron.ts';
import { loadPreload, type PageInNode } from './page-in-node.ts';

vi.mock('electron', () => import('../../support/fake-electron.ts'));

let folder: string;
let ownListeners: readonly NodeJS.UncaughtExceptionListener[];
let ownRejections: readonly NodeJS.UnhandledRejectionListener[];
let pages: PageInNode[];
let onPage: (page: PageInNode) => void;
let disposed: number;

/** Devices with no scanner and no gallery: the host does not know what is behind them. */
const makeDevices: MakeDevices = async () => ({
  scanners: { list: async () => [], open: () => Promise.reject(new Error('no scanner')) },
  matcher: {
    extract: () => Promise.reject(new Error('no matcher')),
    examinePair: () => Promise.resolve('nothing' as const),
    openGallery: () => Promise.reject(new Error('no gallery')),
    startIndexing: () => {
      throw new Error('no matcher');
    },
    search: () => Promise.reject(new Error('no matcher')),
    [Symbol.asyncDispose]: async () => {},
  },
  trainingGalleries: null,
  trainingHand: null,
  [Symbol.asyncDispose]: async () => void (disposed += 1),
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-electron-'));
  resetFake();
  record.userData = folder;
  ownListeners = process.listeners('uncaughtException');
  ownRejections = process.listeners('unhandledRejection');
  pages = [];
  disposed = 0;
  vi.resetModules();
  await loadPreload((page) => {
    pages.push(page);
    onPage(page);
  });
});

afterEach(async () => {
  if (record.exitCodes.length === 0 && record.windows.length > 0) await quit();
  for (const { port } of pages) port.close();
  for (const listener of process.listeners('uncaughtException')) {
    if (!ownListeners.includes(listener)) process.off('uncaughtException', listener);
  }
  for (const listener of process.listeners('unhandledRejection')) {
    if (!ownRejections.includes(listener)) process.off('unhandledRejection', listener);
  }
  await rm(folder, { recursive: true, force: true });
});

function nextPage(): Promise<PageInNode> {
  return new Promise((resolve) => {
    onPage = resolve;
  });
}

async function start(): Promise<PageInNode> {
  const page = nextPage();
  startProduct(makeDevices);
  return await page;
}

async function quit(): Promise<number> {
  const exit = nextExit();
  happens.toApp('window-all-closed');
  return await exit;
}

function firstPassword(userName: string): string {
  const shown = record.dialogs.find(({ kind }) => kind === 'box')?.text ?? '';
  return new RegExp(`^${userName}: +(.+)$`, 'm').exec(shown)?.[1] ?? '';
}

describe('the product starts', () => {
  test('the page asks the station over its port, and signs in with the password that was shown once', async () => {
    const { client } = await start();

    const status = await client.station.status({});
    const session = await client.session.signIn({ userName: 'admin', password: firstPassword('admin') });

    expect(status).toMatchObject({ version: '0.0.0-fake', isTraining: false });
    expect(session).toMatchObject({ userName: 'admin', role: 'administrator', mustChangePassword: true });
  });

  test('first passwords are shown at the first start only', async () => {
    await start();
    await quit();
    record.exitCodes = [];
    record.dialogs = [];

    await start();

    expect(record.dialogs).toEqual([]);
  });

  test('a second instance ends at once and opens nothing', () => {
    record.isFirstInstance = false;

    startProduct(makeDevices);

    expect(record.calls).toContain('app.quit');
    expect(record.calls).not.toContain('app.whenReady');
    expect(record.windows).toEqual([]);
  });

  test('the first instance comes forward when a second one was started', async () => {
    await start();

    happens.toApp('second-instance');

    expect(record.calls).toEqual(expect.arrayContaining(['window.restore', 'window.focus']));
  });

  test('a folder that holds no database of ours is refused in words, and the file is left as it was', async () => {
    await writeFile(path.join(folder, 'ridgeway.sqlite'), 'something else entirely');
    const exit = nextExit();

    startProduct(makeDevices);

    expect(await exit).toBe(1);
    expect(record.dialogs).toMatchObject([{ kind: 'error', text: expect.stringContaining('storage.not-a-database') }]);
    expect(record.windows).toEqual([]);
    expect(await readFile(path.join(folder, 'ridgeway.sqlite'), 'utf8')).toBe('something else entirely');
  });

  test.each([
    ['offers no encryption', { isEncryptionAvailable: false }],
    ['would seal with a password that everybody knows', { storageBackend: 'basic_text' }],
  ])('a computer that %s is refused', async (_what, changed) => {
    Object.assign(record, changed);
    const exit = nextExit();

    startProduct(makeDevices);

    expect(await exit).toBe(1);
    expect(record.dialogs).toMatchObject([{ kind: 'error', text: expect.stringContaining('sealing.no-key-store') }]);
  });
});

describe('started to tell something and end', () => {
  async function told(switches: readonly string[]): Promise<{ code: number; line: string }> {
    record.switches = [...switches];
    // Beside a station that is running: the second instance of the product would end at once.
    record.isFirstInstance = false;
    const print = vi.spyOn(console, 'log').mockImplementation(() => {});
    try {
      const exit = nextExit();
      startProduct(makeDevices);
      return { code: await exit, line: String(print.mock.calls.at(-1)?.[0]) };
    } finally {
      print.mockRestore();
    }
  }

  test('--version prints the version and opens nothing', async () => {
    expect(await told(['version'])).toEqual({ code: 0, line: '0.0.0-fake' });
    expect(record.windows).toEqual([]);
  });

  test('--self-test prints one JSON line and ends with 3 when a part is broken', { timeout: 60_000 }, async () => {
    const { code, line } = await told(['self-test']);

    expect(code).toBe(3);
    expect(JSON.parse(line)).toMatchObject({
      isSound: false,
      version: '0.0.0-fake',
      parts: { database: { kind: 'absent' }, scanner: { kind: 'broken', code: 'scanner.not-found' } },
    });
    expect(record.windows).toEqual([]);
    expect(disposed).toBe(1);
  });

  test('--self-test says which part is broken where the account has no key store', async () => {
    record.isEncryptionAvailable = false;

    const { code, line } = await told(['self-test']);

    expect(code).toBe(3);
    expect(JSON.parse(line)).toMatchObject({ parts: { sealing: { kind: 'broken', code: 'sealing.no-key-store' } } });
  });

  test('--report=FILE writes the line into a file too, for Windows has no standard output to read', async () => {
    record.switchValues = { report: path.join(folder, 'report.json') };

    const { line } = await told(['self-test', 'report']);

    expect(await readFile(path.join(folder, 'report.json'), 'utf8')).toBe(`${line}\n`);
  });

  test('a report that cannot be written ends with 1 and a line that says why', async () => {
    record.switchValues = { report: path.join(folder, 'none', 'report.json') };

    const { code, line } = await told(['version', 'report']);

    expect(code).toBe(1);
    expect(JSON.parse(line)).toMatchObject({ isSound: false, fault: expect.stringContaining('ENOENT') });
  });

  test('--export-diagnostics writes an archive where it is told to and prints its checksum', async () => {
    const file = path.join(folder, 'd.zip');
    record.switchValues = { 'export-diagnostics': file };

    const { code, line } = await told(['export-diagnostics']);

    expect(code).toBe(0);
    const archive = await readFile(file);
    expect(JSON.parse(line)).toMatchObject({ file, sha256: createHash('sha256').update(archive).digest('hex') });
  });
});

describe('ports', () => {
  test('a page that loads again gets a new port and no session', async () => {
    const first = await start();
    await first.client.session.signIn({ userName: 'admin', password: firstPassword('admin') });
    const second = nextPage();

    record.windows[0]?.webContents.emit('did-finish-load');

    expect(await (await second).client.session.current({})).toBeNull();
  });

  test('the session of a page whose process ended is gone', async () => {
    const first = await start();
    await first.client.session.signIn({ userName: 'admin', password: firstPassword('admin') });
    const second = nextPage();

    record.windows[0]?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });

    expect(await (await second).client.session.current({})).toBeNull();
  });

  test.each([
    ['no JSON', '{'],
    ['a number', 7],
    ['null', null],
    ['bytes', new Uint8Array(9)],
    ['an object', { i: '1', p: { u: '/station/status', b: {} } }],
    ['an address of another host', '{"i":"9","p":{"u":"https://example.org/","b":{}}}'],
    ['a path with parts that nobody calls', '{"i":"9","p":{"u":"/station/status/../../x","b":{}}}'],
    ['headers', '{"i":"9","p":{"u":"/station/status","h":{"x":"y"},"b":{}}}'],
    ['a stream', '{"i":"9","t":3,"p":{"e":"message","d":{}}}'],
    ['typed values', '{"i":"9","p":{"u":"/station/status","b":{"json":{},"meta":[[1,"a"]]}}}'],
    ['more than a message may have', JSON.stringify({ i: '9', p: { u: '/a/b', b: { json: 'x'.repeat(65_536) } } })],
  ])('a message that is %s is dropped, and the next call is answered', async (_what, message) => {
    const { port, client } = await start();
    const answers: unknown[] = [];
    port.on('message', (answer) => answers.push(answer));

    port.postMessage(message);
    await client.station.status({});

    expect(answers).toHaveLength(1);
    expect(record.exitCodes).toEqual([]);
  });
});

describe('the product ends', () => {
  test('quitting waits for the station and its devices, once, however often it is asked', async () => {
    await start();
    const exit = nextExit();

    happens.toApp('window-all-closed');
    happens.toApp('window-all-closed');

    expect(await exit).toBe(0);
    expect(record.exitCodes).toEqual([0]);
    expect(disposed).toBe(1);
  });

  test.each(['lock-screen', 'suspend'] as const)('%s locks whoever is signed in', async (event) => {
    const { client } = await start();
    await client.session.signIn({ userName: 'admin', password: firstPassword('admin') });

    happens.toComputer(event);

    await vi.waitFor(async () => expect(await client.session.current({})).toMatchObject({ isLocked: true }));
  });

  test('what nobody foresaw is logged and shown, and ends the process with 1', async () => {
    await start();
    const exit = nextExit();

    process.emit('uncaughtException', new Error('unforeseen.example'));

    expect(await exit).toBe(1);
    expect(record.dialogs.at(-1)).toMatchObject({ kind: 'error', text: expect.stringContaining('unforeseen.example') });
  });

  test('the log is in files of the data folder and holds no password', async () => {
    await start();
    const password = firstPassword('admin');
    await quit();

    const logs = (await readdir(path.join(folder, 'logs'))).map((name) => path.join(folder, 'logs', name));
    const text = (await Promise.all(logs.map((file) => readFile(file, 'utf8')))).join('');

    expect(logs.length).toBeGreaterThan(0);
    expect(password.length).toBeGreaterThan(10);
    expect(text).not.toContain(password);
  });
});
