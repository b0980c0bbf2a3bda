/** A labelled point of a DET curve, shares 0–1. */
export interface DetPoint {
  readonly fmr: number;
  readonly fnmr: number;
}

/** A curve, or single points when there are few. */
export interface DetSeries {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly DetPoint[];
}

/** The DET curve of scores: FNMR at each FMR that the impostors can show, falling. */
export function detCurve(genuine: readonly number[], impostor: readonly number[]): DetPoint[] {
  const own = Float64Array.from(genuine).sort();
  const strangers = impostor.toSorted((a, b) => b - a);
  const points: DetPoint[] = [];
  let below = own.length;
  for (let allowed = 0; allowed < strangers.length; allowed = Math.max(allowed + 1, Math.floor(allowed * 1.05))) {
    while (below > 0 && own[below - 1] > strangers[allowed]) below -= 1;
    points.push({ fmr: Math.max(allowed, 0.5) / strangers.length, fnmr: below / own.length });
  }
  return points;
}

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [860, 560, 70, 30, 250, 60];
const FMR_RANGE = [0.00004, 0.3] as const;
const FNMR_RANGE = [0.003, 0.4] as const;

function position(value: number, [low, high]: readonly [number, number], length: number): number {
  return (Math.log(Math.min(high, Math.max(low, value)) / low) / Math.log(high / low)) * length;
}

/** Draws series on doubly logarithmic axes as an SVG. */
export function drawDet(series: readonly DetSeries[], title: string): string {
  const x = (fmr: number): number => LEFT + position(fmr, FMR_RANGE, WIDTH - LEFT - RIGHT);
  const y = (fnmr: number): number => HEIGHT - BOTTOM - position(fnmr, FNMR_RANGE, HEIGHT - TOP - BOTTOM);
  const parts: string[] = [];
  const label = (at: readonly [number, number], text: string, anchor: string): void => {
    parts.push(`<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" text-anchor="${anchor}">${text}</text>`);
  };
  for (const fmr of [0.0001, 0.001, 0.01, 0.1]) {
    parts.push(`<path d="M${x(fmr)} ${TOP}V${HEIGHT - BOTTOM}" stroke="#ddd"/>`);
    label([x(fmr), HEIGHT - BOTTOM + 18], `${fmr * 100} %`, 'middle');
  }
  for (const fnmr of [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4]) {
    parts.push(`<path d="M${LEFT} ${y(fnmr)}H${WIDTH - RIGHT}" stroke="#ddd"/>`);
    label([LEFT - 6, y(fnmr) + 4], `${fnmr * 100} %`, 'end');
  }
  parts.push(
    `<path d="M${x(FNMR_RANGE[0])} ${y(FNMR_RANGE[0])}L${x(0.3)} ${y(0.3)}" stroke="#bbb" stroke-dasharray="4 4"/>`,
  );
  label([(LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16], 'false match rate', 'middle');
  label([LEFT, TOP - 10], `false non-match rate. ${title}`, 'start');
  for (const [index, { name, colour, points }] of series.entries()) {
    if (points.length > 5) {
      const path = points.map(({ fmr, fnmr }) => `${x(fmr).toFixed(1)} ${y(fnmr).toFixed(1)}`).join('L');
      parts.push(`<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2"/>`);
    } else {
      for (const { fmr, fnmr } of points)
        parts.push(`<circle cx="${x(fmr).toFixed(1)}" cy="${y(fnmr).toFixed(1)}" r="4.5" fill="${colour}"/>`);
    }
    const line = TOP + 16 + index * 22;
    parts.push(`<rect x="${WIDTH - RIGHT + 14}" y="${line - 9}" width="11" height="11" fill="${colour}"/>`);
    label([WIDTH - RIGHT + 32, line + 1], name, 'start');
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${parts.join('\n')}</svg>\n`;
}
