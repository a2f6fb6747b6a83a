// tsx server/tools/icon.ts, a part of npm run generate: draws images/icon.png, the icon of the extension: three layers, and a check mark on the one that wins.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeRgba } from './png/pixels.ts';

export const iconFile = fileURLToPath(new URL('../../images/icon.png', import.meta.url));

type Color = readonly [red: number, green: number, blue: number, alpha: number];

/** A part of the icon, in a square of side 1. Later ones cover earlier ones. */
interface Shape {
  readonly color: Color;
  readonly holds: (x: number, y: number) => boolean;
}

const size = 256;
/** Each pixel is the mean of so many points in each direction. */
const points = 4;

const shapes: readonly Shape[] = [
  { color: [22, 40, 72, 255], holds: roundedSquare(0.18) },
  { color: [63, 100, 156, 255], holds: layer(0.69) },
  { color: [22, 40, 72, 255], holds: layer(0.6) },
  { color: [104, 150, 208, 255], holds: layer(0.55) },
  { color: [22, 40, 72, 255], holds: layer(0.46) },
  { color: [240, 246, 255, 255], holds: layer(0.41) },
  { color: [15, 157, 118, 255], holds: stroke(0.385, 0.4, 0.475, 0.46) },
  { color: [15, 157, 118, 255], holds: stroke(0.475, 0.46, 0.64, 0.335) },
];

/** The bytes of the icon. */
export function drawIcon(): Buffer {
  const rgba = Buffer.alloc(size * size * 4);
  for (let index = 0; index < size * size; index++) {
    rgba.set(pixelAt(index % size, Math.floor(index / size)), index * 4);
  }
  return writeRgba(size, size, rgba);
}

function pixelAt(column: number, row: number): readonly number[] {
  const sum = [0, 0, 0, 0];
  for (let point = 0; point < points * points; point++) {
    const x = (column + ((point % points) + 0.5) / points) / size;
    const y = (row + (Math.floor(point / points) + 0.5) / points) / size;
    const color = shapes.findLast(shape => shape.holds(x, y))?.color ?? [0, 0, 0, 0];
    const [red, green, blue, alpha] = color;
    [red * alpha, green * alpha, blue * alpha, alpha].forEach((value, channel) => {
      sum[channel] = (sum[channel] ?? 0) + value;
    });
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = sum;
  if (alpha === 0) return [0, 0, 0, 0];
  return [red / alpha, green / alpha, blue / alpha, alpha / points ** 2].map(Math.round);
}

function roundedSquare(radius: number): Shape['holds'] {
  return (x, y) => {
    const [across, down] = [Math.abs(x - 0.5) - 0.5 + radius, Math.abs(y - 0.5) - 0.5 + radius];
    return Math.hypot(Math.max(across, 0), Math.max(down, 0)) <= radius;
  };
}

/** A sheet seen from above: a flat rhombus around the middle of that height. */
function layer(height: number): Shape['holds'] {
  return (x, y) => Math.abs(x - 0.5) / 0.36 + Math.abs(y - height) / 0.21 <= 1;
}

/** A thick line with round ends. */
function stroke(fromX: number, fromY: number, toX: number, toY: number): Shape['holds'] {
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  return (x, y) => {
    const share = ((x - fromX) * alongX + (y - fromY) * alongY) / (alongX ** 2 + alongY ** 2);
    const nearest = Math.min(Math.max(share, 0), 1);
    return Math.hypot(x - fromX - nearest * alongX, y - fromY - nearest * alongY) <= 0.032;
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await mkdir(dirname(iconFile), { recursive: true });
  await writeFile(iconFile, drawIcon());
}
