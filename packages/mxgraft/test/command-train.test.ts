import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCheckpoint, Module } from "@mxgraft/module/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runHere, runReal } from "./run-command.ts";
import { SMALL_RANGES, writeSmallDigits } from "./small-digits.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "train-"));
  writeSmallDigits(join(folder, "digits"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const trainWords = (...words: string[]) => [
  ...["train", "digits", "--backend", "wasm", "--data", join(folder, "digits")],
  ...SMALL_RANGES,
  ...words,
];

test("train digits --json: config, epochs, figures, files; the log is on stderr and in the file", async () => {
  const [prefix, plot, log] = [join(folder, "json", "lenet"), join(folder, "plot"), join(folder, "logs", "train.log")];
  const options = ["--num-epochs", "2", "--lr", ".02", "--seed", "7", "--save-model-prefix", prefix];
  const words = trainWords(...options, "--plot", plot, "--log-file", log, "--json");
  const { code, stdout, stderr } = await runHere(...words);
  expect(code).toBe(0);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({
    command: "train digits",
    backend: { name: "wasm" },
    data: { source: join(folder, "digits"), train: 60, test: 40 },
    config: { preset: "default", batchSize: 20, numEpochs: 2, lr: 0.02, seed: 7, embeddingSize: 2, lastBias: false },
    files: {
      symbol: `${prefix}-symbol.json`,
      params: `${prefix}-0002.params`,
      figure: join(plot, "features.svg"),
      page: join(plot, "features.html"),
      log,
    },
  });
  expect(result.epochs.map(({ epoch }: { epoch: number }) => epoch)).toEqual([1, 2]);
  expect(Object.keys(result.figures)).toEqual(
    expect.arrayContaining(["testAccuracy", "nearestCenterAccuracy", "separation"]),
  );
  for (const file of Object.values<string>(result.files)) expect(existsSync(file), file).toBe(true);
  expect(readFileSync(result.files.figure, "utf8")).toMatch(/^<svg/);

  const lines = stderr.split("\n");
  expect(lines[0]).toBe(`Learning from 60 digits, testing on 40, of ${join(folder, "digits")}, on the backend wasm.`);
  expect(lines).toContainEqual(expect.stringMatching(/^Epoch\[1\] Validation-accuracy=\d\.\d{6}$/));
  // Not a terminal: no bar, no control codes.
  expect(stderr.split("\n").some((line) => line.includes("\u001b") || line.includes("\r"))).toBe(false);
  const logged = readFileSync(log, "utf8").split("\n");
  expect(logged[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} Epoch\[0\] Train-accuracy=/);
});

test("train digits ends with the three figures", async () => {
  const words = trainWords("--num-epochs", "1", "--save-model-prefix", join(folder, "text", "lenet"));
  const { code, stdout } = await runHere(...words);
  expect(code).toBe(0);
  const [accuracy, nearest, separation] = stdout.trimEnd().split("\n").slice(-3);
  expect(accuracy).toMatch(/^test accuracy \d\.\d{4}$/);
  expect(nearest).toMatch(/^nearest-center accuracy \d\.\d{4}$/);
  expect(separation).toMatch(/^separation \d+\.\d\d /);
});

test("--load-epoch starts from a checkpoint and says what it did not take", async () => {
  const from = join(folder, "from", "lenet");
  await runHere(...trainWords("--num-epochs", "1", "--save-model-prefix", from));
  const start = ["--model-prefix", from, "--load-epoch", "1", "--embedding-size", "3", "--num-epochs", "1"];
  const { code, stdout, stderr } = await runHere(
    ...trainWords(...start, "--save-model-prefix", join(folder, "wide", "lenet"), "--json"),
  );
  expect(code).toBe(0);
  expect(stderr).toContain("Taken from the checkpoint: convolution0_weight, convolution0_bias,");
  expect(stderr).toContain("Not taken: embedding_weight: its shape is (2, 500), here it is (3, 500).");
  const result = JSON.parse(stdout);
  expect(result.start.fresh).toContain("fc2_weight");
  // Numbered on from where it started.
  expect(result.files.params).toBe(join(folder, "wide", "lenet-0002.params"));
});

test("plot draws checkpoints: the newest, or all with a slider", async () => {
  const prefix = join(folder, "plotted", "lenet");
  await runHere(...trainWords("--num-epochs", "2", "--save-model-prefix", prefix));
  const digits = ["--data", join(folder, "digits"), "--train-range", "0:60", "--test-range", "60:100"];
  // A process of its own: nothing else has registered the operators there.
  const one = await runReal(["plot", prefix, ...digits, "--backend", "wasm"]);
  expect(one).toMatchObject({
    code: 0,
    stdout: `figure  ${join(folder, "plotted", "features.svg")}\npage    ${join(folder, "plotted", "features.html")}\n`,
  });
  const out = join(folder, "all");
  const all = await runHere("plot", prefix, ...digits, "--backend", "wasm", "--all", "--out", out, "--json");
  expect(JSON.parse(all.stdout)).toMatchObject({ epochs: [1, 2], files: { figure: join(out, "features.svg") } });
  expect(readFileSync(join(out, "features.html"), "utf8")).toContain('max="1"');
});

test("Ctrl-C: exit code 130, the last checkpoint is whole, and --resume goes on from it", async () => {
  const prefix = join(folder, "stopped", "lenet");
  const words = trainWords("--num-epochs", "500", "--save-model-prefix", prefix);
  let sent = false;
  const ended = await runReal(words, {
    onStderr(text, child) {
      if (!sent && text.includes("lenet-0002.params")) sent = child.kill("SIGINT");
    },
  });
  expect(ended).toMatchObject({ code: 130, stdout: "" });
  const [, epoch = ""] =
    /Stopped\. The last checkpoint is ".*lenet-(\d{4})\.params"\. The same/.exec(ended.stderr) ?? [];
  expect(Number(epoch)).toBeGreaterThanOrEqual(2);
  const { argParams } = loadCheckpoint(prefix, Number(epoch));
  expect(argParams.get("convolution0_weight")?.shape).toEqual([20, 1, 5, 5]);
  expect(readdirSync(join(folder, "stopped")).filter((name) => name.endsWith(".tmp"))).toEqual([]);

  const next = Number(epoch) + 1;
  const resumed = await runHere(...trainWords("--resume", "--num-epochs", String(next), "--save-model-prefix", prefix));
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).toContain(`Epoch[${epoch.replace(/^0+/, "")}] Train-accuracy=`);
  expect(resumed.stderr).not.toContain("Epoch[0]");

  const other = trainWords("--resume", "--embedding-size", "3", "--save-model-prefix", prefix);
  expect(await runHere(...other)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("is another network than these options describe"),
  });
});

