import { parseArgs } from 'node:util';
import type { FingerPosition } from '../../matcher/matcher.ts';

/** What the synth command was asked for. */
export interface SynthArguments {
  readonly people: number;
  readonly impressions: number;
  readonly seed: string;
  readonly out: string;
  readonly positions: readonly FingerPosition[];
  readonly hardship: number | undefined;
  readonly widthPx: number | undefined;
  readonly heightPx: number | undefined;
  readonly resolutionPpi: number | undefined;
}

/** A command line that cannot be obeyed; the message is a sentence for the person who typed it. */
export class SynthUsageFault extends Error {
  override readonly name = 'SynthUsageFault';
}

export const SYNTH_USAGE =
  'Usage: npm run synth -- --people N --impressions M --seed S --out DIR [--positions 2,7] [--hardship 0.5] [--width 400] [--height 500] [--ppi 500]';

const MOST_PEOPLE = 1_000_000;
const MOST_IMPRESSIONS = 1_000;
/** The two index fingers, which the station takes. Source: ANSI/NIST-ITL 1-2011 table 12. */
const INDEX_FINGERS = '2,7';

/** Reads the command line. @throws SynthUsageFault for an option that is missing, unknown or out of its range */
export function synthArguments(args: readonly string[]): SynthArguments {
  const values = parse(args);
  const people = inRange('people', values['people'], 1, MOST_PEOPLE, true);
  const impressions = inRange('impressions', values['impressions'], 1, MOST_IMPRESSIONS, true);
  const { seed, out } = values;
  if (seed === undefined || seed === '') throw new SynthUsageFault('--seed is missing: any word or number will do.');
  if (out === undefined || out === '') throw new SynthUsageFault('--out is missing: the folder for the images.');
  const optional = (name: string, from: number, to: number, isWhole: boolean): number | undefined =>
    values[name] === undefined ? undefined : inRange(name, values[name], from, to, isWhole);
  return {
    people,
    impressions,
    seed,
    out,
    positions: readPositions(values['positions'] ?? INDEX_FINGERS),
    hardship: optional('hardship', 0, 1, false),
    widthPx: optional('width', 64, 2_000, true),
    heightPx: optional('height', 64, 2_000, true),
    resolutionPpi: optional('ppi', 200, 1_000, false),
  };
}

function parse(args: readonly string[]): Readonly<Partial<Record<string, string>>> {
  const names = ['people', 'impressions', 'seed', 'out', 'positions', 'hardship', 'width', 'height', 'ppi'];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (cause) {
    throw new SynthUsageFault(cause instanceof Error ? cause.message : 'The options cannot be read.', { cause });
  }
}

function inRange(name: string, text: string | undefined, from: number, to: number, isWhole: boolean): number {
  const kind = isWhole ? 'whole number' : 'number';
  const wanted = `--${name} must be a ${kind} from ${from} to ${to}`;
  if (text === undefined) throw new SynthUsageFault(`${wanted}; it is missing.`);
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= from && value <= to) || (isWhole && !Number.isInteger(value))) {
    throw new SynthUsageFault(`${wanted}, not "${text}".`);
  }
  return value;
}

function readPositions(text: string): readonly FingerPosition[] {
  const all: readonly FingerPosition[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const positions = text.split(',').map((word) => {
    const position = all.find((candidate) => String(candidate) === word.trim());
    if (position === undefined) throw new SynthUsageFault(`--positions are numbers from 1 to 10, not "${word}".`);
    return position;
  });
  if (new Set(positions).size < positions.length) throw new SynthUsageFault('--positions names a finger twice.');
  return positions;
}
