import { numberKernels } from "./number-kernels.ts";

/** The polynomials of Giles, "Approximating the erfinv function", 2010: single precision. */
const CENTRAL = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941,
];
const TAIL = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
  1.00167406, 2.83297682,
];

const polynomial = (coefficients: readonly number[], w: number) =>
  coefficients.reduce((sum, coefficient) => sum * w + coefficient, 0);

function erfinv(x: number): number {
  if (Math.abs(x) >= 1) return Math.abs(x) === 1 ? x * Number.POSITIVE_INFINITY : Number.NaN;
  const w = -Math.log((1 - x) * (1 + x));
  return x * (w < 5 ? polynomial(CENTRAL, w - 2.5) : polynomial(TAIL, Math.sqrt(w) - 3));
}

/** Kernels of erfinv. */
export const erfinvKernels = numberKernels({
  forward: erfinv,
  slope: (x) => (Math.sqrt(Math.PI) / 2) * Math.exp(erfinv(x) ** 2),
});
