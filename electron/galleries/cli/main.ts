import { parseArgs } from 'node:util';
import { databaseName } from '../../contract/checks.ts';
import { moment } from '../../contract/limits.ts';
import { StationError } from '../../domain/station-error.ts';
import { buildGallery } from './build-command.ts';
import { CliFault } from './cli-fault.ts';
import { importIntoFolder, stationKeyOf } from './import-command.ts';
import { inspectGallery, verifyGallery } from './inspect-command.ts';
import { drawAuthorityKey, readAuthorityKey, readPublicKey } from './key-files.ts';

const USAGE = `usage: npm run -s gallery -- COMMAND [options] [--json]

  keygen KEYFILE              draws an authority's keys: KEYFILE (private) and KEYFILE.pub
  station-key --data FOLDER   prints the key for which an authority encrypts a station's galleries
  build OUT --list LIST --database police|immigration --origin TEXT --expires DATE --key KEYFILE --station KEY…
        [--folder FOLDER] [--extracted DATE] [--skip-unusable]
  inspect FILE                says what the file says of itself; shows nobody
  verify FILE --trust KEY…    verifies signature, dates and every chunk
  import FILE --database police|immigration --data FOLDER [--trust KEY…] [--accept-older]

LIST is CSV with the columns reference,file[,position][,ppi], one row a file, or JSON
[{"reference": "…", "fingers": [{"file": "…", "position": 2, "ppi": 500}]}]. Files lie in FOLDER (the present one unless
said) and are images (PNG, TIFF, BMP, PGM, WSQ), ANSI/NIST files, ISO/IEC 19794-2 or INCITS 378 records. An image needs
its position: 1 right thumb … 6 left thumb … 10 left little finger. A resolution that a file does not say is 500 ppi.
KEY is 64 hexadecimal digits or a file with them; an option with … may be given again. DATE is 2026-11-22T04:00:00Z.
import and station-key are for a station that does not run and keeps its secrets with a key file. A key of --trust counts
for this import; the station uses the gallery only while its own settings or policy trust the key too.

--json prints one line of JSON. Progress goes to the standard error. Ctrl-C cancels and leaves nothing half written.
exit codes: 0 done, 1 refused, 2 wrong command line, 3 cancelled`;

const EXIT = { refused: 1, usage: 2, cancelled: 3 } as const;

function commandLine(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        list: { type: 'string' },
        folder: { type: 'string', default: '.' },
        database: { type: 'string' },
        origin: { type: 'string' },
        extracted: { type: 'string' },
        expires: { type: 'string' },
        key: { type: 'string' },
        station: { type: 'string', multiple: true, default: [] },
        trust: { type: 'string', multiple: true, default: [] },
        data: { type: 'string' },
        'skip-unusable': { type: 'boolean', default: false },
        'accept-older': { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new CliFault('gallery.usage', { reason: 'unknown option' }, { cause });
  }
}

function needed(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new CliFault('gallery.usage', { option });
  return value;
}

function date(text: string, option: string): string {
  const parsed = moment.safeParse(text);
  if (!parsed.success) throw new CliFault('gallery.usage', { option, expected: '2026-11-22T04:00:00Z' });
  return new Date(parsed.data).toISOString();
}

function database(text: string | undefined) {
  const parsed = databaseName.safeParse(text);
  if (!parsed.success) throw new CliFault('gallery.usage', { option: 'database' });
  return parsed.data;
}

/** Progress on one line of a terminal, every hundredth elsewhere nothing: a log wants no thousand lines. */
function progressLine(what: string): (done: number, of: number) => void {
  let shown = -1;
  return (done, of) => {
    const percent = Math.floor((100 * done) / of);
    if (!process.stderr.isTTY || percent === shown) return;
    shown = percent;
    process.stderr.write(`\r${what} ${percent} %${percent === 100 ? '\n' : ''}`);
  };
}

async function run(args: readonly string[], signal: AbortSignal): Promise<object | null> {
  const { values, positionals } = commandLine(args);
  const [command, file, ...more] = positionals;
  if (values.help || more.length > 0) return null;
  const keys = (texts: readonly string[]) => Promise.all(texts.map((text) => readPublicKey(text)));
  switch (command) {
    case 'keygen':
      return { publicKey: await drawAuthorityKey(needed(file, 'KEYFILE')) };
    case 'station-key':
      return { stationKey: await stationKeyOf(needed(values.data, 'data')) };
    case 'build': {
      if (values.station.length === 0) throw new CliFault('gallery.usage', { option: 'station' });
      const extractedAt = date(values.extracted ?? new Date().toISOString(), 'extracted');
      return buildGallery({
        outPath: needed(file, 'OUT'),
        listPath: needed(values.list, 'list'),
        folder: values.folder,
        database: database(values.database),
        origin: needed(values.origin, 'origin'),
        extractedAt,
        expiresAt: date(needed(values.expires, 'expires'), 'expires'),
        authority: await readAuthorityKey(needed(values.key, 'key')),
        stations: (await keys(values.station)).map((key) => Buffer.from(key, 'hex')),
        isStrict: !values['skip-unusable'],
        signal,
        onProgress: progressLine('people'),
        onLeftOut: (left, reason) => process.stderr.write(`left out: ${left} (${reason})\n`),
      });
    }
    case 'inspect':
      return inspectGallery(needed(file, 'FILE'), Date.now());
    case 'verify': {
      if (values.trust.length === 0) throw new CliFault('gallery.usage', { option: 'trust' });
      const trustedKeys = await keys(values.trust);
      return verifyGallery(needed(file, 'FILE'), {
        trustedKeys,
        nowMs: Date.now(),
        signal,
        onProgress: progressLine('chunks'),
      });
    }
    case 'import': {
      const show = progressLine('people');
      return importIntoFolder({
        filePath: needed(file, 'FILE'),
        dataFolder: needed(values.data, 'data'),
        database: database(values.database),
        trustedKeys: await keys(values.trust),
        isOlderAccepted: values['accept-older'],
        signal,
        onProgress: (step, share) => step === 'reading' && show(share, 1),
      });
    }
    default:
      throw new CliFault('gallery.usage', { command: command ?? '' });
  }
}

function asText(answer: object): string {
  return Object.entries(answer)
    .map(
      ([name, value]: [string, unknown]) =>
        `${name.padEnd(16)} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    )
    .join('\n');
}

function failed(fault: unknown, isCancelled: boolean, isJson: boolean): number {
  if (isCancelled) {
    process.stderr.write('cancelled\n');
    return EXIT.cancelled;
  }
  if (!(fault instanceof StationError)) {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
    return EXIT.refused;
  }
  const { code, figures } = fault;
  if (isJson) process.stdout.write(`${JSON.stringify({ error: code, ...figures })}\n`);
  process.stderr.write(`${code} ${JSON.stringify(figures)}\n`);
  if (code !== 'gallery.usage') return EXIT.refused;
  process.stderr.write(`${USAGE}\n`);
  return EXIT.usage;
}

const cancelling = new AbortController();
process.once('SIGINT', () => cancelling.abort(new Error('cancelled')));
process.once('SIGTERM', () => cancelling.abort(new Error('cancelled')));
const isJson = process.argv.includes('--json');
try {
  const answer = await run(process.argv.slice(2), cancelling.signal);
  process.stdout.write(`${answer === null ? USAGE : isJson ? JSON.stringify(answer) : asText(answer)}\n`);
} catch (fault) {
  process.exitCode = failed(fault, cancelling.signal.aborted, isJson);
}
