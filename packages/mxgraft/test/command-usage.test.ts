import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runHere, runReal } from "./run-command.ts";
import { SMALL_RANGES, writeSmallDigits } from "./small-digits.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "command-"));
  writeSmallDigits(join(folder, "digits"));
  writeSmallDigits(join(folder, "wrong-label"), (labels) => labels.fill(12, 3, 4));
  writeFileSync(join(folder, "file"), "");
});
afterAll(() => rmSync(folder, { recursive: true }));

const train = ["train", "digits", "--backend", "wasm"];
const small = ["--data", "FOLDER/digits", ...SMALL_RANGES];

const cases: readonly { name: string; words: readonly string[]; code: number; stderr: string }[] = [
  { name: "no command", words: [], code: 2, stderr: "Usage: mxgraft [options] [command]" },
  { name: "a mistyped command", words: ["dmeo"], code: 2, stderr: "unknown command 'dmeo'\n(Did you mean demo?)" },
  { name: "a mistyped part of a command", words: ["train", "digit"], code: 2, stderr: "(Did you mean digits?)" },
  { name: "a mistyped option", words: ["demo", "--numtrain", "3"], code: 2, stderr: "(Did you mean --num-train?)" },
  { name: "a word too much", words: ["demo", "now"], code: 2, stderr: "too many arguments for 'demo'" },
  { name: "an option without its value", words: ["demo", "--seed"], code: 2, stderr: "argument missing" },
  { name: "train digits without data", words: train, code: 2, stderr: "required option '--data <dir>'" },
  {
    name: "a value that is no number",
    words: [...train, ...small, "--lr", "fast"],
    code: 2,
    stderr: "'--lr <rate>' argument 'fast' is invalid. Expected a number of at least 0.",
  },
  {
    name: "a range backwards",
    words: [...train, "--data", "FOLDER/digits", "--train-range", "60:0"],
    code: 2,
    stderr: "Expected FROM:TO with FROM below TO, such as 0:8000.",
  },
  {
    name: "one pair of files without ranges",
    words: [...train, "--data", "FOLDER/digits"],
    code: 2,
    stderr: "For example: --train-range 0:8000 --test-range 8000:10000.",
  },
  {
    name: "a range beyond the digits",
    words: [...train, "--data", "FOLDER/digits", "--train-range", "0:60", "--test-range", "60:101"],
    code: 1,
    stderr: "the test range 60:101 is not within the 100 digits there are",
  },
  {
    name: "more examples than there are",
    words: [...train, ...small, "--num-examples", "61"],
    code: 2,
    stderr: "--num-examples is 61, but there are only 60 digits to learn from.",
  },
  {
    name: "ranges of drawn digits",
    words: [...train, "--data", "drawn", "--train-range", "0:10"],
    code: 2,
    stderr: "--num-examples says how many to draw",
  },
  {
    name: "an unknown preset",
    words: [...train, ...small, "--preset", "sead"],
    code: 2,
    stderr: "Allowed choices are default, seed, demo.",
  },
  {
    name: "a store for several machines",
    words: [...train, ...small, "--kv-store", "dist_sync"],
    code: 2,
    stderr: '--kv-store: kvstore is "dist_sync", expected "local"',
  },
  {
    name: "an epoch of no checkpoint",
    words: [...train, ...small, "--load-epoch", "3"],
    code: 2,
    stderr: "--load-epoch needs --model-prefix",
  },
  {
    name: "a folder as prefix",
    words: [...train, ...small, "--save-model-prefix", "FOLDER/out/"],
    code: 2,
    stderr: "is a folder; a prefix ends with the beginning of the file names",
  },
  {
    name: "a run that goes on without having begun",
    words: [...train, ...small, "--resume", "--save-model-prefix", "FOLDER/none/lenet"],
    code: 2,
    stderr: "There is nothing to resume",
  },
  {
    name: "a picture of one dimension",
    words: [...train, ...small, "--embedding-size", "1", "--plot", "FOLDER/plot"],
    code: 2,
    stderr: "--plot needs --embedding-size of 2 or more",
  },
  {
    name: "both --all and --epoch",
    words: ["plot", "FOLDER/none/lenet", "--all", "--epoch", "1"],
    code: 2,
    stderr: "--all and --epoch exclude each other",
  },
  {
    name: "both --gpu and --remove",
    words: ["setup", "tensorflow", "--gpu", "--remove"],
    code: 2,
    stderr: "--gpu and --remove exclude each other",
  },
  {
    name: "an unknown backend",
    words: ["demo", "--backend", "wams"],
    code: 2,
    stderr: 'Backend "wams" is not known. Did you mean "wasm"?',
  },
  {
    name: "a backend that is not there",
    words: ["demo", "--backend", "webgl"],
    code: 1,
    stderr: 'Backend "webgl" is not available: it needs a browser.',
  },
  {
    name: "a folder that is not there",
    words: [...train, "--data", "FOLDER/gone"],
    code: 1,
    stderr: 'There is no folder "FOLDER/gone". Check the path.',
  },
  {
    name: "a label that is no digit",
    words: [...train, "--data", "FOLDER/wrong-label", ...SMALL_RANGES],
    code: 1,
    stderr: "t10k-labels-idx1-ubyte: label 3 is 12, expected a digit, 0 to 9.",
  },
  {
    name: "more digits in a batch than there are",
    words: [...train, ...small, "--batch-size", "61", "--save-model-prefix", "FOLDER/out/lenet"],
    code: 1,
    stderr: "batchSize is 61, expected an integer from 1 to 60",
  },
  {
    name: "checkpoints where none can be written",
    words: [...train, ...small, "--save-model-prefix", "FOLDER/file/lenet"],
    code: 1,
    stderr: 'Cannot make the folder "FOLDER/file"',
  },
  {
    name: "pictures where none can be written",
    words: [...train, ...small, "--save-model-prefix", "FOLDER/out/lenet", "--plot", "FOLDER/file/plot"],
    code: 1,
    stderr: 'Cannot make the folder "FOLDER/file/plot"',
  },
  {
    name: "a log where none can be written",
    words: [...train, ...small, "--save-model-prefix", "FOLDER/out/lenet", "--log-file", "FOLDER/digits"],
    code: 1,
    stderr: 'Cannot write the log "FOLDER/digits"',
  },
  {
    name: "a checkpoint that is not there",
    words: ["plot", "FOLDER/none/lenet", "--backend", "wasm"],
    code: 1,
    stderr: 'There is no folder "FOLDER/none"',
  },
];
test.for(cases)("$name: exit code $code and one clear message", async ({ words, code, stderr }) => {
  const here = (text: string) => text.replaceAll("FOLDER", folder);
  const ended = await runHere(...words.map(here));
  expect(ended.stderr).toContain(here(stderr));
  expect(ended).toMatchObject({ code, stdout: "" });
  // No stack, and no epoch was trained before.
  expect(ended.stderr).not.toMatch(/\n {4}at |Epoch\[/);
});

const HELP: readonly (readonly string[])[] = [
  [],
  ["demo"],
  ["train"],
  ["train", "digits"],
  ["plot"],
  ["doctor"],
  ["inspect"],
  ["run"],
  ["setup"],
  ["setup", "tensorflow"],
];
test.for(HELP)("help of mxgraft %s %s", async (words) => {
  const { code, stdout, stderr } = await runHere(...words, "--help");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(`Usage: ${["mxgraft", ...words].join(" ")}`);
  if (!["train", "setup"].includes(words.join(" "))) expect(stdout).toContain("Examples:");
});

test("the version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(await runReal(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test("the real command hands on the exit code, and the variable names the backend", async () => {
  const ended = await runReal(["demo"], { env: { MXGRAFT_BACKEND: "wams" } });
  expect(ended).toMatchObject({ code: 2, stdout: "" });
  expect(ended.stderr).toContain('Did you mean "wasm"?');
});

test("MXGRAFT_DEBUG shows where an error comes from", async () => {
  const words = ["train", "digits", "--data", join(folder, "gone")];
  const { code, stderr } = await runReal(words, { env: { MXGRAFT_DEBUG: "1" } });
  expect(code).toBe(1);
  expect(stderr).toMatch(/There is no folder[\s\S]*\n {4}at .*load-digit-data\.ts/);
});
