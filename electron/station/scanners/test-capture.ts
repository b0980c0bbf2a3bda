import type { CaptureProgress, PlacementMap } from '../../../native-bridge/scanner/scanner.ts';
import type { TestCaptureEvent } from '../../contract/scanners.ts';
import { copyOf } from '../check/finger-states.ts';
import { Refusal } from '../refusal.ts';
import type { TestImages } from './test-images.ts';

export interface TestCaptureOptions {
  readonly images: TestImages;
  readonly actor: string;
  readonly path: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: TestCaptureEvent) => void;
}

/** Follows one test capture of a colleague's finger to its end, and tells how the scanner did. */
export async function runTestCapture(options: TestCaptureOptions): Promise<TestCaptureEvent> {
  const { actor, images, onEvent, path, signal } = options;
  let map: PlacementMap = { columns: 1, rows: 1, cells: [0] };
  const onProgress = (progress: CaptureProgress): void => {
    if (progress.kind === 'preview') map = progress.map;
    onEvent(progress.kind === 'preview' ? { ...progress, map: copyOf(map) } : progress);
  };
  try {
    const { judgement, receipt } = await images.take(
      { actor, path, of: 'finger', signal, onProgress },
      (_image, { quality }, scanner) => ({ quality, statistics: scanner.statistics() }),
    );
    const { previewFramesPerSecond, reportsLost, reportsReceived, reportsRepeated } = judgement.statistics;
    return {
      kind: 'done',
      quality: judgement.quality,
      map: copyOf(map),
      framesPerSecond: previewFramesPerSecond,
      reportsReceived,
      reportsLost,
      reportsRepeated,
      receipt,
    };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'failed', code: error.code };
    throw error;
  }
}
