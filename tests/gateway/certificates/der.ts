/** DER, the encoding of certificates, written and not read. Source: ITU-T X.690. */

/** One element: tag, length in the shortest form, content. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = Buffer.concat(contents);
  const length: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256);
  const head = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 + length.length, ...length];
  return new Uint8Array(Buffer.concat([Uint8Array.from(head), content]));
}

export const sequence = (...contents: readonly Uint8Array[]) => element(0x30, ...contents);
export const set = (...contents: readonly Uint8Array[]) => element(0x31, ...contents);
export const octets = (content: Uint8Array) => element(0x04, content);
export const utf8Text = (text: string) => element(0x0c, Buffer.from(text, 'utf8'));
export const truth = () => element(0x01, Uint8Array.of(0xff));

/** Bits, of which the last `unused` do not count. */
export const bits = (content: Uint8Array, unused = 0) => element(0x03, Uint8Array.of(unused), content);

/** A positive whole number, from its bytes. */
export function integer(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const isNegativeLooking = ((content[0] ?? 0) & 0x80) !== 0;
  return isNegativeLooking ? element(0x02, Uint8Array.of(0), content) : element(0x02, content);
}

/** An object identifier from its dotted form. */
export function objectIdentifier(dotted: string): Uint8Array<ArrayBuffer> {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  const bytes: number[] = [first * 40 + second];
  for (const arc of others) {
    const groups = [arc % 128];
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) groups.unshift(0x80 + (rest % 128));
    bytes.push(...groups);
  }
  return element(0x06, Uint8Array.from(bytes));
}

/** A moment as GeneralizedTime, which has four digits for the year. */
export function generalizedTime(atMs: number): Uint8Array<ArrayBuffer> {
  const text = `${new Date(atMs).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
  return element(0x18, Buffer.from(text, 'latin1'));
}

/** A moment as UTCTime, which RFC 5280 demands up to 2049. */
export function utcTime(atMs: number): Uint8Array<ArrayBuffer> {
  const text = `${new Date(atMs).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`;
  return element(0x17, Buffer.from(text, 'latin1'));
}
