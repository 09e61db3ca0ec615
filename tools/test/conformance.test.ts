import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { float32Array, hostArray } from "@mxgraft/base";
import { writeSafetensors } from "@mxgraft/files";
import { afterAll, describe, expect, test } from "vitest";
import { Comparison } from "../conformance/comparison.ts";
import { formula } from "../conformance/formula.ts";
import { parsePythonCall } from "../conformance/python-call.ts";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("formula", () => {
  // The check values of the golden cases' README.md.
  test("gives the documented values", () => {
    const data = [...formula("data", [4]).data];
    for (const [i, value] of [0.837115645, -0.967781067, 0.34416616, 0.081764698].entries()) {
      expect(data[i]).toBeCloseTo(value, 8);
    }
    const weight = [...formula("fc1_weight", [2, 3]).data];
    for (const [i, value] of [-0.574352145, 0.836902678, -0.0221702531].entries())
      expect(weight[i]).toBeCloseTo(value, 8);
  });

  test("labels are class indices", () => {
    const labels = [...formula("softmax_label", [200], { numClass: 7 }).data];
    expect(new Set(labels)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
  });
});

describe("Comparison", () => {
  const compare = (got: number[], want: number[], tolerance = { rtol: 0.01, atol: 0 }) => {
    const comparison = new Comparison(tolerance);
    comparison.arrays("x", float32Array([got.length], got), float32Array([want.length], want));
    return comparison.differences;
  };

  test.for([
    { name: "within the tolerance", got: [1.009], want: [1], differs: false },
    { name: "beyond it", got: [1.02], want: [1], differs: true },
    { name: "NaN for NaN", got: [Number.NaN], want: [Number.NaN], differs: false },
    { name: "a number for NaN", got: [0], want: [Number.NaN], differs: true },
    { name: "NaN for a number", got: [Number.NaN], want: [0], differs: true },
    { name: "the same infinity", got: [Number.POSITIVE_INFINITY], want: [Number.POSITIVE_INFINITY], differs: false },
    { name: "the other infinity", got: [Number.NEGATIVE_INFINITY], want: [Number.POSITIVE_INFINITY], differs: true },
    { name: "NaN for an infinity", got: [Number.NaN], want: [Number.POSITIVE_INFINITY], differs: true },
    { name: "another shape", got: [1, 1], want: [1], differs: true },
  ])("$name", ({ got, want, differs }) => {
    expect(compare(got, want).length > 0).toBe(differs);
  });

  test("says where the largest error is", () => {
    expect(compare([1, 5, 2], [1, 1, 1])).toEqual([
      "x: 2 of 3 differ; largest error 4 at element 1: got 5, expected 1",
    ]);
  });

  test("accepts an alternative", () => {
    const comparison = new Comparison({ rtol: 0, atol: 0 });
    comparison.arrays("x", float32Array([1], [2]), float32Array([1], [1]), float32Array([1], [2]));
    expect(comparison.differences).toEqual([]);
  });
});

describe("parsePythonCall", () => {
  test("reads calls with literals", () => {
    const call = parsePythonCall("TopKAccuracy(top_k=2, name='x', ignore_label=None)");
    expect(call.name).toBe("TopKAccuracy");
    expect([...call.keywords]).toEqual([
      ["top_k", 2],
      ["name", "x"],
      ["ignore_label", null],
    ]);
  });

  test.for(["__import__('os').system('x')", "Accuracy(", "Accuracy(axis=)", "1", `${"A(".repeat(40)}`])(
    "refuses %s",
    (text) => {
      expect(() => parsePythonCall(text)).toThrow();
    },
  );
});

/** A folder of cases: files by their path. */
function goldens(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), "mxgraft-goldens-"));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

