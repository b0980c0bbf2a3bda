import type { HelperPipe } from '../../../../native-bridge/scanner/libfprint/helper-pipe.ts';

/** A helper that says what a test makes it say. */
export class FakeHelperPipe implements HelperPipe {
  readonly commands: number[] = [];
  isClosed = false;
  #onBytes: ((bytes: Uint8Array) => void) | undefined;
  #onExit: (() => void) | undefined;

  write(command: Uint8Array): void {
    this.commands.push(command[0] ?? 0);
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.#onBytes = listener;
  }

  onExit(listener: () => void): void {
    this.#onExit = listener;
  }

  close(): void {
    this.isClosed = true;
  }

  say(bytes: Uint8Array): void {
    this.#onBytes?.(Uint8Array.from(bytes));
  }

  exit(): void {
    this.#onExit?.();
  }
}

/** Writes a record of the helper: letter, length, body. */
export function helperRecord(letter: string, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  const bytes = new Uint8Array(5 + body.length);
  bytes[0] = letter.charCodeAt(0);
  new DataView(bytes.buffer).setUint32(1, body.length, true);
  bytes.set(body, 5);
  return bytes;
}

/** Writes an image record of the helper. */
export function helperImage(
  widthPx: number,
  heightPx: number,
  pixels: Uint8Array,
  milliPixelsPerMm = 19_685,
): Uint8Array {
  const body = new Uint8Array(12 + pixels.length);
  const view = new DataView(body.buffer);
  view.setUint32(0, widthPx, true);
  view.setUint32(4, heightPx, true);
  view.setUint32(8, milliPixelsPerMm, true);
  body.set(pixels, 12);
  return helperRecord('i', body);
}
