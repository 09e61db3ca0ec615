import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runHere, runReal } from "./run-command.ts";
import { writeSmallModel } from "./small-model.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "inspect-"));
  writeSmallModel(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (file: string) => join(folder, file);
const inspect = (...words: string[]) => runHere("inspect", ...words, "--backend", "wasm");

test("layers, shapes, parameters and multiply-adds", async () => {
  const words = [at("symbol.json"), "--params", at("good.params"), "--shape", "data=1,1,3,3", "--json"];
  const { code, stdout } = await inspect(...words);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    command: "inspect",
    backend: "wasm",
    layers: [
      { node: "conv", operator: "Convolution", shapes: [[1, 2, 2, 2]], parameters: 10, multiplyAdds: 32 },
      { node: "fc", operator: "FullyConnected", shapes: [[1, 3]], parameters: 27, multiplyAdds: 24 },
      { node: "softmax", operator: "SoftmaxOutput", shapes: [[1, 3]], parameters: 0, multiplyAdds: 0 },
    ],
    parameters: 37,
    multiplyAdds: 56,
    operators: [
      { operator: "Convolution", nodes: 1 },
      { operator: "FullyConnected", nodes: 1 },
      { operator: "SoftmaxOutput", nodes: 1 },
    ],
    inputs: [
      { name: "data", role: "input", shape: [1, 1, 3, 3] },
      { name: "softmax_label", role: "label", shape: [1] },
    ],
    outputs: [{ name: "softmax_output", shape: [1, 3] }],
    customOperators: [],
    unsupported: [],
    parameterCheck: { missing: [], extra: [], wrongShape: [] },
  });
});

test("the same as a table", async () => {
  const { code, stdout } = await inspect(at("symbol.json"), "--shape", "data=(1, 1, 3, 3)");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}conv +Convolution +\(1, 2, 2, 2\) +10 +32$/m);
  expect(stdout).toMatch(/^ {2}Total +3 nodes +37 +56$/m);
  expect(stdout).toContain('All nodes can be run on backend "wasm".');
});

test("without shapes, what is known all the same", async () => {
  const { code, stdout } = await inspect(at("symbol.json"), "--params", at("good.params"));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}conv +Convolution +\? +10 +\?$/m);
  expect(stdout).toMatch(/^ {2}Total +3 nodes +37 +\?$/m);
});

test("parameters that do not fit: each named, exit code 1", async () => {
  const { code, stdout } = await inspect(
    at("symbol.json"),
    "--params",
    at("wrong.params"),
    "--shape",
    "data=1,1,3,3",
    "--json",
  );
  expect(code).toBe(1);
  expect(JSON.parse(stdout).parameterCheck).toEqual({
    missing: [{ name: "fc_bias", shape: [3] }],
    extra: [{ name: "old", shape: [7] }],
    wrongShape: [{ name: "conv_bias", shape: [3], expected: [2] }],
  });
});

test("all gaps at once, with how to fill them: exit code 1", async () => {
  const { code, stdout, stderr } = await inspect(at("gaps.json"));
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toContain("2 nodes cannot be run:");
  expect(stdout).toContain('Operator "Convolutoin" is not registered: 1 node "c0". Did you mean "Convolution"?');
  expect(stdout).toContain('Custom operator "twice" is not registered: 1 node "two".');
  expect(stdout).toContain('export default { name: "my-ops", customOperators: { twice: Prop } };');
});

test("--plot: the graph with its shapes, what cannot be run marked", async () => {
  const plot = at("made/graph.svg");
  const { code, stdout } = await inspect(at("symbol.json"), "--shape", "data=1,1,3,3", "--plot", plot);
  expect(code).toBe(0);
  expect(stdout).toContain(`plot  ${plot}`);
  const svg = readFileSync(plot, "utf8");
  const said = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  expect(said).toEqual([
    ...["symbol.json", "3 nodes, 37 parameters, 56 multiply-adds", "data", "input", "(1, 1, 3, 3)"],
    ...["Convolution", "conv", "kernel (2, 2)", "num_filter 2", "10 parameters", "\u2192 (1, 2, 2, 2)"],
    ...["FullyConnected", "fc", "num_hidden 3", "27 parameters", "\u2192 (1, 3)", "softmax_label", "label", "(1,)"],
    ...["SoftmaxOutput", "softmax", "\u2192 (1, 3)", "softmax_output", "output", "(1, 3)"],
  ]);
  expect(svg).not.toContain("frame warn");
  const gaps = await inspect(at("gaps.json"), "--plot", plot, "--json");
  expect(gaps.code).toBe(1);
  expect(JSON.parse(gaps.stdout).files).toEqual({ plot });
  expect(readFileSync(plot, "utf8").match(/frame warn/g)).toHaveLength(2);
});

test("a plug-in in TypeScript, far from any package, gives a custom operator", async () => {
  const words = ["inspect", at("custom.json"), "--plugin", at("twice.ts"), "--backend", "wasm", "--json"];
  const { code, stdout, stderr } = await runReal(words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout).customOperators).toEqual([
    { opType: "twice", nodes: ["two"], registeredBy: "twice-ops 1.0" },
  ]);
});

const wrong: readonly { name: string; words: readonly string[]; code: number; stderr: string }[] = [
  { name: "a damaged file", words: ["AT/damaged.json"], code: 1, stderr: "AT/damaged.json: " },
  { name: "no file", words: ["AT/gone.json"], code: 1, stderr: 'Cannot read "AT/gone.json": there is no such file' },
  {
    name: "a mistyped input",
    words: ["AT/symbol.json", "--shape", "dta=1,1,3,3"],
    code: 2,
    stderr: '--shape names "dta", which is no input of the graph. Did you mean "data"?',
  },
  {
    name: "a shape that is none",
    words: ["AT/symbol.json", "--shape", "data=1,x"],
    code: 2,
    stderr: "Expected NAME=SIZE,SIZE,... such as data=1,3,224,224.",
  },
  {
    name: "a shape that does not fit",
    words: ["AT/symbol.json", "--shape", "data=1,9"],
    code: 1,
    stderr: 'conv (Convolution): argument "data" has shape (1, 9), expected 4 axes',
  },
  {
    name: "a plug-in that is not there",
    words: ["AT/symbol.json", "--plugin", "./gone.ts"],
    code: 1,
    stderr: 'Plug-in "./gone.ts": there is no such file.',
  },
  {
    name: "a plug-in that brings nothing",
    words: ["AT/symbol.json", "--plugin", "AT/empty.ts"],
    code: 1,
    stderr: "brings no operators. Expected a default export",
  },
  {
    name: "a drawing of another kind",
    words: ["AT/symbol.json", "--plot", "graph.png"],
    code: 2,
    stderr: '--plot is "graph.png", expected a name that ends in ".svg".',
  },
  { name: "a mistyped option", words: ["AT/symbol.json", "--shpae"], code: 2, stderr: "(Did you mean --shape?)" },
];
test.for(wrong)("inspect: $name: exit code $code", async ({ words, code, stderr }) => {
  const here = (text: string) => text.replaceAll("AT/", `${folder}/`);
  const ended = await inspect(...words.map(here));
  expect(ended.stderr).toContain(here(stderr));
  expect(ended).toMatchObject({ code, stdout: "" });
  expect(ended.stderr).not.toContain("\n    at ");
});
