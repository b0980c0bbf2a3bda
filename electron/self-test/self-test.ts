import { once } from 'node:events';
import { parsePolicy, parseSettingsFile } from '../config/load-config.ts';
import { testGallery } from './test-gallery.ts';
import type { Devices, Platform } from '../station/platform.ts';
import { testCertificates } from './certificates-part.ts';
import { testDatabase, testVersion } from './database-parts.ts';
import { testDisk } from './disk-part.ts';
import { testKnownPrints } from './known-prints.ts';
import { broken, type PartResult } from './part-result.ts';

/** What the self-test says of a station: sound when no part is broken. */
export interface SelfTestReport {
  readonly version: string;
  readonly isSound: boolean;
  readonly parts: Readonly<Partial<Record<PartName, PartResult>>>;
}

/** Longest that one part may take, milliseconds. */
const PART_DEADLINE_MS = 60_000;
/** As many as the keys have that the station seals. */
const SECRET_BYTES = 32;

type Part = (platform: Platform, devices: Devices, signal: AbortSignal) => Promise<PartResult>;

const PARTS = {
  version: testVersion,
  policy: testPolicy,
  disk: ({ folders }) => testDisk([folders.data, folders.logs]),
  sealing: testSealing,
  database: testDatabase,
  police: (platform, devices, signal) => testGallery('police', platform, devices, signal),
  immigration: (platform, devices, signal) => testGallery('immigration', platform, devices, signal),
  certificates: testCertificates,
  scanner: testScanner,
  matcher: (_platform, { matcher }, signal) => testKnownPrints(matcher, signal),
} satisfies Readonly<Record<string, Part>>;

export type PartName = keyof typeof PARTS;
/** Every part, in the order in which they are tested. */
export const PART_NAMES: readonly PartName[] = [
  'version',
  'policy',
  'disk',
  'sealing',
  'database',
  'police',
  'immigration',
  'certificates',
  'scanner',
  'matcher',
];

/**
 * Tests parts one after another; one that throws, or that has not ended in time, is broken, and the next one is tested all
 * the same.
 */
export async function selfTest(
  platform: Platform,
  devices: Devices,
  names: readonly PartName[] = PART_NAMES,
  partDeadlineMs: number = PART_DEADLINE_MS,
): Promise<SelfTestReport> {
  const parts: Partial<Record<PartName, PartResult>> = {};
  for (const name of names) {
    const deadline = AbortSignal.timeout(partDeadlineMs);
    const late = once(deadline, 'abort').then((): PartResult => {
      return { kind: 'broken', code: 'self-test.part-timed-out', figures: { deadlineMs: partDeadlineMs } };
    });
    parts[name] = await Promise.race([PARTS[name](platform, devices, deadline).catch(broken), late]);
  }
  const isSound = Object.values(parts).every(({ kind }) => kind !== 'broken');
  return { version: platform.version, isSound, parts };
}

async function testPolicy({ machinePolicy, settingsFile }: Platform): Promise<PartResult> {
  const groups = Object.keys(parsePolicy(machinePolicy)).length;
  const groupsOfFile = Object.keys(parseSettingsFile(settingsFile)).length;
  if (groups + groupsOfFile === 0) return { kind: 'absent', why: 'no-policy' };
  return { kind: 'sound', figures: { groups, groupsOfFile } };
}

/** What is sealed comes back and does not show; an account without its key store cannot open what was sealed before. */
async function testSealing(platform: Platform): Promise<PartResult> {
  const secret = platform.randomness.bytes(SECRET_BYTES);
  const sealed = Buffer.from(await platform.seal(secret));
  const opened = Buffer.from(await platform.unseal(sealed));
  const isKept = opened.equals(secret);
  if (isKept && !sealed.includes(Buffer.from(secret)))
    return { kind: 'sound', figures: { sealedBytes: sealed.length } };
  return { kind: 'broken', code: isKept ? 'sealing.shows-the-secret' : 'sealing.loses-the-secret', figures: {} };
}

async function testScanner(_platform: Platform, { scanners }: Devices, signal: AbortSignal): Promise<PartResult> {
  const listed = await scanners.list(signal);
  const usable = listed.filter(({ profileId, refusal }) => profileId !== null && refusal === null).length;
  const figures = { listed: listed.length, usable, simulated: listed.filter(({ isSimulated }) => isSimulated).length };
  return usable === 0 ? { kind: 'broken', code: 'scanner.not-found', figures } : { kind: 'sound', figures };
}
