import { ImageFault } from './image-fault.ts';

/**
 * Expands one PackBits strip of a TIFF file into `target`, and never beyond it. Source: TIFF 6.0, section 9.
 * @throws ImageFault `image.truncated` when the strip ends before `target` is full
 */
export function expandPackBits(strip: Uint8Array, target: Uint8Array): void {
  let written = 0;
  for (let at = 0; written < target.length;) {
    if (at + 1 >= strip.length)
      throw new ImageFault('image.truncated', { neededBytes: target.length, presentBytes: written });
    const control = strip[at++];
    if (control === 128) continue;
    const count = control < 128 ? control + 1 : 257 - control;
    for (let i = 0; i < count && written < target.length; i++) {
      const from = control < 128 ? at + i : at;
      if (from >= strip.length)
        throw new ImageFault('image.truncated', { neededBytes: target.length, presentBytes: written });
      target[written++] = strip[from];
    }
    at += control < 128 ? count : 1;
  }
}
