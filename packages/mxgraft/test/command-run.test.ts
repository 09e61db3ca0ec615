import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostArray } from "@mxgraft/base";
import { loadNpz, saveNpy } from "@mxgraft/files/node";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runHere, runReal } from "./run-command.ts";
import { writeSmallModel } from "./small-model.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "run-"));
  writeSmallModel(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (file: string) => join(folder, file);
const run = (...words: string[]) => runHere("run", at("symbol.json"), ...words, "--backend", "cpu");

test.for([["data=AT/x.npy"], ["data=AT/x.npz"], ["AT/x.npz"]])(
  "%s: the outputs, without a label that nobody looks at",
  async ([input = ""]) => {
    const words = ["--input", input.replace("AT", folder), "--top-k", "2", "--json"];
    const { code, stdout, stderr } = await run(at("good.params"), ...words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { outputs, backend } = JSON.parse(stdout);
    expect(backend.name).toBe("cpu");
    expect(outputs).toEqual([
      {
        name: "softmax_output",
        shape: [1, 3],
        dtype: "float32",
        min: expect.closeTo(1 / 4, 5),
        max: expect.closeTo(1 / 2, 5),
        mean: expect.closeTo(1 / 3, 5),
        notFinite: 0,
        top: [[{ class: 2, score: expect.closeTo(1 / 2, 5) }, expect.anything()]],
      },
    ]);
  },
);

test("outputs inside the graph, written to a file", async () => {
  const words = ["--input", at("x.npz"), "--outputs", "conv,fc_output", "--output", at("out.npz")];
  const { code, stdout } = await run(at("good.params"), ...words);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}conv_output +\(1, 2, 2, 2\) +float32 +2 +28 +12$/m);
  const written = loadNpz(at("out.npz"));
  expect([...written.keys()]).toEqual(["conv_output", "fc_output"]);
  expect([...(written.get("conv_output")?.data ?? [])]).toEqual([12, 16, 24, 28, 2, 3, 5, 6]);
  const fc = written.get("fc_output");
  expect(fc?.shape).toEqual([1, 3]);
  expect([...(fc?.data ?? [])].slice(0, 2)).toEqual([12, 12]);
});

test("internals, class names and time", async () => {
  const words = ["--input", at("x.npz"), "--outputs", "internals", "--labels", at("names.txt"), "--repeat", "3"];
  const { code, stdout } = await run(at("good.params"), ...words);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}conv_output .*\n {2}fc_output .*\n {2}softmax_output /m);
  expect(stdout).toMatch(/^ +0 +2 +0\.5 +bird$/m);
  expect(stdout).toMatch(/^Time of 3 runs: median [\d.]+ ms, quartiles [\d.]+ and [\d.]+ ms\.$/m);
});

