import type { Tolerance } from "./comparison.ts";
import type { GoldenCase } from "./golden-case.ts";

interface Allowance extends Tolerance {
  /** Operators by their folders of cases; all when left out. */
  readonly operators?: readonly string[];
  readonly reason: string;
}

/**
 * How far a backend may be off beyond the tolerance of the cases, which the backends on the processor keep. Everything
 * here is a limit of the backend that its specification states, or of its arithmetic; wrong results are corrected.
 */
export const ALLOWANCES: Readonly<Record<string, readonly Allowance[]>> = {
  webgpu: [
    {
      operators: ["sin", "cos", "tan"],
      rtol: 1e-3,
      atol: 1e-3,
      reason: "WGSL promises sin and cos to an absolute error of 2^-11 between -pi and pi",
    },
  ],
  webgl: [
    {
      operators: ["sin", "cos", "tan"],
      rtol: 1e-3,
      atol: 1e-3,
      reason: "GLSL ES leaves the precision of sin and cos to the graphics card; many compute them to 2^-11",
    },
  ],
};

/** The tolerance of a case on a backend. */
export function toleranceOn(backend: string, golden: GoldenCase): Tolerance {
  let { rtol, atol } = golden.tolerance;
  for (const allowance of ALLOWANCES[backend] ?? []) {
    if (allowance.operators && !(golden.group === "ops" && allowance.operators.includes(golden.operator))) continue;
    rtol = Math.max(rtol, allowance.rtol);
    atol = Math.max(atol, allowance.atol);
  }
  return { rtol, atol };
}
