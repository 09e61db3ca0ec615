import { type HostArray, hostArray, Random, ValueError } from "@mxgraft/base";
import { DIGIT_STROKES, type Point, type Stroke } from "./digit-strokes.ts";
import { drawStroke } from "./draw-strokes.ts";

export interface DrawDigitsOptions {
  readonly count: number;
  /** The same seed gives the same digits; default 0. */
  readonly seed?: number;
  /** Width and height in pixels; default 28. */
  readonly size?: number;
}

/** Digits as MNIST has them: white ink on black. */
export interface DrawnDigits {
  /** `(count, size, size)`, 0 black to 255 white. */
  readonly images: HostArray<"uint8">;
  /** `(count,)`, the digit. */
  readonly labels: HostArray<"uint8">;
}

// How much hands differ. Chosen so that ten epochs on 3,000 digits teach a LeNet nearly all of them (0.97 of 1,000
// others), while a linear classifier gets 0.90 right and a nearest mean 0.76.
const STYLE = {
  /** Largest displacement of one point of a stroke, in parts of the digit. */
  jitter: 0.042,
  rotation: 0.25,
  shear: 0.36,
  width: [0.72, 1.12],
  height: [0.82, 1.08],
  /** Largest shift, in parts of the image. */
  shift: 0.06,
  /** Bend of the whole digit, in parts of it. */
  bend: 0.07,
  /** Radius of the pen in parts of the image. */
  pen: [0.022, 0.066],
  pressure: 0.35,
  /** Width of the ink's edge in pixels. */
  softness: [0.8, 2],
  ink: [0.65, 1],
  /** Largest deviation of the noise. */
  noise: 0.08,
  /** How often a stray mark, a gap in the ink or a broken off stroke occurs. */
  strayMark: 0.15,
  gap: 0.1,
  cut: 0.06,
} as const;

function between(random: Random, [low, high]: readonly [number, number]): number {
  return low + (high - low) * random.uniform();
}

function spread(random: Random, most: number): number {
  return most * (2 * random.uniform() - 1);
}

/** Points on the curve of Catmull and Rom through the given ones, ends included. */
function smoothed(points: readonly Point[], perSegment: number): Point[] {
  const at = (i: number): Point => points[Math.min(points.length - 1, Math.max(0, i))] ?? [0, 0];
  const result: Point[] = [at(0)];
  for (let i = 0; i + 1 < points.length; i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let step = 1; step <= perSegment; step++) {
      const t = step / perSegment;
      const blend = (axis: 0 | 1) =>
        0.5 *
        (2 * p1[axis] +
          (p2[axis] - p0[axis]) * t +
          (2 * p0[axis] - 5 * p1[axis] + 4 * p2[axis] - p3[axis]) * t * t +
          (3 * p1[axis] - p0[axis] - 3 * p2[axis] + p3[axis]) * t * t * t);
      result.push([blend(0), blend(1)]);
    }
  }
  return result;
}

/** Points between the given ones on straight lines, so that a bend bends them too. */
function subdivided(points: readonly Point[], perSegment: number): Point[] {
  const result: Point[] = points.slice(0, 1);
  for (let i = 0; i + 1 < points.length; i++) {
    const [a = [0, 0], b = [0, 0]] = [points[i], points[i + 1]];
    for (let step = 1; step <= perSegment; step++) {
      const t = step / perSegment;
      result.push([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]);
    }
  }
  return result;
}

/** One hand: where it puts the points of a digit, from the unit square to pixels. */
function drawHand(random: Random, size: number): (point: Point) => Point {
  const angle = spread(random, STYLE.rotation) * Math.abs(spread(random, 1));
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const shear = spread(random, STYLE.shear) * Math.abs(spread(random, 1));
  const body = 0.78 * size;
  const [width, height] = [body * between(random, STYLE.width), body * between(random, STYLE.height)];
  const center = (size - 1) / 2;
  const [shiftX, shiftY] = [spread(random, STYLE.shift * size), spread(random, STYLE.shift * size)];
  const [bendX, bendY] = [spread(random, STYLE.bend), spread(random, STYLE.bend)];
  const [phaseX, phaseY] = [spread(random, Math.PI), spread(random, Math.PI)];
  return ([x, y]) => {
    const bentX = x - 0.5 + bendX * Math.sin(4 * y + phaseX);
    const bentY = y - 0.5 + bendY * Math.sin(4 * x + phaseY);
    const [u, v] = [width * (bentX - shear * bentY), height * bentY];
    return [center + shiftX + cos * u - sin * v, center + shiftY + sin * u + cos * v];
  };
}

