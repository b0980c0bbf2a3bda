import { getEventIteratorSchemaDetails, type AnySchema } from '@orpc/contract';
import { z } from 'zod';
import { stationContract } from '../../electron/contract/station-contract.ts';

/** One schema somewhere inside a procedure's input, output or error, with the way to it. */
export interface PlacedSchema {
  readonly place: string;
  readonly schema: z.core.$ZodType;
}

/** Every schema of the contract, outermost first: inputs, outputs, what streams yield and return, and data of errors. */
export function schemasOfContract(): readonly PlacedSchema[] {
  return Object.entries(stationContract).flatMap(([group, procedures]) =>
    Object.entries(procedures).flatMap(([name, procedure]) => {
      const { inputSchema, outputSchema, errorMap } = procedure['~orpc'] as {
        inputSchema?: AnySchema;
        outputSchema?: AnySchema;
        errorMap: Record<string, { data?: AnySchema }>;
      };
      const place = `${group}.${name}`;
      return [
        ...fromStandardSchema(`${place} input`, inputSchema),
        ...fromStandardSchema(`${place} output`, outputSchema),
        ...Object.entries(errorMap).flatMap(([code, error]) => fromStandardSchema(`${place} ${code}`, error.data)),
      ];
    }),
  );
}

/** A schema and everything inside it. */
export function walk(place: string, schema: z.core.$ZodType): readonly PlacedSchema[] {
  return [{ place, schema }, ...inside(schema).flatMap(([step, inner]) => walk(`${place}${step}`, inner))];
}

function fromStandardSchema(place: string, schema: AnySchema | undefined): readonly PlacedSchema[] {
  if (schema === undefined) return [];
  if (schema instanceof z.core.$ZodType) return walk(place, schema);
  const stream = getEventIteratorSchemaDetails(schema);
  if (stream === undefined) throw new TypeError(`${place} has a schema that is neither zod's nor a stream`);
  return [
    ...fromStandardSchema(`${place} yields`, stream.yields),
    ...fromStandardSchema(`${place} returns`, stream.returns),
  ];
}

function inside(schema: z.core.$ZodType): readonly (readonly [string, z.core.$ZodType])[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).map(([name, field]) => [`.${name}`, field as z.core.$ZodType]);
  }
  if (schema instanceof z.ZodUnion) return schema.options.map((option, index) => [`|${index}`, option]);
  if (schema instanceof z.ZodTuple) return schema.def.items.map((item, index) => [`[${index}]`, item]);
  if (schema instanceof z.ZodArray) return [['[]', schema.element]];
  if (schema instanceof z.ZodRecord) {
    return [
      ['{key}', schema.keyType],
      ['{}', schema.valueType],
    ];
  }
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return [['?', schema.unwrap()]];
  return [];
}