function run(...args: string[]): { code: number; stdout: string; stderr: string } {
  const script = fileURLToPath(new URL("../run.js", import.meta.url));
  try {
    const stdout = execFileSync(process.execPath, [script, "conformance", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    return { code: 0, stdout, stderr: "" };
  } catch (error) {
    if (!(error instanceof Error && "status" in error && "stdout" in error && "stderr" in error)) throw error;
    return { code: Number(error.status), stdout: String(error.stdout), stderr: String(error.stderr) };
  }
}

/** `output = 2 * data`, worked by hand. */
function doubling(expected: readonly number[]): Record<string, string | Uint8Array> {
  const symbol = {
    nodes: [
      { op: "null", name: "data", inputs: [] },
      { op: "_mul_scalar", name: "twice", attrs: { scalar: "2.0" }, inputs: [[0, 0, 0]] },
    ],
    arg_nodes: [0],
    heads: [[1, 0, 0]],
    attrs: { mxnet_version: ["int", 10901] },
  };
  const facts = {
    tolerance: { rtol: 0.001, atol: 0.001 },
    input_shapes: { data: [3] },
    list_arguments: ["data"],
    list_outputs: ["twice_output"],
    list_auxiliary_states: [],
    arg_shapes: [[3]],
    out_shapes: [[3]],
    aux_shapes: [],
    grad_req: { data: "write" },
    train_equals_inference: true,
  };
  const tensors = new Map([
    ["arg:data", float32Array([3], [1, 2, 3])],
    ["out:twice_output", float32Array([3], expected)],
    ["ograd:twice_output", float32Array([3], [1, 1, 1])],
    ["grad:data", float32Array([3], [2, 2, 2])],
  ]);
  return {
    "case.json": JSON.stringify(facts),
    "symbol.json": JSON.stringify(symbol),
    "tensors.safetensors": writeSafetensors(tensors),
  };
}

function at(folder: string, files: Record<string, string | Uint8Array>): Record<string, string | Uint8Array> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
}

describe("the runner", () => {
  test("counts what passes and what fails, and exits 1 when something does", () => {
    const right = goldens(at("ops/_mul_scalar/right", doubling([2, 4, 6])));
    const passing = run(right, "--backend", "cpu");
    expect(passing.stdout.trim().split("\n").at(-1)).toBe("1 passed, 0 failed, 0 skipped");
    expect(passing.code).toBe(0);

    const wrong = goldens(at("ops/_mul_scalar/wrong", doubling([2, 4, 7])));
    const failing = run(wrong, "--backend", "cpu");
    expect(failing.stdout).toContain("FAILED _mul_scalar/wrong");
    expect(failing.stdout).toContain("largest error 1 at element 2: got 6, expected 7");
    expect(failing.code).toBe(1);
  });

  test("trusts nothing in a folder", () => {
    const broken = goldens({
      ...at("ops/_mul_scalar/right", doubling([2, 4, 6])),
      "ops/broken/not_json/case.json": "{",
      "ops/broken/list/case.json": "[]",
      "ops/broken/nothing_compared/case.json": JSON.stringify({ tolerance: { rtol: 0, atol: 0 } }),
      ...at("ops/broken/tensors", { ...doubling([2, 4, 6]), "tensors.safetensors": new Uint8Array(40).fill(255) }),
      ...at("ops/broken/symbol", { ...doubling([2, 4, 6]), "symbol.json": '{"nodes": [{"op": "null"}]}' }),
      "files/params/outside/case.json": JSON.stringify({
        tolerance: { rtol: 0, atol: 0 },
        file: "../../../etc/passwd",
      }),
      "unknown_group/x/case.json": JSON.stringify({ tolerance: "none" }),
      "ops/prose/case.json": JSON.stringify({ kind: "prose" }),
    });
    const result = run(broken, "--backend", "cpu", "--json");
    const { counts, results } = JSON.parse(result.stdout);
    expect(counts).toEqual({ passed: 1, failed: 7, skipped: 0 });
    expect(results.find(({ name }: { name: string }) => name === "params/outside").problems[0]).toContain(
      "no name of a file in the case's folder",
    );
    expect(result.code).toBe(1);
  });

  test("an operator that is not there is skipped with the reason", () => {
    const files = doubling([2, 4, 6]);
    const unknown = goldens(
      at("ops/x", {
        ...files,
        "symbol.json": String(files["symbol.json"]).replace("_mul_scalar", "_no_such_operator"),
      }),
    );
    const result = run(unknown, "--backend", "cpu");
    expect(result.stdout).toContain('not supported: Node "twice": operator "_no_such_operator" is not registered');
    expect(result.stdout.trim().split("\n").at(-1)).toBe("0 passed, 0 failed, 1 skipped");
    expect(result.code).toBe(0);
  });

  test.for([
    {
      name: "a folder that is not there",
      args: ["/no/such/folder"],
      message: 'Folder "/no/such/folder" does not exist',
    },
    { name: "an unknown option", args: [".", "--bakend", "cpu"], message: "--bakend" },
    { name: "an unknown backend", args: ["HERE", "--backend", "gpu"], message: 'Backend "gpu" is not known' },
    { name: "an unknown group", args: ["HERE", "--group", "opps"], message: "No case fits" },
  ])("$name is wrong usage", ({ args, message }) => {
    const here = goldens(at("ops/x", doubling([2, 4, 6])));
    const result = run(...args.map((arg) => (arg === "HERE" ? here : arg)));
    expect(result.stderr).toContain(message);
    expect(result.code).toBe(2);
  });
});

test("float64 that was recorded as float32 is compared as such", () => {
  const comparison = new Comparison({ rtol: 0, atol: 0 });
  comparison.arrays("x", hostArray("float64", [1], Float64Array.of(0.1)), float32Array([1], [0.1]));
  expect(comparison.differences).toEqual([]);
});
