import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encode } from 'fast-png';

/** Sides of the icons that Linux desktops and Windows ask for, pixels. */
const SIDES_PX = [16, 32, 48, 64, 128, 256, 512] as const;
const GROUND = [11, 28, 51];
const LINE = [255, 255, 255];
/** Sub-samples along each side of a pixel, for smooth edges. */
const SAMPLES = 4;

/** The largest side that a Windows icon holds, pixels. */
const LARGEST_ICO_SIDE_PX = 256;

/**
 * Draws the product's icon, nested arches on a dark ground: `icons/SIDExSIDE.png` for Linux and `ridgeway.ico` for Windows,
 * so that electron-builder has nothing to convert. The same bytes every time.
 */
export async function drawIcons(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'icons'), { recursive: true });
  const drawn = SIDES_PX.map((side) => ({ side, png: Buffer.from(draw(side)) }));
  for (const { side, png } of drawn) await writeFile(path.join(folder, `icons/${side}x${side}.png`), png);
  await writeFile(
    path.join(folder, 'ridgeway.ico'),
    windowsIcon(drawn.filter(({ side }) => side <= LARGEST_ICO_SIDE_PX)),
  );
}

/** An icon file is a list of PNG files with a head. Source: Microsoft, "The format of icon resources". */
function windowsIcon(drawn: readonly { readonly side: number; readonly png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * drawn.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(drawn.length, 4);
  let offset = head.length;
  drawn.forEach(({ side, png }, index) => {
    const at = 6 + 16 * index;
    // 256 is written as 0.
    head.writeUInt8(side % 256, at);
    head.writeUInt8(side % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...drawn.map(({ png }) => png)]);
}

function draw(side: number): Uint8Array {
  const data = new Uint8Array(side * side * 4);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = (y * side + x) * 4;
      const { ground, line } = coverage(x, y, side);
      for (let channel = 0; channel < 3; channel++) {
        const mixed = ground === 0 ? 0 : line / ground;
        data[at + channel] = Math.round((GROUND[channel] ?? 0) * (1 - mixed) + (LINE[channel] ?? 0) * mixed);
      }
      data[at + 3] = Math.round(255 * ground);
    }
  }
  return encode({ width: side, height: side, data, channels: 4, depth: 8 });
}

/** Shares of a pixel that the ground and the lines cover. */
function coverage(x: number, y: number, side: number): { readonly ground: number; readonly line: number } {
  let ground = 0;
  let line = 0;
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
    const u = (x + ((sample % SAMPLES) + 0.5) / SAMPLES) / side;
    const v = (y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / side;
    if (!isGround(u, v)) continue;
    ground += 1;
    if (isLine(u, v)) line += 1;
  }
  const all = SAMPLES * SAMPLES;
  return { ground: ground / all, line: line / all };
}

/** A square with round corners, in units of the icon's side. */
function isGround(u: number, v: number): boolean {
  const corner = 0.18;
  const du = Math.max(Math.abs(u - 0.5) - (0.5 - corner), 0);
  const dv = Math.max(Math.abs(v - 0.5) - (0.5 - corner), 0);
  return Math.hypot(du, dv) <= corner;
}

/** Three arches: half circles above, straight down below. */
function isLine(u: number, v: number): boolean {
  const centre = 0.52;
  const distance = v < centre ? Math.hypot(u - 0.5, v - centre) : Math.abs(u - 0.5);
  return v < 0.82 && [0.1, 0.22, 0.34].some((radius) => Math.abs(distance - radius) < 0.033);
}