function drawPath(random: Random, stroke: Stroke, hand: (point: Point) => Point, pen: number) {
  const moved = stroke.points.map(
    ([x, y]): Point => [x + spread(random, STYLE.jitter), y + spread(random, STYLE.jitter)],
  );
  let points = (stroke.smooth ? smoothed(moved, 5) : subdivided(moved, 6)).map(hand);
  if (random.uniform() < STYLE.cut) {
    const from = Math.floor(points.length * 0.15 * random.uniform());
    points = random.uniform() < 0.5 ? points.slice(from) : points.slice(0, points.length - from);
  }
  const [phase, rate] = [spread(random, Math.PI), 0.15 + 0.3 * random.uniform()];
  const pressure = STYLE.pressure * random.uniform();
  return { points, radii: points.map((_, i) => pen * (1 + pressure * Math.sin(phase + rate * i))) };
}

/** A short stroke somewhere, mostly near the edge: what a neighbouring digit or a smudge leaves. */
function strayMark(random: Random, size: number): Point[] {
  const [x, y] = [size * random.uniform(), size * (random.uniform() < 0.5 ? 0.15 : 0.85) + spread(random, size * 0.15)];
  const [dx, dy] = [spread(random, size * 0.22), spread(random, size * 0.22)];
  return [
    [x, y],
    [x + dx, y + dy],
  ];
}

function drawDigit(random: Random, digit: number, size: number): Float32Array {
  const image = new Float32Array(size * size);
  const ways = DIGIT_STROKES[digit] ?? [];
  const strokes = ways[random.below(ways.length)] ?? [];
  const hand = drawHand(random, size);
  const pen = size * between(random, STYLE.pen);
  const softness = between(random, STYLE.softness);
  const ink = between(random, STYLE.ink);
  for (const stroke of strokes) drawStroke(image, size, drawPath(random, stroke, hand, pen), ink, softness);
  if (random.uniform() < STYLE.strayMark) {
    const radius = pen * (0.4 + 0.5 * random.uniform());
    drawStroke(
      image,
      size,
      { points: strayMark(random, size), radii: [radius, radius] },
      ink * random.uniform(),
      softness,
    );
  }
  if (random.uniform() < STYLE.gap) {
    const gap = new Float32Array(size * size);
    const [a, b] = [strayMark(random, size)[0], strayMark(random, size)[0]];
    if (a !== undefined && b !== undefined) drawStroke(gap, size, { points: [a, b], radii: [0.4, 0.4] }, 0.8, softness);
    for (let i = 0; i < image.length; i++) image[i] = (image[i] ?? 0) * (1 - (gap[i] ?? 0));
  }
  const noise = STYLE.noise * random.uniform();
  for (let i = 0; i < image.length; i++) image[i] = (image[i] ?? 0) + noise * random.normal();
  return image;
}

/**
 * Draws handwritten digits: one of several ways to write each, bent, slanted, turned, scaled, shifted, with pens of
 * different widths and pressures, soft edges, noise, gaps and stray marks. They need no download and no font, and are
 * about as hard as MNIST for a small network that sees a few thousand of them.
 *
 * Of every ten in a row each digit occurs once, in random order; the first `n` of a seed are the same for any `count`.
 *
 * @throws ValueError  `count` is no integer of 0 or more, or `size` no integer of 8 or more.
 */
export function drawDigits(options: DrawDigitsOptions): DrawnDigits {
  const { count, seed = 0, size = 28 } = options;
  if (!Number.isInteger(count) || count < 0) {
    throw new ValueError(`count is ${count}, expected an integer of 0 or more.`, { argument: "count", actual: count });
  }
  if (!Number.isInteger(size) || size < 8) {
    throw new ValueError(`size is ${size}, expected an integer of 8 or more.`, { argument: "size", actual: size });
  }
  const random = new Random(seed);
  const images = hostArray("uint8", [count, size, size]);
  const labels = hostArray("uint8", [count]);
  const order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  for (let i = 0; i < count; i++) {
    if (i % 10 === 0) random.shuffle(order);
    const digit = order[i % 10] ?? 0;
    labels.data[i] = digit;
    const image = drawDigit(random, digit, size);
    for (let at = 0; at < image.length; at++) {
      images.data[i * image.length + at] = Math.round(255 * Math.min(1, Math.max(0, image[at] ?? 0)));
    }
  }
  return { images, labels };
}
