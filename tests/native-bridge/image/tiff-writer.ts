/** What a test puts into a little-endian TIFF file of one strip: its tags, and the strip's bytes as they stand. */
export interface TiffParts {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly strip: Uint8Array;
  readonly bitsPerSample?: readonly number[];
  readonly compression?: number;
  readonly photometric?: number;
  readonly predictor?: number;
  readonly colourMap?: readonly number[];
  /** Resolution as a rational and its unit: 2 inch, 3 centimetre. */
  readonly resolution?: readonly [numerator: number, denominator: number, unit: number];
  readonly extraTags?: readonly (readonly [tag: number, type: number, values: readonly number[]])[];
}

/** Writes the TIFF file of `parts`: header, strip, long values, directory. */
export function writeTiff(parts: TiffParts): Uint8Array {
  const bits = parts.bitsPerSample ?? [8];
  const [numerator, denominator, unit] = parts.resolution ?? [0, 0, 0];
  const entries: (readonly [number, number, readonly number[]])[] = [
    [256, 4, [parts.widthPx]],
    [257, 4, [parts.heightPx]],
    [258, 3, bits],
    [259, 3, [parts.compression ?? 1]],
    [262, 3, [parts.photometric ?? 1]],
    [273, 4, [8]],
    [277, 3, [bits.length]],
    [278, 4, [parts.heightPx]],
    [279, 4, [parts.strip.length]],
  ];
  if (parts.resolution) {
    entries.push([282, 5, [numerator, denominator]], [283, 5, [numerator, denominator]], [296, 3, [unit]]);
  }
  if (parts.predictor !== undefined) entries.push([317, 3, [parts.predictor]]);
  if (parts.colourMap) entries.push([320, 3, parts.colourMap]);
  entries.push(...(parts.extraTags ?? []));
  const valuesAt = 8 + parts.strip.length + (parts.strip.length & 1);
  const sizeOf = (type: number): number => (type === 3 ? 2 : 4);
  const longBytes = entries.reduce((sum, [, type, values]) => sum + Math.max(8, values.length * sizeOf(type)), 0);
  const file = new Uint8Array(valuesAt + longBytes + 2 + 12 * entries.length + 4);
  const view = new DataView(file.buffer);
  file.set([0x49, 0x49, 42, 0]);
  file.set(parts.strip, 8);
  let at = valuesAt;
  const directoryAt = valuesAt + longBytes;
  view.setUint32(4, directoryAt, true);
  view.setUint16(directoryAt, entries.length, true);
  entries.forEach(([tag, type, values], index) => {
    const entry = directoryAt + 2 + 12 * index;
    const bytes = values.length * sizeOf(type);
    view.setUint16(entry, tag, true);
    view.setUint16(entry + 2, type, true);
    view.setUint32(entry + 4, type === 5 ? values.length / 2 : values.length, true);
    const target = bytes > 4 ? at : entry + 8;
    if (bytes > 4) view.setUint32(entry + 8, at, true);
    values.forEach((value, position) => {
      if (type === 3) view.setUint16(target + 2 * position, value, true);
      else view.setUint32(target + 4 * position, value, true);
    });
    if (bytes > 4) at += bytes;
  });
  return file;
}
