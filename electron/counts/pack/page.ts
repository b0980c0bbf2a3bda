import { barChart } from './bar-chart.ts';
import { escapeMarkup } from './escape-markup.ts';
import type { PackTable } from './pack-tables.ts';
import { monthWords } from './words.ts';

/** What the page says about itself. */
export interface PageFacts {
  readonly publisher: string;
  readonly from: string;
  readonly to: string;
  readonly threshold: number;
  /** `YYYY-MM-DD`. */
  readonly madeOn: string;
  readonly notes: readonly string[];
}

const STYLE = `
:root{color-scheme:light}
body{margin:0;font:1.1875rem/1.4 Arial,Helvetica,sans-serif;color:#0b0c0c;background:#fff}
main,header,footer{max-width:64rem;margin:0 auto;padding:1rem}
header{border-bottom:4px solid #1d70b8}
h1{font-size:2rem;margin:.5rem 0}h2{font-size:1.5rem;margin:2.5rem 0 .5rem}
a{color:#1a65a6}a:focus,.scroll:focus{outline:3px solid #0b0c0c;box-shadow:0 0 0 6px #fd0}
.skip{position:absolute;left:-999rem}.skip:focus{position:static}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:bold;padding:.5rem 0}
th,td{border-bottom:1px solid #b1b4b6;padding:.4rem .6rem;text-align:right;vertical-align:bottom}
th[scope=row],thead th:first-child{text-align:left;white-space:nowrap}
tr.year,tr.all{background:#f3f2f1;font-weight:bold}
svg{width:100%;min-width:44rem;height:auto}.bar{fill:#1d70b8}.grid{stroke:#b1b4b6}.axis{font:13px Arial,Helvetica,sans-serif;fill:#0b0c0c}
@media print{.skip,nav{display:none}}`;

function tableMarkup(table: PackTable): string {
  const head = table.columns.map(({ words }) => `<th scope="col">${escapeMarkup(words)}</th>`).join('');
  const rows = table.rows.map(({ level, words, cells }) => {
    const values = cells.map((value) => `<td>${cellMarkup(value)}</td>`).join('');
    return `<tr class="${level}"><th scope="row">${escapeMarkup(words)}</th>${values}</tr>`;
  });
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escapeMarkup(table.title)}: table"><table><caption>${escapeMarkup(table.title)}</caption><thead><tr><th scope="col">Period</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function chartMarkup(table: PackTable, column: number): string {
  const chart = barChart(table, column, `chart-${table.id}`);
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escapeMarkup(table.title)}: chart">${chart}</div>`;
}

function cellMarkup(value: string | number): string {
  return typeof value === 'number' ? value.toLocaleString('en-GB') : escapeMarkup(value);
}

/** Which columns are drawn beside their tables. */
const DRAWN: Readonly<Record<string, readonly string[]>> = {
  'searches-by-month': ['check'],
  'police-answers': ['answer/police/match'],
  'immigration-answers': ['answer/immigration/match'],
};

/** Writes the publication as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function packPage(tables: readonly PackTable[], facts: PageFacts): string {
  const period = `${monthWords(facts.from)} to ${monthWords(facts.to)}`;
  const title = `Identity checks with fingerprints, ${period}`;
  const contents = tables.map(({ id, title: of }) => `<li><a href="#${id}">${escapeMarkup(of)}</a></li>`).join('');
  const sections = tables.map((table) => {
    const charts = (DRAWN[table.id] ?? []).map((code) => {
      const column = table.columns.findIndex((one) => one.code === code);
      return column === -1 ? '' : chartMarkup(table, column);
    });
    return `<section aria-labelledby="${table.id}"><h2 id="${table.id}">${escapeMarkup(table.title)}</h2>${charts.join('')}${tableMarkup(table)}</section>`;
  });
  const notes = facts.notes.map((note) => `<p>${escapeMarkup(note)}</p>`).join('');
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeMarkup(title)} - ${escapeMarkup(facts.publisher)}</title><style>${STYLE}</style></head><body><a class="skip" href="#main">Skip to the tables</a><header><p>${escapeMarkup(facts.publisher)}</p><h1>${escapeMarkup(title)}</h1></header><main id="main"><p>Uses of the power in section 61(6A) of the Police and Criminal Evidence Act 1984. Numbers from 1 to ${facts.threshold - 1} are not shown, nor are the few others from which they could be worked out; they are marked [c]. A zero is always shown.</p>${notes}<nav aria-label="Tables"><ul>${contents}</ul></nav>${sections.join('')}</main><footer><p>Made on ${escapeMarkup(facts.madeOn)}. The same numbers are in the CSV files and in the spreadsheet beside this page.</p></footer></body></html>\n`;
}
