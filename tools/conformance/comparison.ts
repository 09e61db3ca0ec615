import { equalShapes, formatShape, type HostArray, numberAt } from "@mxgraft/base";
import type { CompilationReport } from "@mxgraft/executor";

/** `|got - want| <= atol + rtol * |want|` passes. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** What a replay of a case found: how much was compared, and what differed. */
export class Comparison {
  readonly tolerance: Tolerance;
  readonly differences: string[] = [];
  /** Number of tensors, values and errors compared. */
  compared = 0;
  /** How the graphs of the case ran. */
  readonly compilations: CompilationReport[] = [];

  constructor(tolerance: Tolerance) {
    this.tolerance = tolerance;
  }

  /** Compares arrays; `alternatives` are accepted as well. */
  arrays(name: string, got: HostArray, want: HostArray, ...alternatives: (HostArray | undefined)[]): void {
    this.compared++;
    const problems = [want, ...alternatives].flatMap((array) => (array ? [this.#difference(got, array)] : []));
    if (problems.every((problem) => problem !== undefined)) this.differences.push(`${name}: ${problems[0]}`);
  }

  numbers(name: string, got: number, want: number): void {
    this.compared++;
    if (!this.#close(got, want)) this.differences.push(`${name}: got ${got}, expected ${want}`);
  }

  /** Compares plain data exactly, through JSON. */
  same(name: string, got: unknown, want: unknown): void {
    this.compared++;
    const [a, b] = [JSON.stringify(got), JSON.stringify(want)];
    if (a !== b) this.differences.push(`${name}: got ${a ?? "nothing"}, expected ${b ?? "nothing"}`);
  }

  /** Records whether something that must fail did; `error` is what was thrown, `undefined` if nothing was. */
  refused(name: string, error: unknown, isOurs: (error: unknown) => boolean): void {
    this.compared++;
    if (error === undefined) this.differences.push(`${name}: an error was expected, none came`);
    else if (!isOurs(error)) this.differences.push(`${name}: expected a typed error, got ${String(error)}`);
  }

  #close(got: number, want: number): boolean {
    if (Number.isNaN(want)) return Number.isNaN(got);
    if (!Number.isFinite(want)) return got === want;
    return Math.abs(got - want) <= this.tolerance.atol + this.tolerance.rtol * Math.abs(want);
  }

  #difference(got: HostArray, want: HostArray): string | undefined {
    if (!equalShapes(got.shape, want.shape)) {
      return `got shape ${formatShape(got.shape)}, expected ${formatShape(want.shape)}`;
    }
    let worst = 0;
    let place = -1;
    let wrong = 0;
    // Some float64 arrays are recorded as float32.
    const rounded = want.dtype === "float32" && got.dtype === "float64";
    const gotAt = (i: number) => {
      const value = numberAt(got.data, got.dtype, i);
      return rounded ? Math.fround(value) : value;
    };
    for (let i = 0; i < want.data.length; i++) {
      const a = gotAt(i);
      const b = numberAt(want.data, want.dtype, i);
      if (this.#close(a, b)) continue;
      wrong++;
      const error = Number.isFinite(b) ? Math.abs(a - b) : Number.POSITIVE_INFINITY;
      if (place < 0 || error > worst || Number.isNaN(error)) {
        worst = error;
        place = i;
      }
    }
    if (wrong === 0) return undefined;
    const a = gotAt(place);
    const b = numberAt(want.data, want.dtype, place);
    return `${wrong} of ${want.data.length} differ; largest error ${worst} at element ${place}: got ${a}, expected ${b}`;
  }
}
