import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { builtins } from "@mxgraft/operators";
import { expect, test } from "vitest";

/** Names that the rule below would cut at the wrong places, and operators that share a file with another. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  BatchNorm_v1: "batch-norm",
  Convolution_v1: "convolution",
  LeakyReLU: "leaky-relu",
  Pooling_v1: "pooling",
  _contrib_AdaptiveAvgPooling2D: "contrib-adaptive-avg-pooling2d",
  _contrib_BilinearResize2D: "contrib-bilinear-resize2d",
};

/** Kernels of two operators that are one computation. */
const SHARED_KERNELS: Readonly<Record<string, string>> = {
  _contrib_MultiProposal: "proposal-kernels",
  _contrib_Proposal: "proposal-kernels",
};

/** The file of an operator: its canonical MXNet name in kebab-case. */
function fileOf(name: string): string {
  const words = name
    .replace(/^_+/, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .replaceAll("_", "-");
  return EXCEPTIONS[name] ?? words.toLowerCase();
}

function filesOf(name: string): Set<string> {
  const folder = new URL(`../packages/${name}/src`, import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return new Set(files.filter((file) => file.endsWith(".ts")).map((file) => basename(file, ".ts")));
}

test.for([
  { role: "specification", where: "operators", shared: {} },
  { role: "kernel", where: "operators-tfjs", shared: SHARED_KERNELS },
])(
  "every operator has its $role in a file of its name",
  ({ where, shared }: { where: string; shared: Readonly<Record<string, string>> }) => {
    const files = filesOf(where);
    expect(Object.keys(builtins).filter((name) => !files.has(shared[name] ?? fileOf(name)))).toEqual([]);
  },
);

test("the canonical name of an operator is its key in the list", () => {
  expect(Object.entries(builtins).filter(([name, spec]) => spec.name !== name)).toEqual([]);
});

test("no two operators share a name or alias", () => {
  const names = Object.values(builtins).flatMap((spec) => [spec.name, ...spec.aliases]);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});
