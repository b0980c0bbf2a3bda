import { z } from 'zod';

/** Longest free text that an officer can record in one field, characters. Ours: about ten lines on the screen. */
export const MAXIMUM_TEXT_CHARACTERS = 600;
/** Longest name or label, characters. Source: the longest names that UK forms must take are far below this. */
export const MAXIMUM_NAME_CHARACTERS = 100;
/** Longest code, reference, serial number or path, characters. */
export const MAXIMUM_CODE_CHARACTERS = 300;
/** Most rows that one answer carries. */
export const MAXIMUM_ROWS = 500;
/** Most bytes of one message from the renderer, after encoding. */
export const MAXIMUM_MESSAGE_BYTES = 64 * 1024;

/** Words that a person typed; trimmed, may not be empty. */
export const freeText = z.string().trim().min(1).max(MAXIMUM_TEXT_CHARACTERS);
/** A person's or a thing's name; trimmed, may not be empty. */
export const shortName = z.string().trim().min(1).max(MAXIMUM_NAME_CHARACTERS);
/** A code, reference, serial number or path that a machine made. */
export const machineCode = z.string().min(1).max(MAXIMUM_CODE_CHARACTERS);
/** A moment, ISO 8601 in UTC. */
export const moment = z.iso.datetime().max(30);
/** A random identifier, version 4. */
export const identifier = z.uuid();
/** A share, 0 to 1. */
export const share = z.number().min(0).max(1);
/** Quality of a capture, 0 (useless) to 100. */
export const quality = z.number().int().min(0).max(100);

/** Most entries of one record with free keys. */
const MAXIMUM_RECORD_ENTRIES = 50;

/** A record with free keys, bounded in its entries; the bound is in its metadata too, where a test of the contract reads it. */
export function boundedRecord<Key extends z.core.$ZodRecordKey, Value extends z.core.SomeType>(key: Key, value: Value) {
  return z
    .record(key, value)
    .refine((entries) => Object.keys(entries).length <= MAXIMUM_RECORD_ENTRIES)
    .meta({ maximumEntries: MAXIMUM_RECORD_ENTRIES });
}
