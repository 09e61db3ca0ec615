import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const SOURCE = fileURLToPath(new URL("native/emulate-gpu.cc", import.meta.url));

interface Differences {
  readonly type: "float" | "half";
  readonly pass: "forward" | "step" | "backward";
  readonly rows: number;
  readonly columns: number;
  readonly classes: number;
  /** The largest differences to the formula: of the loss, relative; of the output by its weight; of the centers. */
  readonly loss: number;
  readonly output: number;
  readonly centers: number;
}

const folder = mkdtempSync(join(tmpdir(), "mxgraft-gpu-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the program prints; `undefined` where it cannot be compiled: it needs C++20 and a 16-bit float. */
function emulate(): Differences[] | undefined {
  const program = join(folder, "emulate-gpu");
  const compiler = process.env.CXX || "g++";
  const compiled = spawnSync(compiler, ["-std=c++20", "-O1", "-pthread", "-o", program, SOURCE], { encoding: "utf8" });
  if (compiled.status !== 0) {
    console.log(
      `skipped: the GPU kernels on the processor: ${compiler}: ${compiled.error?.message ?? compiled.stderr}`,
    );
    return undefined;
  }
  const { status, stdout, stderr } = spawnSync(program, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line): Differences => JSON.parse(line));
}

// float16 has 11 bits: half a unit in the last place of numbers up to 2 is 2^-11, of numbers up to 4 it is 2^-10.
const TOLERANCE = { float: { output: 3e-7, centers: 2e-7 }, half: { output: 2 ** -10, centers: 2e-7 } };

describe("the GPU kernels, run on the processor,", () => {
  const results = emulate();

  test.skipIf(results === undefined)("cover every kernel", () => {
    const kernels = new Set(results?.map(({ type, pass }) => `${pass} of ${type}`));
    expect([...kernels].sort()).toEqual(
      ["backward", "forward", "step"].flatMap((pass) => [`${pass} of float`, `${pass} of half`]),
    );
  });

  test.for(results ?? [])("do what the formula says: $pass of $type, ($rows, $columns), $classes classes", (found) => {
    // The comparisons fail for NaN, which a number that was not written leaves.
    expect(found.loss).toBeLessThan(2e-7);
    expect(found.output).toBeLessThanOrEqual(TOLERANCE[found.type].output);
    expect(found.centers).toBeLessThan(TOLERANCE[found.type].centers);
  });
});
