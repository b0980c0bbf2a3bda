/** Everything that can be wrong with a file in one of the interchange formats, or with what we are asked to write. */
export type InterchangeFaultCode =
  | 'interchange.format-unknown'
  | 'interchange.too-large'
  | 'interchange.no-image'
  | 'interchange.usage'
  | 'wsq.truncated'
  | 'wsq.marker'
  | 'wsq.segment'
  | 'wsq.table-missing'
  | 'wsq.dimensions'
  | 'wsq.filter'
  | 'wsq.quantiser'
  | 'wsq.huffman-table'
  | 'wsq.huffman-code'
  | 'wsq.coefficients'
  | 'wsq.unsupported'
  | 'wsq.image'
  | 'wsq.bit-rate'
  | 'an2.truncated'
  | 'an2.length'
  | 'an2.tag'
  | 'an2.separator'
  | 'an2.content'
  | 'an2.idc'
  | 'an2.value'
  | 'an2.field-missing'
  | 'an2.too-many'
  | 'an2.trailing-bytes'
  | 'an2.image'
  | 'fmr.magic'
  | 'fmr.version'
  | 'fmr.truncated'
  | 'fmr.length'
  | 'fmr.value'
  | 'fmr.too-many';

/** The figures of a fault: offsets, sizes, record and field numbers, and short words from a closed list. */
export type InterchangeFigures = Readonly<Record<string, number | string>>;

/**
 * A file that cannot be read, or content that cannot be written. It carries a code and figures (byte offset, record,
 * field, expected and received values), never a byte of an image and never text out of the file.
 */
export class InterchangeFault extends Error {
  override readonly name = 'InterchangeFault';
  readonly code: InterchangeFaultCode;
  readonly figures: InterchangeFigures;

  constructor(code: InterchangeFaultCode, figures: InterchangeFigures = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(figures)}`, options);
    this.code = code;
    this.figures = figures;
  }
}
