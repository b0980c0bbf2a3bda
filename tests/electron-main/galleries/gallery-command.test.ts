import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeOfInstalled, readInstalledGallery } from '../../../electron/galleries/installed-gallery.ts';
import { readPeopleList } from '../../../electron/galleries/cli/people-list.ts';
import { createKeyFileSealer } from '../../../electron/sealing/key-file-seal.ts';
import { writePng } from '../../../native-bridge/image/write-png.ts';
import { writeMinutiaeTemplate } from '../../../native-bridge/interchange/iso-19794/write-minutiae-template.ts';
import { encodeWsq } from '../../../native-bridge/interchange/wsq/encode-wsq.ts';
import { createExtractor } from '../../../native-bridge/matcher/extract/extract-template.ts';
import { createMatcherPool } from '../../../native-bridge/matcher/matcher-pool.ts';
import { decodeTemplate } from '../../../native-bridge/matcher/template/template-codec.ts';
import { fingerOfPerson } from '../../../native-bridge/synthesis/person.ts';
import { takeImpression } from '../../../native-bridge/synthesis/take-impression.ts';
import { never } from '../../support/galleries/authority.ts';
import { sharedCopy } from '../../support/matcher/shared-bytes.ts';

const CLI = fileURLToPath(new URL('../../../electron/galleries/cli/main.ts', import.meta.url));
const PEOPLE = 6;
const SEED = 31;
const EXPIRES = '2099-01-01T00:00:00Z';
let folder = '';
let extractor: ReturnType<typeof createExtractor>;

async function gallery(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, 'exit');
  return { code: child.exitCode, out, err };
}

async function json(...words: string[]): Promise<Record<string, unknown>> {
  const { code, err, out } = await gallery(...words, '--json');
  expect([code, err]).toEqual([0, '']);
  const answer: Record<string, unknown> = JSON.parse(out);
  return answer;
}

const impression = (person: number, of: number) => takeImpression(fingerOfPerson(SEED, person, 2), of);

function templateOf(person: number, of: number): Uint8Array {
  const extraction = extractor.extract(impression(person, of));
  if (extraction.kind !== 'extracted') throw new Error('no template');
  return extraction.template;
}

