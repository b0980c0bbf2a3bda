import { decodeRecordImage, imageOfRecord } from '../../native-bridge/interchange/ansi-nist/image-record.ts';
import { readMinutiaeRecord } from '../../native-bridge/interchange/ansi-nist/minutiae-record.ts';
import { readTransaction } from '../../native-bridge/interchange/ansi-nist/read-transaction.ts';
import type { Transaction } from '../../native-bridge/interchange/ansi-nist/transaction.ts';
import { writeTransaction } from '../../native-bridge/interchange/ansi-nist/write-transaction.ts';
import { describeTransaction } from '../../native-bridge/interchange/cli/describe-transaction.ts';
import { InterchangeFault } from '../../native-bridge/interchange/interchange-fault.ts';
import { readMinutiaeTemplate } from '../../native-bridge/interchange/iso-19794/read-minutiae-template.ts';
import { writeMinutiaeTemplate } from '../../native-bridge/interchange/iso-19794/write-minutiae-template.ts';
import { decodeWsq } from '../../native-bridge/interchange/wsq/decode-wsq.ts';
import type { WsqKernel } from '../../native-bridge/interchange/wsq/kernel.ts';

/** Which reader a file was made for. */
export type SeedKind = 'wsq' | 'an2' | 'fmr';

/** What came of one damaged file: a typed fault by its code, or a reading that holds together. */
export type Outcome = string;

/** Runs `act`; a typed fault is an outcome, anything else that is thrown goes on up. */
function outcomeOf(act: () => void): Outcome {
  try {
    act();
    return 'read';
  } catch (fault) {
    if (fault instanceof InterchangeFault) return fault.code;
    throw fault;
  }
}

function require(claim: boolean, sentence: string): void {
  if (!claim) throw new Error(sentence);
}

/**
 * Gives a file to every reader that takes its kind; a WSQ file to each kernel.
 * @throws Error when a reading contradicts itself, or two kernels each other
 */
export function exerciseInterchange(kind: SeedKind, bytes: Uint8Array, kernels: readonly WsqKernel[]): Outcome {
  switch (kind) {
    case 'wsq':
      return exerciseWsq(bytes, kernels);
    case 'an2':
      return exerciseTransaction(bytes);
    default:
      return outcomeOf(() => exerciseTemplate(bytes));
  }
}

function exerciseWsq(bytes: Uint8Array, kernels: readonly WsqKernel[]): Outcome {
  const images: Uint8Array[] = [];
  const outcomes = kernels.map((kernel) =>
    outcomeOf(() => {
      const { widthPx, heightPx, pixels, resolutionPpi } = decodeWsq(bytes, kernel);
      require(pixels.length === widthPx * heightPx && resolutionPpi > 0, 'a decoded image without its pixels');
      images.push(pixels);
    }),
  );
  const [first = 'read'] = outcomes;
  require(outcomes.every((outcome) => outcome === first), `kernels that end in ${outcomes.join(' and ')}`);
  for (const image of images) {
    require(Buffer.compare(image, images[0] ?? image) === 0, 'kernels that decode to different pixels');
  }
  return first;
}

function exerciseTransaction(bytes: Uint8Array): Outcome {
  const strict = outcomeOf(() => {
    const transaction = readTransaction(bytes);
    require(Buffer.compare(writeTransaction(transaction), bytes) ===
      0, 'a transaction written otherwise than it was read');
    exerciseRecords(transaction);
  });
  outcomeOf(() => exerciseRecords(readTransaction(bytes, { isForgiving: true })));
  outcomeOf(() => JSON.stringify(describeTransaction(bytes, true)));
  return strict;
}

function exerciseRecords(transaction: Transaction): void {
  for (const record of transaction.records) {
    outcomeOf(() => {
      const image = imageOfRecord(record, transaction);
      if (!image) return;
      const { pixels } = decodeRecordImage(image);
      require(pixels.length === image.widthPx * image.heightPx, 'a record image without its pixels');
    });
    if (record.kind === 'tagged' && record.type === 9) outcomeOf(() => void readMinutiaeRecord(record));
  }
}

function exerciseTemplate(bytes: Uint8Array): void {
  const template = readMinutiaeTemplate(bytes);
  const inRange = template.views.every((view) =>
    view.minutiae.every(({ angleRad }) => angleRad >= 0 && angleRad < 6.2832),
  );
  require(inRange, 'a minutia with an angle outside a turn');
  const again = readMinutiaeTemplate(writeMinutiaeTemplate(template));
  require(again.views.length === template.views.length, 'a view lost on writing');
}
