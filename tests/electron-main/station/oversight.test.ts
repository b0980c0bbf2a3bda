import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SelfTestEvent } from '../../../electron/contract/health.ts';
import { PART_NAMES } from '../../../electron/self-test/self-test.ts';
import { createLogDesk } from '../../../electron/station/desks/log-desk.ts';
import { parseLogLine } from '../../../electron/station/log-lines.ts';
import { startTestStation, type StationClient, type TestStation } from '../../support/test-station.ts';

let station: TestStation;
let administrator: StationClient;
let auditor: StationClient;
let sergeant: StationClient;
let officer: StationClient;

beforeAll(async () => {
  station = await startTestStation({ withGalleries: false });
  administrator = (await station.signIn('administrator')).client;
  auditor = (await station.signIn('auditor')).client;
  sergeant = (await station.signIn('sergeant')).client;
  officer = (await station.signIn('officer')).client;
});
afterAll(() => station[Symbol.asyncDispose]());

const allEvents = (checkReference: string | null = null) =>
  auditor.audit.search({ checkReference, beforeSequence: null, limit: 500 });

describe('the self-test from the page', () => {
  test('tests every part in turn, says which, finds known prints, and opens no scanner', async () => {
    const said: SelfTestEvent[] = [];
    for await (const event of await administrator.health.selfTest({})) said.push(event);

    expect(said.flatMap((event) => (event.kind === 'testing' ? [event.part] : []))).toEqual(PART_NAMES);
    const last = said.at(-1);
    expect(last?.kind).toBe('ended');
    const findings = new Map(last?.tested.map(({ finding, part }) => [part, finding.kind]));
    expect(findings.get('matcher')).toBe('sound');
    // The station that runs holds its own file; it is read through the station and not reported as absent.
    expect(findings.get('database')).toBe('sound');
    expect(station.spy.opened).toBe(0);
  });

  test('is refused while another one runs, and may be run again once it has ended', async () => {
    const first = await administrator.health.selfTest({});
    await first.next();

    await expect(administrator.health.selfTest({})).rejects.toMatchObject({ data: { code: 'health.in-progress' } });
    await first.return();
    const third = await administrator.health.selfTest({});
    expect((await third.next()).value).toMatchObject({ kind: 'testing' });
    await third.return();
  });
});

describe('the technical log', () => {
  test('a fault is told by its kind and code; its message and its stack stay in the file', () => {
    const line = JSON.stringify({
      level: 50,
      time: Date.parse('2026-11-22T10:00:00Z'),
      code: 'capture',
      err: {
        type: 'ScannerFault',
        code: 'scanner.report-gap',
        message: 'John Smith, born 1990',
        stack: 'at /home/john',
        figures: { expected: 7, received: 9, note: 'a sentence with a name' },
      },
    });

    expect(parseLogLine(line)).toEqual({
      at: '2026-11-22T10:00:00.000Z',
      level: 'fault',
      code: 'capture',
      figures: { fault: 'ScannerFault', faultCode: 'scanner.report-gap', expected: 7, received: 9 },
    });
  });

  test.each(['', 'no JSON', '[]', '{"level":30,"time":"now","code":"a"}', '{"level":30,"time":1e99,"code":"a"}'])(
    'a line that is none of the log, such as "%s", is left out',
    (line) => {
      expect(parseLogLine(line)).toBeNull();
    },
  );

  test('lines come newest first over the border of two files, by level and by the beginning of the code', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ridgeway-log-'));
    const line = (time: number, level: number, code: string) => `${JSON.stringify({ level, time, code })}\n`;
    await writeFile(join(folder, 'ridgeway.1.log'), line(1, 30, 'gallery.ready') + line(2, 50, 'scanner.list'));
    await writeFile(join(folder, 'ridgeway.2.log'), `${line(3, 30, 'scanner.opened')}{"half a line`);
    await utimes(join(folder, 'ridgeway.1.log'), 1, 1);
    const desk = createLogDesk(folder);
    const codes = async (filter: Partial<Parameters<typeof desk.lines>[0]>) =>
      (await desk.lines({ limit: 10, level: null, codeBegins: '', ...filter })).map(({ code }) => code);

    expect(await codes({})).toEqual(['scanner.opened', 'scanner.list', 'gallery.ready']);
    expect(await codes({ level: 'fault' })).toEqual(['scanner.list']);
    expect(await codes({ codeBegins: 'scanner' })).toEqual(['scanner.opened', 'scanner.list']);
    expect(await codes({ limit: 1 })).toEqual(['scanner.opened']);
    await rm(folder, { recursive: true });
  });

  test('a station without a log folder has no lines, rather than a fault', async () => {
    expect(await createLogDesk('/nowhere/at/all').lines({ limit: 5, level: null, codeBegins: '' })).toEqual([]);
  });

  test('what the station wrote is read through the contract', async () => {
    await mkdir(station.platform.folders.logs, { recursive: true });
    await writeFile(
      join(station.platform.folders.logs, 'station.log'),
      `${JSON.stringify({ level: 30, time: Date.now(), code: 'gallery.ready', people: 12 })}\n`,
    );
    const lines = await administrator.health.logLines({ limit: 5, level: null, codeBegins: '' });
    expect(lines).toMatchObject([{ code: 'gallery.ready', level: 'note', figures: { people: 12 } }]);
  });
});

