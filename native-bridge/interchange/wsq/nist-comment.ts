import { WSQ_COMMENT_RESOLUTION_PPI } from '../parameters.ts';

/** What a NISTCOM comment segment says of an image, where it says it. */
export interface NistComment {
  /** Pixels per inch, if stated and believable. */
  readonly resolutionPpi: number | null;
  readonly bitRateBpp: number | null;
}

/** Reads the `KEY value` lines of the first comment that opens with NIST_COM. */
export function readNistComment(comments: readonly string[]): NistComment {
  const lines = comments.find((text) => text.startsWith('NIST_COM'))?.split('\n') ?? [];
  const positive = (key: string): number | null => {
    const line = lines.find((text) => text.startsWith(`${key} `));
    const value = Number(line?.slice(key.length + 1).trim());
    return Number.isFinite(value) && value > 0 ? value : null;
  };
  const statedPpi = positive('PPI');
  const { least, most } = WSQ_COMMENT_RESOLUTION_PPI;
  const isBelieved = statedPpi !== null && statedPpi >= least && statedPpi <= most;
  return { resolutionPpi: isBelieved ? statedPpi : null, bitRateBpp: positive('WSQ_BITRATE') };
}

/** The comment that readers of WSQ look for: size, depth, resolution and rate, nothing about where it came from. */
export function writeNistComment(widthPx: number, heightPx: number, resolutionPpi: number, bitRateBpp: number): string {
  const lines = [
    'NIST_COM 9',
    `PIX_WIDTH ${widthPx}`,
    `PIX_HEIGHT ${heightPx}`,
    'PIX_DEPTH 8',
    `PPI ${Math.round(resolutionPpi)}`,
    'LOSSY 1',
    'COLORSPACE GRAY',
    'COMPRESSION WSQ',
    `WSQ_BITRATE ${bitRateBpp.toFixed(6)}`,
  ];
  return lines.join('\n');
}
