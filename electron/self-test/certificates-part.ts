import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parsePolicy } from '../config/load-config.ts';
import type { Platform } from '../station/platform.ts';
import type { PartResult } from './part-result.ts';

/** The fields by which any group of the policy names PEM files. */
const named = z.looseObject({
  certificateFile: z.string().nullish(),
  keyFile: z.string().nullish(),
  authorityFile: z.string().nullish(),
});
const DAY_MS = 24 * 60 * 60_000;

/**
 * Every certificate that the machine policy names, in whichever group: it can be read, it is valid today, its key is its
 * own. The figures hold the fewest days that one of them is still valid for.
 */
export async function testCertificates({ machinePolicy, clock }: Platform): Promise<PartResult> {
  let certificates = 0;
  let daysLeft = Infinity;
  for (const [group, files] of groupsWithin(parsePolicy(machinePolicy), [])) {
    for (const field of ['certificateFile', 'authorityFile'] as const) {
      const file = files[field];
      if (file === undefined || file === null) continue;
      const where = `${group}.${field}`;
      const certificate = await read(file, (pem) => new X509Certificate(pem));
      if (certificate.kind === 'unreadable') return unreadable(where, certificate.reason);
      const { validFromDate, validToDate } = certificate.read;
      const validTo = validToDate.toISOString();
      if (validToDate.getTime() < clock.now()) return faulty('certificate.expired', { where, validTo });
      if (validFromDate.getTime() > clock.now()) {
        return faulty('certificate.not-yet-valid', { where, validFrom: validFromDate.toISOString() });
      }
      certificates += 1;
      daysLeft = Math.min(daysLeft, Math.floor((validToDate.getTime() - clock.now()) / DAY_MS));
      if (field === 'authorityFile' || files.keyFile === undefined || files.keyFile === null) continue;
      const key = await read(files.keyFile, (pem): KeyObject => createPrivateKey(pem));
      if (key.kind === 'unreadable') return unreadable(`${group}.keyFile`, key.reason);
      if (!certificate.read.checkPrivateKey(key.read)) {
        return faulty('certificate.key-of-another', { where: `${group}.keyFile` });
      }
    }
  }
  return certificates === 0
    ? { kind: 'absent', why: 'no-certificate' }
    : { kind: 'sound', figures: { certificates, daysLeft } };
}

/** Every object of the policy, however deep, with its path. */
function groupsWithin(value: object, path: readonly string[]): readonly (readonly [string, z.infer<typeof named>])[] {
  const inner = Object.entries(value).flatMap(([name, within]: [string, unknown]) =>
    typeof within === 'object' && within !== null ? groupsWithin(within, [...path, name]) : [],
  );
  const read = named.safeParse(value);
  return read.success ? [[path.join('.'), read.data], ...inner] : inner;
}

type Reading<T> =
  | { readonly kind: 'read'; readonly read: T }
  | { readonly kind: 'unreadable'; readonly reason: string };

async function read<T>(file: string, parse: (pem: Buffer) => T): Promise<Reading<T>> {
  try {
    return { kind: 'read', read: parse(await readFile(file)) };
  } catch (fault) {
    const code: unknown = fault instanceof Error ? Reflect.get(fault, 'code') : null;
    return { kind: 'unreadable', reason: typeof code === 'string' && /^E[A-Z]+$/.test(code) ? code : 'not-pem' };
  }
}

function unreadable(where: string, reason: string): PartResult {
  return faulty('certificate.unreadable', { where, reason });
}

function faulty(code: string, figures: Readonly<Record<string, string>>): PartResult {
  return { kind: 'broken', code, figures };
}
