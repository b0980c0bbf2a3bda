import { BLOCK_STARTS } from './markers.ts';

/** A rectangle of the coefficient plane, in samples. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One two-way split of a rectangle; `isSwappedX` puts the high half first, because its spectrum runs backwards. */
export interface SplitNode extends Rectangle {
  readonly isSwappedX: boolean;
  readonly isSwappedY: boolean;
}

/** Where the 64 subbands lie in the plane, and the 20 splits in the order of analysis (parents first). */
export interface SubbandLayout {
  readonly bands: readonly Rectangle[];
  readonly nodes: readonly SplitNode[];
}

/** What becomes of a rectangle: a band, four numbered bands that are never split in fact, or four parts. */
type Plan = 'band' | 'four-unsplit' | readonly [Plan, Plan, Plan, Plan];

const FOUR: Plan = ['band', 'band', 'band', 'band'];
const SIXTEEN: Plan = [FOUR, FOUR, FOUR, FOUR];

/** The tree of the specification: bands 0–3 five levels deep, 4–50 four levels, 51 two, 52–59 two, 60–63 unsent. */
const TREE: Plan = [
  [[[FOUR, 'band', 'band', 'band'], FOUR, FOUR, FOUR], SIXTEEN, SIXTEEN, 'band'],
  FOUR,
  FOUR,
  'four-unsplit',
];

/**
 * Lays out the wavelet packet tree of a `widthPx × heightPx` image. An odd side gives the low half the extra sample,
 * wherever that half is placed. Source: IAFIS-IC-0110, subband tree; the order inside mirrored bands follows from
 * numbering by frequency.
 */
export function layOutSubbands(widthPx: number, heightPx: number): SubbandLayout {
  const bands: Rectangle[] = [];
  const nodes: SplitNode[] = [];
  const visit = (area: Rectangle, isSwappedX: boolean, isSwappedY: boolean, plan: Plan): void => {
    if (plan === 'band') {
      bands.push(area);
      return;
    }
    const node = { ...area, isSwappedX, isSwappedY };
    const [a, b, c, d] = quarter(node);
    if (plan === 'four-unsplit') {
      bands.push(a, b, c, d);
      return;
    }
    nodes.push(node);
    visit(a, false, false, plan[0]);
    visit(b, true, false, plan[1]);
    visit(c, false, true, plan[2]);
    visit(d, true, true, plan[3]);
  };
  visit({ x: 0, y: 0, width: widthPx, height: heightPx }, false, false, TREE);
  return { bands, nodes };
}

function quarter(node: SplitNode): readonly [Rectangle, Rectangle, Rectangle, Rectangle] {
  const { x, y, width, height } = node;
  const left = node.isSwappedX ? width >> 1 : (width + 1) >> 1;
  const top = node.isSwappedY ? height >> 1 : (height + 1) >> 1;
  return [
    { x, y, width: left, height: top },
    { x: x + left, y, width: width - left, height: top },
    { x, y: y + top, width: left, height: height - top },
    { x: x + left, y: y + top, width: width - left, height: height - top },
  ];
}

/** How many coefficients each of the three blocks carries, given which bands have a bin width other than zero. */
export function countBlockCoefficients(layout: SubbandLayout, steps: ArrayLike<number>): [number, number, number] {
  const counts: [number, number, number] = [0, 0, 0];
  layout.bands.forEach((band, index) => {
    if ((steps[index] ?? 0) === 0) return;
    const block = index < BLOCK_STARTS[1] ? 0 : index < BLOCK_STARTS[2] ? 1 : 2;
    counts[block] += band.width * band.height;
  });
  return counts;
}
