import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { boundedRecord } from '../../electron/contract/limits.ts';
import { stationContract } from '../../electron/contract/station-contract.ts';
import { isForbiddenName } from './forbidden-names.ts';
import { schemasOfContract, walk, type PlacedSchema } from './walk-schema.ts';

const ALL = schemasOfContract();

/** The only kinds that a schema of the contract may have: none of them can carry binary, and none accepts just anything. */
const PLAIN_KINDS = new Set([
  'object',
  'union',
  'tuple',
  'array',
  'record',
  'nullable',
  'optional',
  'string',
  'number',
  'boolean',
  'null',
  'enum',
  'literal',
]);

/** Why a schema may not stand in the contract, or null. */
function fault({ schema }: PlacedSchema): string | null {
  const { type } = schema._zod.def;
  if (!PLAIN_KINDS.has(type)) return `${type} may carry anything`;
  if (schema instanceof z.ZodObject && schema.def.catchall?._zod.def.type !== 'never') return 'is not strict';
  if (schema instanceof z.ZodArray && !isLengthBounded(schema)) return 'is an unbounded array';
  if (schema instanceof z.ZodRecord && !isRecordBounded(schema)) return 'is an unbounded record';
  if (schema instanceof z.ZodTuple && schema.def.rest !== null) return 'is an unbounded tuple';
  if (type === 'string' && !isStringBounded(schema)) return 'is an unbounded string';
  return null;
}

/** True when one of the checks of an array or a string bounds its length. */
function isLengthBounded(schema: z.core.$ZodType): boolean {
  return (schema._zod.def.checks ?? []).some((check) => ['max_length', 'length_equals'].includes(check._zod.def.check));
}

function isStringBounded(schema: z.core.$ZodType): boolean {
  return isLengthBounded(schema) || schema instanceof z.ZodUUID;
}

function isRecordBounded(schema: z.ZodRecord): boolean {
  const most = Number(schema.meta()?.['maximumEntries']);
  const value = [null, 0, '', 'a', false].find((some) => z.safeParse(schema.valueType, some).success);
  const entries = (count: number): unknown =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));
  return schema.safeParse(entries(most)).success && !schema.safeParse(entries(most + 1)).success;
}

function faultsOf(placed: readonly PlacedSchema[]): readonly string[] {
  return placed.flatMap((one) => {
    const found = fault(one);
    return found === null ? [] : [`${one.place} ${found}`];
  });
}

function fieldNames(placed: readonly PlacedSchema[]): readonly string[] {
  return placed.flatMap(({ schema }) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
}

describe('every schema of the contract', () => {
  test('is strict, bounded and unable to carry binary', () => {
    expect(faultsOf(ALL)).toEqual([]);
  });

  test('has no field for nationality, gender, visa status or what followed', () => {
    expect(fieldNames(ALL).filter(isForbiddenName)).toEqual([]);
  });

  test('is reached by this walk: each procedure has an input, an output and the one typed error', () => {
    const places = new Set(ALL.map(({ place }) => place));
    for (const [group, procedures] of Object.entries(stationContract)) {
      for (const name of Object.keys(procedures)) {
        expect(places).toContain(`${group}.${name} input`);
        expect(places).toContain(`${group}.${name} REFUSED.code`);
        expect(places.has(`${group}.${name} output`) || places.has(`${group}.${name} output yields`)).toBe(true);
      }
    }
    expect(fieldNames(ALL)).toEqual(expect.arrayContaining(['whySuspected', 'cells', 'likelihood', 'details']));
  });
});

describe('the walk finds', () => {
  const uuid = z.uuid();
  test.each([
    ['a loose object', z.object({}), 'is not strict'],
    ['an object that lets others pass', z.looseObject({}), 'is not strict'],
    ['an unbounded string', z.string().min(1), 'is an unbounded string'],
    ['an unbounded address', z.url(), 'is an unbounded string'],
    ['an unbounded array', z.array(uuid), 'is an unbounded array'],
    ['an unbounded record', z.record(z.string().max(3), uuid), 'is an unbounded record'],
    ['a tuple with a rest', z.tuple([uuid], uuid), 'is an unbounded tuple'],
    ['anything', z.unknown(), 'unknown may carry anything'],
    ['bytes', z.instanceof(Uint8Array), 'custom may carry anything'],
    ['a file', z.file(), 'file may carry anything'],
    ['a transformed value', z.string().max(3).transform(Buffer.from), 'pipe may carry anything'],
  ])('%s, however deep it lies', (_what, schema, expected) => {
    const deep = z.strictObject({ a: z.array(z.union([z.null(), z.strictObject({ b: schema.nullable() })])).max(2) });

    expect(faultsOf(walk('deep', deep))).toEqual([`deep.a[]|1.b? ${expected}`]);
  });

  test('nothing in what is strict and bounded', () => {
    const sound = z.strictObject({ a: z.array(uuid).length(2), b: boundedRecord(z.string().max(3), z.null()) });

    expect(faultsOf(walk('sound', sound))).toEqual([]);
  });
});
