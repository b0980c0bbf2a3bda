import { expect, test } from 'vitest';
import { decodeWsq } from '../../../../native-bridge/interchange/wsq/decode-wsq.ts';
import { encodeWsq } from '../../../../native-bridge/interchange/wsq/encode-wsq.ts';
import { readWsqFrame } from '../../../../native-bridge/interchange/wsq/read-frame.ts';
import { drawRidges } from '../drawn-images.ts';
import { expectFault, faultOf } from '../expect-fault.ts';
import { KERNELS } from '../kernels.ts';

const FILE = encodeWsq(drawRidges(96, 80));

/** Offset of a marker's two bytes; blocks have none of these inside, since 0xFF is followed by 0 there. */
function markerAt(low: number): number {
  return FILE.findIndex((byte, at) => byte === 0xff && FILE[at + 1] === low);
}

/** The file with some bytes after a marker replaced; offsets count from the marker's segment length. */
function altered(low: number, offset: number, ...bytes: readonly number[]): Uint8Array {
  const copy = FILE.slice();
  copy.set(bytes, markerAt(low) + 2 + offset);
  return copy;
}

test('a file cut anywhere is refused as truncated or damaged', () => {
  for (let length = 0; length < FILE.length; length += 7) {
    expect(faultOf(() => decodeWsq(FILE.subarray(0, length))).code).toMatch(/^wsq\.(truncated|segment|coefficients)$/);
  }
});

test('an image of 65,535 by 65,535 with ten bytes is refused before memory is set aside', () => {
  const file = Uint8Array.of(0xff, 0xa0, 0xff, 0xa2, 0, 17, 0, 255, 0xff, 0xff, 0xff, 0xff, ...new Uint8Array(9));
  const fault = expectFault(() => readWsqFrame(file), 'wsq.dimensions');
  expect(fault.figures).toMatchObject({ widthPx: 65_535, heightPx: 65_535 });
});

test('a large size with hardly any data is refused before memory is set aside', () => {
  const large = altered(0xa2, 4, 0x0f, 0xff, 0x0b, 0x00);
  const block = markerAt(0xa3) + 5;
  const next = large.findIndex((byte, at) => at > block && byte === 0xff && large[at + 1] !== 0);
  const starved = Uint8Array.of(...large.subarray(0, block), 0, 0, ...large.subarray(next));
  expect(expectFault(() => readWsqFrame(starved), 'wsq.coefficients').figures).toMatchObject({ block: 1, bytes: 2 });
});

test('a Huffman table with more codes than there can be is refused', () => {
  expectFault(() => readWsqFrame(altered(0xa6, 3, 3)), 'wsq.huffman-table');
});

test('a Huffman table whose symbols run past its segment is refused', () => {
  expectFault(() => readWsqFrame(altered(0xa6, 0, 0, 30)), 'wsq.segment');
});

test('a block without its Huffman table is refused', () => {
  const fault = expectFault(() => readWsqFrame(altered(0xa3, 2, 9)), 'wsq.table-missing');
  expect(fault.figures['huffman']).toBe(9);
});

test('filters of even length or beyond the limit are refused', () => {
  expectFault(() => readWsqFrame(altered(0xa4, 2, 8)), 'wsq.filter');
  expectFault(() => readWsqFrame(altered(0xa4, 2, 33)), 'wsq.filter');
});

test('an unknown marker, a second frame and restarts are refused', () => {
  const unknown = FILE.slice();
  unknown[markerAt(0xa4) + 1] = 0xd8;
  expectFault(() => readWsqFrame(unknown), 'wsq.marker');
  const frame = FILE.subarray(markerAt(0xa2), markerAt(0xa6));
  const twice = Uint8Array.of(...FILE.subarray(0, markerAt(0xa6)), ...frame, ...FILE.subarray(markerAt(0xa6)));
  expectFault(() => readWsqFrame(twice), 'wsq.unsupported');
  const restarts = Uint8Array.of(0xff, 0xa0, 0xff, 0xa7, 0, 4, 0, 8, ...FILE.subarray(2));
  expectFault(() => readWsqFrame(restarts), 'wsq.unsupported');
});

test('a file of nothing but comments is given up after 256 segments', () => {
  const comments = Uint8Array.from({ length: 4 * 300 }, (_, at) => [0xff, 0xa8, 0, 2][at % 4] ?? 0);
  expectFault(() => readWsqFrame(Uint8Array.of(0xff, 0xa0, ...comments)), 'wsq.segment');
});

test('a Huffman table with a number that the format does not have is refused', () => {
  expectFault(() => readWsqFrame(altered(0xa6, 2, 8)), 'wsq.huffman-table');
});

test('a file larger than any image needs is refused unread', () => {
  expectFault(() => readWsqFrame(new Uint8Array(24_000_001)), 'interchange.too-large');
});

test('a file that is something else is refused by its first bytes', () => {
  expectFault(() => readWsqFrame(Uint8Array.of(0x89, 0x50, 0x4e, 0x47)), 'wsq.marker');
});

test.each(KERNELS)('blocks with too few or too many coefficients and bad codes are refused in %s', (_, kernelOf) => {
  const kernel = kernelOf();
  const frame = readWsqFrame(FILE);
  const [first, second, third] = frame.blocks;
  const decode = (bytes: Uint8Array): Uint8Array =>
    kernel.reconstruct({ ...frame, blocks: [{ table: first.table, bytes }, second, third] });
  expectFault(() => decode(first.bytes.subarray(0, first.bytes.length >> 1)), 'wsq.coefficients');
  expectFault(() => decode(new Uint8Array(0)), 'wsq.coefficients');
  const short: [number, number, number] = [5, frame.coefficientCounts[1], frame.coefficientCounts[2]];
  const table = { lengthCounts: Uint8Array.of(1, ...new Uint8Array(15)), symbols: Uint8Array.of(100) };
  const runs = {
    ...frame,
    coefficientCounts: short,
    blocks: [{ table, bytes: Uint8Array.of(0) }, second, third],
  } as const;
  expect(expectFault(() => kernel.reconstruct(runs), 'wsq.coefficients').figures['block']).toBe(1);
  expectFault(
    () => decode(Uint8Array.from({ length: 400 }, (__, at) => (at % 2 === 0 ? 0xff : 0))),
    'wsq.huffman-code',
  );
});