test("a disk that is full while a checkpoint is written: the one before stays whole", async () => {
  const prefix = join(folder, "full", "lenet");
  await runHere(...trainWords("--num-epochs", "1", "--save-model-prefix", prefix));
  // The parameters take 1,710 kB.
  const words = trainWords("--resume", "--num-epochs", "3", "--save-model-prefix", prefix);
  const { code, stderr } = await runReal(words, { fileLimit: 1000 });
  expect(code).toBe(1);
  expect(stderr).toContain(`error: Cannot write "${prefix}-0002.params"`);
  expect(stderr).toContain("the file would be larger than the limit on file sizes");
  expect(stderr).toContain(`The last checkpoint is "${prefix}-0001.params".`);
  expect(stderr).not.toContain("\n    at ");
  expect(readdirSync(join(folder, "full")).sort()).toEqual([
    "lenet-0001.params",
    "lenet-0001.states",
    "lenet-0001.training.json",
    "lenet-symbol.json",
  ]);
  Module.load(prefix, 1, { labelNames: ["softmax_label", "center_label"] });
});

test("a label out of range that only the test meets does not pass silently", async () => {
  const wrong = join(folder, "wrong");
  writeSmallDigits(wrong, (labels) => labels.fill(10, 99, 100));
  const { code, stderr } = await runHere("train", "digits", "--data", wrong, ...SMALL_RANGES);
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining("label 99 is 10") });
});