describe('settings', () => {
  test('say who set them: nobody at first, and then the administrator who changed one', async () => {
    const before = await administrator.administration.settings({});
    expect(before.origins.every(({ kind }) => kind === 'came-with-the-station')).toBe(true);

    const after = await administrator.administration.changeSettings({ ...before.settings, minimumQuality: 47 });

    expect(after.origins.find(({ name }) => name === 'minimumQuality')).toMatchObject({
      kind: 'administrator',
      userName: 'admin',
    });
    expect(after.origins.filter(({ kind }) => kind === 'administrator')).toHaveLength(1);
  });
});

describe('the sergeant', () => {
  test('sees how far an open check is and no word of its grounds, and that look is in the log', async () => {
    const check = await officer.checks.begin({});

    const open = await sergeant.supervision.openChecks({});

    expect(open).toEqual([
      {
        reference: check.reference,
        officerName: 'officer',
        stage: 'grounds',
        openedAt: check.openedAt,
        expiresAt: check.expiresAt,
      },
    ]);
    expect((await allEvents(check.reference)).map(({ code }) => code)).toContain('check-viewed');
    await officer.checks.end({ checkId: check.checkId, why: 'abandoned' });
    expect(await sergeant.supervision.openChecks({})).toEqual([]);
  });
});

describe('the auditor', () => {
  test('finds events by their kind and by their time', async () => {
    const changed = await auditor.audit.search({
      checkReference: null,
      beforeSequence: null,
      code: 'settings-changed',
      limit: 10,
    });
    expect(new Set(changed.map(({ code }) => code))).toEqual(new Set(['settings-changed']));

    const past = { to: '2020-01-01T00:00:00.000Z' };
    const none = await auditor.audit.search({ checkReference: null, beforeSequence: null, limit: 10, ...past });
    expect(none).toEqual([]);
  });

  test('sees how far the verification is, and it is noted once', async () => {
    const kinds: string[] = [];
    for await (const said of await auditor.audit.verify({})) kinds.push(said.kind);

    expect(kinds.at(0)).toBe('reading');
    expect(kinds.at(-1)).toBe('whole');
    expect((await allEvents()).filter(({ code }) => code === 'audit-verified')).toHaveLength(1);
  });

  test('has the log written on the station: its very text, a table, what it means, and what it was found to be', async () => {
    const written = await auditor.audit.exportLog({});

    expect(written).toMatchObject({ files: 4, isWhole: true });
    expect(written.folder.startsWith(join(station.dataFolder, 'exports'))).toBe(true);
    const lines = (await readFile(join(written.folder, 'events.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(written.events);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ sequence: 1, code: 'station-started' });
    const found: unknown = JSON.parse(await readFile(join(written.folder, 'verification.json'), 'utf8'));
    expect(found).toMatchObject({ kind: 'whole', events: written.events, period: { from: null, to: null } });
    expect((await allEvents()).at(0)).toMatchObject({ code: 'exported', details: { what: 'audit' } });
  });

  test('writes one export at a time', async () => {
    const first = auditor.audit.exportLog({});
    await expect(auditor.audit.exportLog({})).rejects.toMatchObject({ data: { code: 'audit.export-in-progress' } });
    await first;
  });
});
