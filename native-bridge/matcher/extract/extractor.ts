import type { GreyImage } from '../../image/grey-image.ts';
import type { UnusableReason } from '../../image/unusable-reason.ts';
import type { Minutia } from '../template/minutia.ts';

/** What came of an image: a template (the caller's to erase) or the reason why there is none. */
export type Extraction =
  | {
      readonly kind: 'extracted';
      /** The internal format, at most `MAXIMUM_TEMPLATE_BYTES`. */
      readonly template: Uint8Array;
      readonly minutiae: number;
      /** 0–100. */
      readonly quality: number;
    }
  | { readonly kind: 'unusable'; readonly reason: UnusableReason };

/** A plane of one stage, lent for the length of the call: `columns × rows` values, `stepPx` pixels of 500 ppi apart. */
export interface StagePlane {
  readonly columns: number;
  readonly rows: number;
  readonly stepPx: number;
  readonly values: ArrayLike<number>;
}

/** The stages of an extraction in their order. */
export type ExtractionStage =
  | 'nominal-resolution'
  | 'normalised'
  | 'segmented'
  | 'orientation'
  | 'period'
  | 'enhanced'
  | 'skeleton';

/** Told of every stage as it ends. It must not keep a plane: the memory is used again, and zeroed by `clear`. */
export interface ExtractionObserver {
  readonly onStage?: (stage: ExtractionStage, plane: StagePlane) => void;
  /** Minutiae of one detector, or the merged list. */
  readonly onMinutiae?: (source: 'skeleton' | 'phase' | 'merged', minutiae: readonly Minutia[]) => void;
}

/** Turns images into templates in memory of its own. Not for use by two threads at once. */
export interface Extractor {
  /** Takes a few milliseconds for a fingertip, and never more than a second whatever the image. */
  extract(image: GreyImage, observer?: ExtractionObserver): Extraction;
  /** Zeroes all scratch memory, the kernels' memory included. */
  clear(): void;
}
