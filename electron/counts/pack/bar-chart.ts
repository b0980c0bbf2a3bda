import { escapeMarkup } from './escape-markup.ts';
import { HIDDEN_MARK } from './pack-tables.ts';
import type { PackTable } from './pack-tables.ts';

const WIDTH = 960;
const HEIGHT = 300;
const LEFT = 56;
const BOTTOM = 34;
const TOP = 12;

/** A step for the axis that is 1, 2 or 5 times a power of ten and gives at most five lines. */
export function axisStep(largest: number): number {
  const rough = Math.max(largest, 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((times) => times * power >= rough) ?? 10;
  return Math.max(1, step * power);
}

/**
 * One column of a table by month as an SVG bar chart. Months that are not shown are a hatched strip of the same height
 * whatever their number. The table beside it carries the numbers; the picture has a name and says so.
 */
export function barChart(table: PackTable, column: number, id: string): string {
  const months = table.rows.filter(({ level }) => level === 'month');
  const numbers = months.map(({ cells }) => cells[column]);
  const largest = Math.max(0, ...numbers.map((value) => (typeof value === 'number' ? value : 0)));
  const step = axisStep(largest);
  const top = Math.max(step, Math.ceil(largest / step) * step);
  const height = HEIGHT - TOP - BOTTOM;
  const yOf = (value: number): number => TOP + height - (value / top) * height;
  const slot = (WIDTH - LEFT) / Math.max(1, months.length);
  const lines: string[] = [];
  for (let value = 0; value <= top; value += step) {
    const y = yOf(value).toFixed(1);
    lines.push(
      `<line class="grid" x1="${LEFT}" x2="${WIDTH}" y1="${y}" y2="${y}"/>`,
      `<text class="axis" x="${LEFT - 8}" y="${y}" text-anchor="end" dominant-baseline="middle">${value.toLocaleString('en-GB')}</text>`,
    );
  }
  const every = Math.max(1, Math.ceil(months.length / 12));
  const bars = months.map(({ words }, index) => {
    const value = numbers[index];
    const x = (LEFT + index * slot + slot * 0.1).toFixed(1);
    const width = (slot * 0.8).toFixed(1);
    const label =
      index % every === 0
        ? `<text class="axis" x="${(LEFT + (index + 0.5) * slot).toFixed(1)}" y="${HEIGHT - 12}" text-anchor="middle">${escapeMarkup(shortMonth(words))}</text>`
        : '';
    if (typeof value !== 'number') {
      return `<rect x="${x}" y="${TOP}" width="${width}" height="${height}" fill="url(#${id}-hidden)"><title>${escapeMarkup(words)}: not shown</title></rect>${label}`;
    }
    const y = yOf(value);
    return `<rect class="bar" x="${x}" y="${y.toFixed(1)}" width="${width}" height="${(TOP + height - y).toFixed(1)}"><title>${escapeMarkup(words)}: ${value}</title></rect>${label}`;
  });
  const name = `${table.columns[column]?.words ?? ''} by month`;
  const hidden = numbers.filter((value) => value === HIDDEN_MARK).length;
  const text = `${name}. Bar chart of ${months.length} months; the largest number shown is ${largest}; ${hidden} months are not shown. The numbers are in the table below.`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-name ${id}-text"><title id="${id}-name">${escapeMarkup(name)}</title><desc id="${id}-text">${escapeMarkup(text)}</desc><defs><pattern id="${id}-hidden" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="#f3f2f1"/><line x1="0" y1="0" x2="0" y2="8" stroke="#505a5f" stroke-width="2"/></pattern></defs>${lines.join('')}${bars.join('')}</svg>`;
}

function shortMonth(words: string): string {
  const [name = '', year = ''] = words.split(' ');
  return `${name.slice(0, 3)} ${year.slice(2)}`;
}
