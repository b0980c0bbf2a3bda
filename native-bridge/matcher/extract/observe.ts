import type { ExtractionObserver, ExtractionStage } from './extractor.ts';
import type { OrientationField } from './orientation.ts';
import type { Plane } from './working-area.ts';

/** Shows an observer a plane of the kernels' memory without its border; `elements` is the view of its element type. */
export function observePlane(
  observer: ExtractionObserver,
  stage: ExtractionStage,
  plane: Plane,
  elements: Uint8Array | Int16Array,
): void {
  if (observer.onStage === undefined) return;
  const first = plane.pointer / elements.BYTES_PER_ELEMENT;
  const values = new Int16Array(plane.columns * plane.rows);
  for (let row = 0; row < plane.rows; row += 1) {
    values.set(
      elements.subarray(first + row * plane.stride, first + row * plane.stride + plane.columns),
      row * plane.columns,
    );
  }
  observer.onStage(stage, { columns: plane.columns, rows: plane.rows, stepPx: 1, values });
  values.fill(0);
}

/** Shows an observer a grid of blocks. */
export function observeField(
  observer: ExtractionObserver,
  stage: ExtractionStage,
  columns: number,
  stepPx: number,
  rows: number,
  values: ArrayLike<number>,
): void {
  observer.onStage?.(stage, { columns, rows, stepPx, values });
}

/** Shows an observer the ridge orientation in radians, 0 to π, a value a block of 8 px. */
export function observeOrientation(observer: ExtractionObserver, field: OrientationField): void {
  if (observer.onStage === undefined) return;
  const angles = Float32Array.from(field.cosines, (cosine, block) => {
    const angle = Math.atan2(field.sines[block], cosine) / 2;
    return angle < 0 ? angle + Math.PI : angle;
  });
  observer.onStage('orientation', { columns: field.columns, rows: field.rows, stepPx: 8, values: angles });
  angles.fill(0);
}