test("a custom operator of a plug-in", async () => {
  const words = ["run", at("custom.json"), at("good.params"), "--input", at("x.npz"), "--plugin", at("twice.ts")];
  const { code, stdout, stderr } = await runReal([...words, "--backend", "cpu", "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout).outputs).toMatchObject([{ name: "two_output", min: 2, max: 18, mean: 10 }]);
});

test("images, resized and normalized, in batches", async () => {
  for (const [file, first] of [
    ["low.png", 1],
    ["high.png", 11],
  ] as const) {
    // One gray pixel stands for four: brought to (3, 3) it is one value.
    await sharp({ create: { width: 6, height: 6, channels: 3, background: { r: first, g: first, b: first } } })
      .png()
      .toFile(at(file));
  }
  const words = ["--image", at("low.png"), at("high.png"), "--shape", "data=1,1,3,3", "--mean", "1", "--scale", "2"];
  const { code, stderr } = await run(
    at("good.params"),
    ...words,
    ...["--batch", "1", "--outputs", "conv", "--output", at("images.npz")],
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const conv = loadNpz(at("images.npz")).get("conv_output");
  // Pixels 0 and 20: sums of four, and the pixel plus 1.
  expect(conv?.shape).toEqual([2, 2, 2, 2]);
  expect([...(conv?.data ?? [])]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 80, 80, 80, 80, 21, 21, 21, 21]);
});

test("types that TensorFlow.js has not are told once", async () => {
  saveNpy(at("wide.npy"), hostArray("float64", [1, 1, 3, 3], Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)));
  const { code, stdout, stderr } = await run(at("good.params"), "--input", `data=${at("wide.npy")}`, "--json");
  expect(code).toBe(0);
  expect(stderr).toBe(
    'TensorFlow.js has only float32, int32 and bool; computed otherwise than stored: float64 as float32 ("data").\n',
  );
  expect(JSON.parse(stdout).convertedTypes).toEqual([{ from: "float64", to: "float32", names: ["data"] }]);
  expect(JSON.parse(stdout).outputs).toMatchObject([{ max: expect.closeTo(1 / 2, 5) }]);
});

const wrong: readonly { name: string; words: readonly string[]; code: number; stderr: string }[] = [
  { name: "no input", words: ["AT/good.params"], code: 2, stderr: 'Inputs are missing: "data" ' },
  {
    name: "an input of another name",
    words: ["AT/good.params", "--input", "dta=AT/x.npy"],
    code: 2,
    stderr: 'The graph has no input "dta". Its inputs are "data", "softmax_label".',
  },
  {
    name: "an input of another shape",
    words: ["AT/good.params", "--input", "data=AT/large.npy"],
    code: 1,
    stderr: 'Parameter "fc_weight" has shape (3, 8), expected (3, 18).',
  },
  {
    name: "a parameter of another shape",
    words: ["AT/wrong.params", "--input", "AT/x.npz"],
    code: 1,
    stderr: 'Parameter "conv_bias" has shape (3,), expected (2,).',
  },
  {
    name: "an input that is no array",
    words: ["AT/good.params", "--input", "data=AT/names.txt"],
    code: 2,
    stderr: "expected NAME=FILE.npy, NAME=FILE.npz or FILE.npz",
  },
  {
    name: "an input file that is not there",
    words: ["AT/good.params", "--input", "data=AT/gone.npy"],
    code: 1,
    stderr: 'Cannot read "AT/gone.npy": there is no such file',
  },
  {
    name: "an output that is not there",
    words: ["AT/good.params", "--input", "AT/x.npz", "--outputs", "cnv_output"],
    code: 2,
    stderr: 'The graph has no output "cnv_output". Did you mean "conv_output"?',
  },
  {
    name: "outputs to a file of another kind",
    words: ["AT/good.params", "--input", "AT/x.npz", "--output", "out.txt"],
    code: 2,
    stderr: '--output is "out.txt", expected a name that ends in ".npz".',
  },
  {
    name: "an image for an input whose size nobody says",
    words: ["AT/good.params", "--image", "AT/x.npy"],
    code: 2,
    stderr: 'The size of images for "data" is not known',
  },
  {
    name: "a shape of an input without an image",
    words: ["AT/good.params", "--image", "AT/x.npy", "--shape", "dta=1,1,3,3"],
    code: 2,
    stderr:
      '--shape names "dta", which gets no image; it says the size that images are brought to. Did you mean "data"?',
  },
  {
    name: "a shape in the other layout",
    words: ["AT/good.params", "--image", "AT/x.npy", "--shape", "data=1,24,24,3"],
    code: 2,
    stderr:
      'Input "data" has 24 channels in layout NCHW ((1, 24, 24, 3)); images have 3, or 1 in gray. Is it --layout NHWC?',
  },
  {
    name: "an image that is none",
    words: ["AT/good.params", "--image", "AT/x.npy", "--shape", "data=1,1,3,3"],
    code: 1,
    stderr: "AT/x.npy: is no image that can be decoded",
  },
  {
    name: "numbers that are none",
    words: ["AT/good.params", "--image", "AT/x.npy", "--mean", "1,x"],
    code: 2,
    stderr: "Expected numbers such as 123.68,116.78,103.94.",
  },
  { name: "no parameters", words: ["AT/gone.params"], code: 1, stderr: 'Cannot read "AT/gone.params"' },
];
test.for(wrong)("run: $name: exit code $code", async ({ words, code, stderr }) => {
  const here = (text: string) => text.replaceAll("AT/", `${folder}/`);
  const ended = await run(...words.map(here));
  expect(ended.stderr).toContain(here(stderr));
  expect(ended).toMatchObject({ code, stdout: "" });
  expect(ended.stderr).not.toContain("\n    at ");
});

test("a graph with gaps is refused before anything is run", async () => {
  const words = ["run", at("gaps.json"), at("good.params"), "--input", at("x.npz"), "--backend", "cpu"];
  const { code, stderr } = await runHere(...words);
  expect(code).toBe(1);
  expect(stderr).toContain("gaps.json: 2 nodes cannot be run:");
});
