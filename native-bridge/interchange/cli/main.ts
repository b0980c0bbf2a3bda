import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { decodeImage } from '../../image/read-image.ts';
import { ImageFault } from '../../image/image-fault.ts';
import { InterchangeFault } from '../interchange-fault.ts';
import { MAX_FILE_BYTES } from '../parameters.ts';
import { convertFile } from './convert-file.ts';
import { describeMinutiae } from './describe-minutiae.ts';
import { describeTransaction } from './describe-transaction.ts';
import { describeWsq } from './describe-wsq.ts';
import { renderDescription, type Description } from './description.ts';
import { formatOf } from './file-format.ts';

const USAGE = `usage: interchange inspect FILE [--json] [--forgiving]
       interchange convert FILE OUT [--bit-rate BPP] [--ppi N] [--forgiving]
convert writes .png or .wsq by the ending of OUT; images of a record go into the folder OUT; a record of minutiae
becomes ISO/IEC 19794-2:2005`;

/** Exit codes: the file is at fault, or the command line is. */
const EXIT_FAULT = 1;
const EXIT_USAGE = 2;

function commandLine(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        forgiving: { type: 'boolean', default: false },
        'bit-rate': { type: 'string' },
        ppi: { type: 'string' },
      },
    });
  } catch (cause) {
    throw new InterchangeFault('interchange.usage', { reason: 'unknown option' }, { cause });
  }
}

function positive(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0) || value === Infinity) throw new InterchangeFault('interchange.usage', { option });
  return value;
}

async function readBounded(file: string): Promise<Uint8Array> {
  await using handle = await open(file, 'r');
  const { size } = await handle.stat();
  if (size > MAX_FILE_BYTES) throw new InterchangeFault('interchange.too-large', { bytes: size, most: MAX_FILE_BYTES });
  return handle.readFile();
}

function describe(bytes: Uint8Array, isForgiving: boolean): Description {
  switch (formatOf(bytes)) {
    case 'wsq':
      return describeWsq(bytes);
    case 'minutiae':
      return describeMinutiae(bytes);
    case 'ansi-nist':
      return describeTransaction(bytes, isForgiving);
    default:
      return describeImage(bytes);
  }
}

function describeImage(bytes: Uint8Array): Description {
  try {
    const image = decodeImage(bytes, { resolutionPpi: 500 });
    image.pixels.fill(0);
    return { format: 'image', bytes: bytes.length, widthPx: image.widthPx, heightPx: image.heightPx };
  } catch (cause) {
    if (cause instanceof ImageFault && cause.code !== 'image.not-an-image' && cause.code !== 'image.empty') throw cause;
    throw new InterchangeFault('interchange.format-unknown', { bytes: bytes.length }, { cause });
  }
}

async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = commandLine(args);
  const [command, file, target, ...more] = positionals;
  const isInspect = command === 'inspect' && file !== undefined && target === undefined;
  const isConvert = command === 'convert' && file !== undefined && target !== undefined && more.length === 0;
  if (!isInspect && !isConvert)
    throw new InterchangeFault('interchange.usage', { reason: 'inspect FILE or convert FILE OUT' });
  const bitRateBpp = positive(values['bit-rate'], 'bit-rate');
  const resolutionPpi = positive(values.ppi, 'ppi');
  const bytes = await readBounded(file);
  try {
    if (isConvert) {
      const options = { bitRateBpp, resolutionPpi, isForgiving: values.forgiving };
      const written = await convertFile(bytes, target, options);
      process.stdout.write(written.map((name) => `${name}\n`).join(''));
      return;
    }
    const description = describe(bytes, values.forgiving);
    process.stdout.write(values.json ? `${JSON.stringify(description)}\n` : renderDescription(description));
  } finally {
    bytes.fill(0);
  }
}

try {
  await run(process.argv.slice(2));
} catch (cause) {
  const isUsage = cause instanceof InterchangeFault && cause.code === 'interchange.usage';
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n${isUsage ? `${USAGE}\n` : ''}`);
  process.exitCode = isUsage ? EXIT_USAGE : EXIT_FAULT;
}
