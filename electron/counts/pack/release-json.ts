import { z } from 'zod';
import type { Release } from '../../domain/counts/disclosure/release.ts';
import { CountsFault } from '../counts-fault.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const numbers = z.record(z.string().max(60), z.number().int());

const release = z.strictObject({
  from: month,
  to: month,
  threshold: z.number().int().min(1),
  rows: z.array(
    z.strictObject({
      key: z.string().max(20),
      level: z.enum(['month', 'year', 'all']),
      from: month,
      to: month,
      shown: numbers,
      hidden: z.array(z.string().max(60)),
    }),
  ),
  counts: z.record(month, numbers),
  witnesses: z.array(z.array(z.tuple([month, z.string().max(60), z.number().int()]))),
});

/** Reads a release as it was kept. @throws CountsFault `counts.source-unreadable` */
export function parseRelease(json: string): Release {
  try {
    return release.parse(JSON.parse(json));
  } catch (error) {
    throw new CountsFault('counts.source-unreadable', { reason: 'release' }, { cause: error });
  }
}
