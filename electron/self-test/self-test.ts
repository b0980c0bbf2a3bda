import { X509Certificate } from 'node:crypto';
import { access, constants, readFile, statfs } from 'node:fs/promises';
import path from 'node:path';
import { parsePolicy } from '../config/load-config.ts';
import { galleryPaths } from '../station/gallery-keeper.ts';
import type { Devices, Platform } from '../station/platform.ts';
import { openForReading } from '../storage/database.ts';
import { StorageFault } from '../storage/storage-fault.ts';
import { testKnownPrints } from './known-prints.ts';
import { broken, type PartResult } from './part-result.ts';

/** What the self-test says of a station: sound when no part is broken. */
export interface SelfTestReport {
  readonly version: string;
  readonly isSound: boolean;
  readonly parts: Readonly<Partial<Record<PartName, PartResult>>>;
}

/** Free space below which the station warns, bytes: room for a year of log and counts many times over. */
const LEAST_FREE_BYTES = 200_000_000;
/** Longest that one part may take, milliseconds. */
const PART_DEADLINE_MS = 60_000;

type Part = (platform: Platform, devices: Devices, signal: AbortSignal) => Promise<PartResult>;

const PARTS = {
  policy: testPolicy,
  disk: testDisk,
  database: testDatabase,
  police: (platform, devices, signal) => testGallery(galleryPaths(platform.folders.data).police, devices, signal),
  immigration: (platform, devices, signal) =>
    testGallery(galleryPaths(platform.folders.data).immigration, devices, signal),
  certificates: testCertificates,
  scanner: testScanner,
  matcher: (_platform, { matcher }, signal) => testKnownPrints(matcher, signal),
} satisfies Readonly<Record<string, Part>>;

export type PartName = keyof typeof PARTS;
/** Every part, in the order in which they are tested. */
export const PART_NAMES: readonly PartName[] = [
  'policy',
  'disk',
  'database',
  'police',
  'immigration',
  'certificates',
  'scanner',
  'matcher',
];

/** Tests parts one after another; one that throws is broken, and the next one is tested all the same. */
export async function selfTest(
  platform: Platform,
  devices: Devices,
  names: readonly PartName[] = PART_NAMES,
): Promise<SelfTestReport> {
  const parts: Partial<Record<PartName, PartResult>> = {};
  for (const name of names) {
    parts[name] = await PARTS[name](platform, devices, AbortSignal.timeout(PART_DEADLINE_MS)).catch(broken);
  }
  const isSound = Object.values(parts).every(({ kind }) => kind !== 'broken');
  return { version: platform.version, isSound, parts };
}

async function testPolicy({ machinePolicy }: Platform): Promise<PartResult> {
  if (machinePolicy === null) return { kind: 'absent', why: 'no-policy' };
  return { kind: 'sound', figures: { groups: Object.keys(parsePolicy(machinePolicy)).length } };
}

async function testDisk({ folders }: Platform): Promise<PartResult> {
  await access(folders.data, constants.W_OK);
  const { bavail, bsize } = await statfs(folders.data);
  const figures = { freeBytes: bavail * bsize };
  return figures.freeBytes < LEAST_FREE_BYTES
    ? { kind: 'broken', code: 'disk.full', figures }
    : { kind: 'sound', figures };
}

async function testDatabase({ folders }: Platform): Promise<PartResult> {
  const filePath = path.join(folders.data, 'ridgeway.sqlite');
  if (!(await isThere(filePath))) return { kind: 'absent', why: 'not-made-yet' };
  // A running station holds the file and has checked it at its own start.
  await using database = await openForReading(filePath).catch(unlessInUse);
  if (database === null) return { kind: 'absent', why: 'in-use-by-a-station' };
  const findings: readonly { quick_check: string }[] = await database.run((connection) =>
    connection.raw('PRAGMA quick_check'),
  );
  if (findings.length === 1 && findings[0]?.quick_check === 'ok') return { kind: 'sound', figures: {} };
  return { kind: 'broken', code: 'storage.corrupted', figures: { findings: findings.length } };
}

async function testGallery(filePath: string, { matcher }: Devices, signal: AbortSignal): Promise<PartResult> {
  if (!(await isThere(filePath))) return { kind: 'absent', why: 'no-gallery' };
  const { people, fingers, provenance } = await matcher.openGallery(filePath, signal);
  return { kind: 'sound', figures: { people, fingers, createdAt: provenance.createdAt } };
}

/** The certificate that the policy names must be readable, its key too, and it must not have run out. */
async function testCertificates({ machinePolicy, clock }: Platform): Promise<PartResult> {
  const { certificateFile, keyFile } = parsePolicy(machinePolicy).upstreamConnection ?? {};
  if (certificateFile === undefined) return { kind: 'absent', why: 'no-certificate' };
  const { validTo } = new X509Certificate(await readFile(certificateFile));
  if (keyFile !== undefined) await access(keyFile, constants.R_OK);
  const figures = { validTo };
  return Date.parse(validTo) < clock.now()
    ? { kind: 'broken', code: 'certificate.expired', figures }
    : { kind: 'sound', figures };
}

async function testScanner(_platform: Platform, { scanners }: Devices, signal: AbortSignal): Promise<PartResult> {
  const listed = await scanners.list(signal);
  const usable = listed.filter(({ profileId, refusal }) => profileId !== null && refusal === null).length;
  const figures = { listed: listed.length, usable, simulated: listed.filter(({ isSimulated }) => isSimulated).length };
  return usable === 0 ? { kind: 'broken', code: 'scanner.not-found', figures } : { kind: 'sound', figures };
}

function unlessInUse(fault: unknown): null {
  if (fault instanceof StorageFault && fault.code === 'storage.in-use') return null;
  throw fault;
}

function isThere(filePath: string): Promise<boolean> {
  return access(filePath).then(
    () => true,
    () => false,
  );
}
