import { isMaintainable } from '../../../native-bridge/scanner/maintainable-scanner.ts';
import type { CaptureOutcome, CaptureRequest, Scanner } from '../../../native-bridge/scanner/scanner.ts';
import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { ErasureReceipt } from '../../contract/checks.ts';
import type { ProbeCustody } from '../../custody/probe-custody.ts';
import { Refusal } from '../refusal.ts';
import { refusalOfScannerFault, type ScannerDesk } from './scanner-desk.ts';

/** How long an administrator's test waits for a finger, milliseconds. */
const FINGER_DEADLINE_MS = 30_000;
/** How long an image of the glass may take, milliseconds: four seconds at 64 bytes a report, and time for repeats. */
const GLASS_DEADLINE_MS = 15_000;

export interface TestImagesOptions {
  readonly custody: ProbeCustody;
  readonly scanners: ScannerDesk;
  readonly audit: AuditLog;
}

/** What is asked of one test image. */
export interface TestImageRequest {
  readonly actor: string;
  readonly path: string;
  readonly of: 'finger' | 'glass' | 'target';
  readonly signal: AbortSignal;
  readonly onProgress?: CaptureRequest['onProgress'];
}

type Captured = Extract<CaptureOutcome, { kind: 'captured' }>;

/** Images that say something of the scanner, and are erased before that is told. */
export interface TestImages {
  /**
   * Takes one image into custody, lets it be judged, erases it, and notes both in the audit log. It is never extracted,
   * searched or kept: no use of the power, so it needs the administrator's permission and no grounds.
   * @throws Refusal with the scanner's code
   */
  take<Judgement>(
    request: TestImageRequest,
    judge: (image: GreyImage, captured: Captured, scanner: Scanner) => Judgement,
  ): Promise<{ readonly judgement: Judgement; readonly receipt: ErasureReceipt }>;
}

/** Makes the one way to a test image. */
export function createTestImages({ audit, custody, scanners }: TestImagesOptions): TestImages {
  async function capture(scanner: Scanner, request: TestImageRequest, into: SharedArrayBuffer): Promise<Captured> {
    const { of, onProgress = () => {}, signal } = request;
    const isFinger = of === 'finger';
    if (!isFinger && !isMaintainable(scanner)) throw new Refusal('scanner.cannot-be-checked');
    const asked = { into, deadlineMs: isFinger ? FINGER_DEADLINE_MS : GLASS_DEADLINE_MS, signal, onProgress };
    const outcome = await (isFinger || !isMaintainable(scanner) ? scanner.capture(asked) : scanner.captureGlass(asked));
    switch (outcome.kind) {
      case 'captured':
        return outcome;
      case 'no-finger':
        throw new Refusal(isFinger ? 'capture.no-finger' : 'scanner.no-answer');
      case 'unplugged':
        throw new Refusal('scanner.unplugged');
      case 'fault':
        throw new Refusal(refusalOfScannerFault(outcome.code));
      case 'aborted':
        throw new Refusal('scanner.test-cancelled');
    }
  }

  async function note(
    { actor, of }: TestImageRequest,
    outcome: 'done' | 'failed',
    receipt: ErasureReceipt | null,
  ): Promise<void> {
    const erased =
      receipt === null
        ? {}
        : {
            bufferId: receipt.bufferId,
            sizeBytes: receipt.sizeBytes,
            takenAt: receipt.takenAt,
            erasedAt: receipt.erasedAt,
          };
    await audit.append({ code: 'test-capture', actor, reference: null, details: { outcome, of, ...erased } });
  }

  return {
    async take(request, judge) {
      let receipt: ErasureReceipt | null = null;
      let isDone = false;
      try {
        await using scanner = await scanners.openForTest(request.path, request.signal);
        const held = custody.take('image', scanner.identity.widthPx * scanner.identity.heightPx);
        let judgement;
        try {
          using loan = held.lend();
          const captured = await capture(scanner, request, loan.buffer);
          const { heightPx, resolutionPpi, widthPx } = captured;
          const pixels = new Uint8Array(loan.buffer, 0, widthPx * heightPx);
          judgement = judge({ widthPx, heightPx, resolutionPpi, pixels }, captured, scanner);
          isDone = true;
        } finally {
          receipt = await held.erase('test-ended');
        }
        return { judgement, receipt };
      } finally {
        await note(request, isDone ? 'done' : 'failed', receipt);
      }
    },
  };
}