/** What another maker would hand over of the same finger: minutiae alone, in the format's own frame. */
function isoRecord(person: number): Uint8Array {
  const finger = decodeTemplate(templateOf(person, 0));
  const minutiae = finger.minutiae.map(({ angleRad, kind, quality, xPx, yPx }) => ({
    type: kind === 'unsettled' ? ('other' as const) : kind,
    xPx: Math.round(xPx),
    yPx: Math.round(yPx),
    angleUnits: 0,
    angleRad: (2 * Math.PI - angleRad) % (2 * Math.PI),
    quality: Math.max(1, Math.round(quality * 100)),
  }));
  const frame = { widthPx: finger.widthPx, heightPx: finger.heightPx, xPixelsPerCm: 197, yPixelsPerCm: 197 };
  const view = { fingerPosition: 2, viewNumber: 0, impressionCode: 0, quality: 80, ...frame };
  return writeMinutiaeTemplate({
    deviceNumber: 0,
    complianceCode: 0,
    views: [{ ...view, minutiae, ridgeCounts: [], extensions: [] }],
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ridgeway-gallery-command-'));
  extractor = createExtractor();
  await mkdir(join(folder, 'data'), { mode: 0o700 });
  const rows = ['reference,file,position'];
  for (let person = 0; person < PEOPLE; person += 1) {
    const kind = ['png', 'wsq', 'fmr'][person % 3] ?? 'png';
    const image = impression(person, 0);
    const bytes = kind === 'png' ? writePng(image) : kind === 'wsq' ? encodeWsq(image) : isoRecord(person);
    await writeFile(join(folder, `${person}.${kind}`), bytes);
    rows.push(`"person ${person}, ${kind}",${person}.${kind},${kind === 'fmr' ? '' : 2}`);
  }
  await writeFile(join(folder, 'people.csv'), `${rows.join('\r\n')}\r\n`);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the command of galleries', () => {
  test('from keys to a search', { timeout: 180_000 }, async () => {
    const { publicKey } = await json('keygen', 'authority.pem');
    expect((await stat(join(folder, 'authority.pem'))).mode & 0o077).toBe(0);
    const { stationKey } = await json('station-key', '--data', 'data');
    const about = ['--database', 'police', '--origin', 'A test', '--expires', EXPIRES, '--key', 'authority.pem'];
    const built = await json('build', 'g.rwgallery', '--list', 'people.csv', ...about, '--station', String(stationKey));
    expect(built).toMatchObject({ people: PEOPLE, fingers: PEOPLE, peopleLeftOut: 0, filesLeftOut: 0 });
    expect(await json('inspect', 'g.rwgallery')).toMatchObject({ people: PEOPLE, signer: publicKey, isExpired: false });
    expect(await json('verify', 'g.rwgallery', '--trust', 'authority.pem.pub')).toMatchObject({ isSound: true });

    const words = ['import', 'g.rwgallery', '--database', 'police', '--data', 'data'];
    const untrusted = await gallery(...words, '--json');
    expect([untrusted.code, JSON.parse(untrusted.out)]).toEqual([
      1,
      expect.objectContaining({ reason: 'untrusted-key' }),
    ]);
    await json(...words, '--trust', 'authority.pem.pub');

    const sealer = createKeyFileSealer(join(folder, 'data'));
    const installed = await readInstalledGallery(join(folder, 'data', 'police.extract'), null);
    await using matcher = createMatcherPool({ threads: 1 });
    const open = await matcher.openGallery(await placeOfInstalled(installed, (sealed) => sealer.unseal(sealed)), never);
    for (let person = 0; person < PEOPLE; person += 1) {
      const template = templateOf(person, 7);
      const probe = { position: 2, template: sharedCopy(template), templateBytes: template.length } as const;
      const [first] = await matcher.search(open, [probe], { signal: never, deadlineMs: 60_000, maximumCandidates: 2 });
      expect(first?.reference).toMatch(new RegExp(`^person ${person}, `));
      expect(first?.score).toBeGreaterThan(3);
    }
  });

  test('ends with 2 for a wrong command line and with 1 for a wrong list, and leaves no half file', async () => {
    for (const words of [['frob'], ['build', 'x.rwgallery'], ['verify', 'g.rwgallery'], ['inspect', '--nonsense']]) {
      expect((await gallery(...words)).code, words.join(' ')).toBe(2);
    }
    expect((await gallery('--help')).out).toContain('exit codes');
    await writeFile(join(folder, 'wrong.csv'), 'reference,file,position\na,0.png,11\n');
    const about = ['--database', 'police', '--origin', 'A', '--expires', EXPIRES, '--key', 'authority.pem'];
    const wrong = await gallery('build', 'x.rwgallery', '--list', 'wrong.csv', ...about, '--station', 'ab'.repeat(32));
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('"line":2')]);
    expect((await readdir(folder)).filter((name) => name.startsWith('x.'))).toEqual([]);
  });

  test('cancelled by Ctrl-C it ends with 3 and leaves nothing half written', { timeout: 120_000 }, async () => {
    const rows = Array.from({ length: 3_000 }, (_, row) => `p${row},0.png,2`);
    await writeFile(join(folder, 'long.csv'), ['reference,file,position', ...rows].join('\n'));
    const about = ['--database', 'police', '--origin', 'A', '--expires', EXPIRES, '--key', 'authority.pem'];
    const words = ['build', 'c.rwgallery', '--list', 'long.csv', ...about, '--station', 'ab'.repeat(32)];
    const child = spawn(process.execPath, [CLI, ...words], { cwd: folder, stdio: 'ignore' });
    const parts = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name.startsWith('c.'));
    while ((await parts()).length === 0 && child.exitCode === null) await new Promise(setImmediate);
    child.kill('SIGINT');
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(3);
    expect(await parts()).toEqual([]);
  });
});

describe('a list of people', () => {
  test('is the same as CSV and as JSON; the files of one person are put together', () => {
    const csv = readPeopleList(
      '\uFEFFreference,file,position,ppi\r\n"A ""1""",a.png,2,1000\r\nB,b.an2,,\r\n"A ""1""","c,d.png",7,\r\n',
    );
    const json = readPeopleList(
      JSON.stringify([
        {
          reference: 'A "1"',
          fingers: [
            { file: 'a.png', position: 2, ppi: 1000 },
            { file: 'c,d.png', position: 7 },
          ],
        },
        { reference: 'B', fingers: [{ file: 'b.an2' }] },
      ]),
    );
    expect(csv).toEqual(json);
  });

  test.each([
    'file,reference,colour\n',
    'file\nx',
    'reference,file\n,x',
    'reference,file\n"a,b',
    '[{"reference":1}]',
    '[{',
  ])('that is %j is refused with a place', (list) => {
    expect(() => readPeopleList(list)).toThrow(expect.objectContaining({ code: 'gallery.list' }));
  });
});
