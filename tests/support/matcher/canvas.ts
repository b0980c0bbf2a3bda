/** Red, green and blue, 0–255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A small RGB raster to draw documentation pictures on. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.bytes = new Uint8Array(width * height * 3);
  }

  /** Sets every pixel to a grey, clipped to 0–255. */
  paint(grey: (x: number, y: number) => number): void {
    for (let y = 0; y < this.height; y += 1) {
      for (let x = 0; x < this.width; x += 1) {
        const value = Math.max(0, Math.min(255, Math.round(grey(x, y))));
        this.#set(x, y, [value, value, value]);
      }
    }
  }

  /** A line two pixels wide from (x, y) in a direction, from x towards y. */
  line(x: number, y: number, angleRad: number, length: number, colour: Colour): void {
    for (let step = 0; step <= length; step += 0.5) {
      const [atX, atY] = [Math.round(x + step * Math.cos(angleRad)), Math.round(y + step * Math.sin(angleRad))];
      this.#set(atX, atY, colour);
      this.#set(atX + 1, atY, colour);
    }
  }

  circle(x: number, y: number, radius: number, colour: Colour): void {
    for (let angle = 0; angle < 2 * Math.PI; angle += 0.5 / radius) {
      this.#set(Math.round(x + radius * Math.cos(angle)), Math.round(y + radius * Math.sin(angle)), colour);
      this.#set(Math.round(x + (radius - 1) * Math.cos(angle)), Math.round(y + (radius - 1) * Math.sin(angle)), colour);
    }
  }

  #set(x: number, y: number, colour: Colour): void {
    if (x >= 0 && y >= 0 && x < this.width && y < this.height) this.bytes.set(colour, (y * this.width + x) * 3);
  }
}
