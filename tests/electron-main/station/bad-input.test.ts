import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stationContract } from '../../../electron/contract/station-contract.ts';
import { galleryPaths } from '../../../electron/station/galleries/gallery-paths.ts';
import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';
import { answerOf } from '../../support/answer-of.ts';
import { isAt, reachCapture, takeBoth, takeFinger } from '../../support/officer.ts';
import { startTestStation, until, type StationClient, type TestStation } from '../../support/test-station.ts';

const OPEN_TO_NOBODY = new Set(['station.status', 'station.watch', 'session.current', 'session.signIn']);
const PATHS = Object.entries(stationContract).flatMap(([group, procedures]) =>
  Object.keys(procedures).map((name) => [group, name] as const),
);

describe('a call without a session', () => {
  const guarded = PATHS.filter(([group, name]) => !OPEN_TO_NOBODY.has(`${group}.${name}`));

  test('there are as many guarded procedures as the contract has, less the four that are open', () => {
    expect(guarded).toHaveLength(PATHS.length - OPEN_TO_NOBODY.size);
  });

  test('is refused by every guarded procedure before its input is read', async () => {
    await using station = await startTestStation({ withGalleries: false });
    const { client } = station.connect();
    const procedures: Record<string, Record<string, (input: unknown) => Promise<unknown>>> = client as never;

    for (const [group, name] of guarded) {
      const call = procedures[group]?.[name]?.({ nonsense: true });
      await expect(call, `${group}.${name}`).rejects.toMatchObject({ code: 'REFUSED', data: { code: 'session.none' } });
    }

    expect(station.spy.opened).toBe(0);
  });
});

describe('files that are not what they should be', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ridgeway-bad-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('a database file that is not one is refused by name and left as it was', async () => {
    const filePath = join(folder, 'ridgeway.sqlite');
    await writeFile(filePath, 'a shopping list, long enough to look like something');

    await expect(startTestStation({ dataFolder: folder, withGalleries: false })).rejects.toMatchObject({
      code: 'storage.not-a-database',
    });

    expect(await readFile(filePath, 'utf8')).toBe('a shopping list, long enough to look like something');
  });

  test('a second station on the same database is refused, and the first goes on', async () => {
    await using first = await startTestStation({ dataFolder: folder, withGalleries: false });

    await expect(startTestStation({ dataFolder: folder, withGalleries: false })).rejects.toMatchObject({
      code: 'storage.in-use',
    });

    const { client } = await first.signIn('officer');
    expect((await client.checks.begin({})).stage).toBe('grounds');
  });

  test('a gallery cut short makes its database unavailable; the other one still answers, and nothing is lost', async () => {
    {
      await using whole = await startTestStation({ dataFolder: folder });
      expect((await whole.connect().client.station.status({})).police.kind).toBe('ready');
    }
    const { police } = galleryPaths(folder);
    const { length } = await readFile(police);
    await truncate(police, Math.floor(length / 2));

    await using station = await startTestStation({ dataFolder: folder });
    const status = await station.connect().client.station.status({});

    expect(status.police).toEqual({ kind: 'unavailable', reason: 'gallery-damaged' });
    expect(status.immigration.kind).toBe('ready');
    expect((await readFile(police)).length).toBe(Math.floor(length / 2));
  });
});

/** How long a test waits for an image that may never be taken for a finger, milliseconds. */
const WAIT_MS = 2_500;

describe('prints that are none', () => {
  const sides = { widthPx: 500, heightPx: 500, resolutionPpi: 500 };
  const even = (level: number): GreyImage => ({ ...sides, pixels: new Uint8Array(500 * 500).fill(level) });
  const noise = (): GreyImage => {
    let seed = 7;
    const pixels = Uint8Array.from(
      { length: 500 * 500 },
      () => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16,
    );
    return { ...sides, pixels };
  };
  const unusable: readonly [string, GreyImage][] = [
    ['black', even(0)],
    ['white', even(255)],
    ['grey', even(128)],
    ['noise', noise()],
    ['one pixel', { widthPx: 1, heightPx: 1, resolutionPpi: 500, pixels: Uint8Array.of(0) }],
  ];

  let station: TestStation;
  beforeAll(async () => {
    station = await startTestStation();
  });
  afterAll(() => station[Symbol.asyncDispose]());

  /** The state of the first finger once it has settled, or what it was when nothing more came. */
  async function settled(client: StationClient, checkId: string): Promise<string> {
    const shortly = AbortSignal.timeout(WAIT_MS);
    let kind = 'wanted';
    try {
      for await (const view of await client.checks.watch({ checkId }, { signal: shortly })) {
        if (view.stage !== 'capture') break;
        kind = view.fingers[0].state.kind;
        if (kind === 'captured' || kind === 'failed') break;
      }
    } catch (error) {
      if (!shortly.aborted) throw error;
    }
    return kind;
  }

  test.each(unusable)(
    '%s never becomes a match: the station waits on, refuses it, or answers unusable',
    async (_, image) => {
      const { client } = await station.signIn('officer');
      const { checkId, grantId } = await reachCapture(client);
      station.present(image);
      await client.checks.capture({ checkId, grantId, slot: 'first', position: 2 });

      const kind = await settled(client, checkId);

      expect(['waiting-for-finger', 'previewing', 'failed', 'captured']).toContain(kind);
      if (kind === 'captured') {
        await client.checks.markFinger({ checkId, grantId, slot: 'second', condition: 'missing' });
        await client.checks.search({ checkId, grantId, whyBelowThreshold: 'to see what happens' });
        const results = await until(client, checkId, isAt('results'));
        expect(['unusable', 'no-match']).toContain(answerOf(results, 'police').kind);
        expect(['unusable', 'no-match']).toContain(answerOf(results, 'immigration').kind);
      }
      // A sign-out alone would only interrupt the check, and its officer could begin no other.
      await client.checks.end({ checkId, why: 'abandoned' });
      await client.session.signOut({});
    },
  );
});

describe('a scanner that vanishes in the middle of a frame', () => {
  test('ends the capture in one code, leaves no byte, and the check goes on when it is back', async () => {
    await using station = await startTestStation({ faults: [{ kind: 'unplug-at', report: 60 }] });
    const { client } = await station.signIn('officer');
    const check = await reachCapture(client);

    const view = await takeFinger(station, client, check, { slot: 'first', position: 2, personSeed: 1 });

    expect(view.fingers[0].state).toEqual({ kind: 'failed', code: 'scanner.unplugged' });
    for (const buffer of station.buffers.values())
      expect(new Uint8Array(buffer).every((byte) => byte === 0)).toBe(true);
    station.scanner.plugIn();
    const again = await takeBoth(station, client, check, 1);
    expect(again.fingers.map(({ state }) => state.kind)).toEqual(['captured', 'captured']);
  });
});
