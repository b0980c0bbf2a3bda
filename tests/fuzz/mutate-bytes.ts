/** Bytes that parsers trip over: ends of ranges, separators of records, markers of WSQ. */
const AWKWARD = [
  0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff, 0x1c, 0x1d, 0x1e, 0x1f, 0x30, 0x39, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6,
];

/** One way to damage a file; `random` gives numbers in 0…1. */
type Mutation = (bytes: Uint8Array, random: () => number, other: Uint8Array) => Uint8Array;

function pick(random: () => number, end: number): number {
  return Math.floor(random() * end);
}

/** Most structure stands at the front of a file or of a record: half of the offsets are there. */
function offset(random: () => number, length: number): number {
  return pick(random, random() < 0.5 ? Math.min(length, 700) : length);
}

function splice(bytes: Uint8Array, at: number, removed: number, inserted: Uint8Array): Uint8Array {
  const tail = bytes.subarray(Math.min(bytes.length, at + removed));
  const result = new Uint8Array(at + inserted.length + tail.length);
  result.set(bytes.subarray(0, at));
  result.set(inserted, at);
  result.set(tail, at + inserted.length);
  return result;
}

const MUTATIONS: readonly Mutation[] = [
  function flipBits(bytes, random) {
    const copy = new Uint8Array(bytes);
    for (let count = 1 + Math.floor(8 * random() ** 2); count > 0; count -= 1) {
      const at = offset(random, copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << pick(random, 8));
    }
    return copy;
  },
  function setAwkwardBytes(bytes, random) {
    const copy = new Uint8Array(bytes);
    for (let count = 1 + pick(random, 4); count > 0; count -= 1) {
      copy[offset(random, copy.length)] = AWKWARD[pick(random, AWKWARD.length)] ?? 0;
    }
    return copy;
  },
  function setWideField(bytes, random) {
    const copy = new Uint8Array(bytes);
    const width = random() < 0.5 ? 2 : 4;
    const at = Math.min(offset(random, copy.length), Math.max(0, copy.length - width));
    copy.fill(random() < 0.7 ? 0xff : 0, at, at + width);
    return copy;
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, offset(random, bytes.length));
  },
  function removeChunk(bytes, random) {
    return splice(bytes, offset(random, bytes.length), 1 + pick(random, 40), new Uint8Array(0));
  },
  function repeatChunk(bytes, random) {
    const from = offset(random, bytes.length);
    return splice(bytes, from, 0, bytes.subarray(from, from + 1 + pick(random, 60)));
  },
  function insertAwkward(bytes, random) {
    const inserted = Uint8Array.from({ length: 1 + pick(random, 8) }, () => AWKWARD[pick(random, AWKWARD.length)] ?? 0);
    return splice(bytes, offset(random, bytes.length), 0, inserted);
  },
  function spliceOther(bytes, random, other) {
    const from = offset(random, other.length);
    const length = 1 + pick(random, 300);
    return splice(bytes, offset(random, bytes.length), length, other.subarray(from, from + length));
  },
  function changeDigits(bytes, random) {
    const copy = new Uint8Array(bytes);
    const from = offset(random, copy.length);
    for (let at = from; at < Math.min(copy.length, from + 40); at += 1) {
      const byte = copy[at] ?? 0;
      if (byte >= 0x30 && byte <= 0x39 && random() < 0.3) copy[at] = 0x30 + pick(random, 10);
    }
    return copy;
  },
];

/** Damages a file in one to three ways; the same numbers give the same damage. */
export function mutateBytes(bytes: Uint8Array, random: () => number, other: Uint8Array): Uint8Array {
  let result = bytes;
  // One change in most files: several mostly show the one that is met first.
  for (let count = 1 + Math.floor(3 * random() ** 3); count > 0; count -= 1) {
    const mutation = MUTATIONS[pick(random, MUTATIONS.length)];
    if (mutation) result = mutation(result, random, other);
  }
  return result;
}
