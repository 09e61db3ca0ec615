import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runHere } from "./run-command.ts";
import { writeSmallModel } from "./small-model.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "convert-"));
  writeSmallModel(folder);
  const old = {
    nodes: [{ op: "null", param: {}, name: "data", inputs: [], attr: { lr_mult: "2" } }],
    arg_nodes: [0],
    heads: [[0, 0]],
  };
  writeFileSync(at("old-symbol.json"), JSON.stringify(old));
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (file: string) => join(folder, file);
const convert = (...words: string[]) => runHere("convert", ...words);

test("into a folder: the files keep their names", async () => {
  const { code, stdout } = await convert(at("symbol.json"), at("good.params"), "--to", "mxnet", "--out", at("made/"));
  expect(code).toBe(0);
  expect(readFileSync(at("made/symbol.json"))).toEqual(readFileSync(at("symbol.json")));
  expect(readFileSync(at("made/good.params"))).toEqual(readFileSync(at("good.params")));
  expect(readdirSync(at("made")).sort()).toEqual(["good.params", "symbol.json"]);
  expect(stdout).toContain("Graph: 9 nodes, from MXNet 1.9.1 to MXNet 1.9.1.\n  No node had to be changed.");
  expect(stdout).toContain("Parameters: 4 arrays, 4 of format V2; now all of format V2.");
  expect(stdout).toContain("Data types, unchanged: 4 float32.");
});

test("with a prefix: the epoch is that of the source; old attributes are renamed, and it says so", async () => {
  writeFileSync(at("model-0012.params"), readFileSync(at("good.params")));
  const words = ["--to", "mxnet", "--out", at("new/model"), "--json"];
  const { code, stdout } = await convert(at("old-symbol.json"), at("model-0012.params"), ...words);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    command: "convert",
    to: "mxnet",
    files: { symbol: at("new/model-symbol.json"), params: at("new/model-0012.params") },
    graph: { fromVersion: null, changes: [{ node: "data", change: "attribute lr_mult is now __lr_mult__" }] },
    parameters: { arrays: 4, fromFormats: { V2: 4 } },
  });
  expect(JSON.parse(readFileSync(at("new/model-symbol.json"), "utf8")).nodes[0].attrs).toEqual({ __lr_mult__: "2" });
});

test("a graph alone, with operators that nobody knows", async () => {
  const { code, stdout } = await convert(at("gaps.json"), "--to", "mxnet", "--out", at("graph"));
  expect(code).toBe(0);
  expect(stdout).toContain('Operator "Custom twice" is not registered; 1 node taken over as written: two');
  expect(JSON.parse(readFileSync(at("graph-symbol.json"), "utf8")).nodes).toHaveLength(3);
});

const wrong: readonly { name: string; words: readonly string[]; code: number; stderr: string }[] = [
  { name: "no --to", words: ["AT/symbol.json", "--out", "AT/x"], code: 2, stderr: "required option '--to <form>'" },
  {
    name: "another form",
    words: ["AT/symbol.json", "--to", "caffe", "--out", "AT/x"],
    code: 2,
    stderr: "Allowed choices are mxnet.",
  },
  {
    name: "the folder of the source",
    words: ["AT/symbol.json", "AT/good.params", "--to", "mxnet", "--out", "AT"],
    code: 2,
    stderr: '--out would replace "AT/symbol.json", which is read.',
  },
  {
    name: "a damaged graph",
    words: ["AT/damaged.json", "--to", "mxnet", "--out", "AT/bad/"],
    code: 1,
    stderr: "AT/damaged.json: The graph",
  },
  {
    name: "damaged parameters",
    words: ["AT/symbol.json", "AT/names.txt", "--to", "mxnet", "--out", "AT/bad/"],
    code: 1,
    stderr: "AT/names.txt: starts with 0x",
  },
  {
    name: "a file that is not there",
    words: ["AT/symbol.json", "AT/gone.params", "--to", "mxnet", "--out", "AT/bad/"],
    code: 1,
    stderr: 'Cannot read "AT/gone.params"',
  },
];
test.for(wrong)("convert: $name: exit code $code, nothing written", async ({ words, code, stderr }) => {
  mkdirSync(at("bad"), { recursive: true });
  const here = (text: string) => text.replaceAll("AT", folder);
  const ended = await convert(...words.map(here));
  expect(ended.stderr).toContain(here(stderr));
  expect(ended).toMatchObject({ code, stdout: "" });
  expect(readdirSync(at("bad"))).toEqual([]);
});
