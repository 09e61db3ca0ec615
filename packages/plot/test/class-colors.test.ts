import { expect, test } from "vitest";
import { classColors } from "../src/class-colors.ts";
import { POINT_OPACITY, SHADES } from "../src/figure-style.ts";

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const SIGHT: Readonly<Record<string, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(hex: string): Triple {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function times(matrix: Matrix, [r, g, b]: Triple): Triple {
  const row = ([x, y, z]: Triple) => x * r + y * g + z * b;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

/** OKLab (Ottosson 2020), where distances are near what eyes see. */
function oklab(rgb: Triple): Triple {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb.map((value) => Math.min(1, Math.max(0, value))) as [number, number, number],
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(lms[0]), Math.cbrt(lms[1]), Math.cbrt(lms[2])],
  );
}

function luminance(hex: string): number {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const cases = (["light", "dark"] as const).flatMap((mode) => Object.keys(SIGHT).map((sight) => ({ mode, sight })));

// 0.1 in OKLab is five times what is just noticeable side by side (about 0.02); Matplotlib's ten colours come to 0.03.
// Who sees all colours gets more of them.
test.for(cases)("ten $mode colours differ for $sight", ({ mode, sight }) => {
  const matrix = SIGHT[sight];
  if (matrix === undefined) throw new Error(sight);
  const seen = classColors(mode).map((hex) => oklab(times(matrix, linear(hex))));
  expect(new Set(classColors(mode)).size).toBe(10);
  for (const [i, a] of seen.entries()) {
    for (const b of seen.slice(i + 1)) {
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(sight === "normal" ? 0.19 : 0.1);
    }
  }
});

/** A colour over another one as screens mix them: channel by channel, as they are written. */
function mixed(hex: string, ground: string, opacity: number): string {
  const channel = (of: string, at: number) => Number.parseInt(of.slice(at, at + 2), 16);
  const parts = [1, 3, 5].map((at) => opacity * channel(hex, at) + (1 - opacity) * channel(ground, at));
  return `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

// WCAG 2.2: 3 to 1 for graphics (1.4.11), 4.5 to 1 for text (1.4.3), 7 to 1 for text that everyone reads (1.4.6).
test.for(["light", "dark"] as const)("points show on %s paper, and text is readable", (mode) => {
  const { paper, ink, faint, tint } = SHADES[mode];
  const contrast = (hex: string, ground: string = paper) => {
    const [one, other] = [luminance(hex), luminance(ground)];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  for (const color of classColors(mode)) expect(contrast(mixed(color, paper, POINT_OPACITY))).toBeGreaterThan(3);
  expect(contrast(ink)).toBeGreaterThan(7);
  expect(contrast(faint)).toBeGreaterThan(4.5);
  for (const color of [...classColors(mode), faint]) {
    expect(contrast(faint, mixed(color, paper, tint))).toBeGreaterThan(4.5);
  }
});
