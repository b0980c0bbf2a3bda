import type { ScannerClock } from './clock.ts';
import type { GreyImage } from '../image/grey-image.ts';
import type { FrameFeed } from './feed.ts';
import type { DeviceEvent } from './simulated-device.ts';
import type { SimulatedGlass } from './simulated-glass.ts';

/** From the start of a capture to the finger on the glass, and from the image taken to the lift, ms: a practised officer, hurried. */
export const HAND_DELAY_MS = 150;

/** Frames that the device must have taken of the empty glass first: on a slow computer 150 ms may be over before the first, and then the finger would seem to have lain there from the start. */
const EMPTY_FRAMES = 4;

/** The simulated officer's hand: it puts the feed's next finger on the glass when a capture begins and lifts it when the image was taken. */
export class SimulatedHand {
  readonly #glass: SimulatedGlass;
  readonly #feed: FrameFeed;
  readonly #clock: ScannerClock;
  readonly #onFault: (cause: unknown) => void;
  #visit: readonly GreyImage[] = [];
  #cancelNext: (() => void) | undefined;
  #leaving: AbortController | undefined;
  #isDue = false;
  #framesSeen = 0;

  /** `onFault` is told when the feed cannot give the next finger. */
  constructor(glass: SimulatedGlass, feed: FrameFeed, clock: ScannerClock, onFault: (cause: unknown) => void) {
    this.#glass = glass;
    this.#feed = feed;
    this.#clock = clock;
    this.#onFault = onFault;
  }

  /** Reacts to what the officer sees the device do. */
  see(event: DeviceEvent): void {
    switch (event) {
      case 'preview-started':
        this.#leaving = new AbortController();
        this.#isDue = false;
        this.#framesSeen = 0;
        return this.#later(() => {
          this.#isDue = true;
          this.#comeWhenDue();
        });
      case 'frame-taken':
        this.#framesSeen += 1;
        this.#comeWhenDue();
        return this.#settle();
      case 'image-sent':
        return this.#later(() => this.#glass.lift());
      case 'preview-stopped':
        return this.leave();
    }
  }

  /** Takes the hand away, whatever it is doing. */
  leave(): void {
    this.#leaving?.abort();
    this.#leaving = undefined;
    this.#cancelNext?.();
    this.#cancelNext = undefined;
    this.#visit = [];
    this.#glass.lift();
  }

  #comeWhenDue(): void {
    const leaving = this.#leaving;
    if (!this.#isDue || this.#framesSeen < EMPTY_FRAMES || leaving === undefined) return;
    this.#isDue = false;
    this.#feed(leaving.signal).then((visit) => {
      if (leaving.signal.aborted || visit === null) return;
      this.#visit = 'pixels' in visit ? [visit] : visit;
      this.#settle();
    }, this.#onFault);
  }

  /** A finger that settles shows another image at each frame; the last stays. */
  #settle(): void {
    const [image, ...rest] = this.#visit;
    if (image === undefined) return;
    this.#visit = rest;
    this.#glass.touch(image);
  }

  #later(act: () => void): void {
    this.#cancelNext?.();
    this.#cancelNext = this.#clock.after(HAND_DELAY_MS, act);
  }
}
