import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readParams, splitCheckpoint } from "@mxgraft/files";
import { loadJson } from "@mxgraft/symbol";
import { drawDigits, hostArray, Random, runModel, setBackend, topClasses } from "mxgraft";
import type { Drive } from "./drive.ts";
import { smallModel } from "./small-model.ts";

/** One thing that the playground has to do; they build on each other. */
export interface Check {
  readonly name: string;
  run(drive: Drive, site: string): Promise<void>;
}

const ACCURACY = 0.9;
/** Until it is reached; takes about 15 s on an idle machine. */
const PATIENCE = 100_000;
/** Until a batch is done in software that a graphics card would do, and the test after it. */
const SOFTWARE_PATIENCE = 240_000;
/** Of all that a first visit needs before anything computes. */
const FIRST_VIEW_BYTES = 40_000;
/** What numbers of two backends may differ by, as this model's are between 0 and 1. */
const TOLERANCE = 2e-3;
/** The digits that the page tests on. */
const SHOWN = { count: 400, seed: 1_000_000 };

function zippedBytes(file: string): number {
  return gzipSync(readFileSync(file)).length;
}

/** Outputs of a model in this process, on wasm. */
async function runHere(symbol: Buffer, params: Buffer, shape: readonly number[], values: Float32Array) {
  await setBackend("wasm");
  const { argParams, auxParams } = splitCheckpoint(readParams(params));
  const { outputs } = await runModel(loadJson(symbol.toString("utf8")), {
    parameters: new Map([...argParams, ...auxParams]),
    inputs: new Map([["data", hostArray("float32", shape, values)]]),
  });
  const [first] = outputs.values();
  assert(first, "the model has no output");
  return first;
}

export const CHECKS: readonly Check[] = [
  {
    name: `the first view loads less than ${FIRST_VIEW_BYTES / 1000} kB`,
    async run(_, site) {
      const page = readFileSync(join(site, "index.html"), "utf8");
      const named = readdirSync(join(site, "assets")).filter((name) => page.includes(name));
      const bytes = named.reduce((sum, name) => sum + zippedBytes(join(site, "assets", name)), 0);
      assert(named.length >= 2, "index.html names no script and style sheet");
      assert(bytes + zippedBytes(join(site, "index.html")) < FIRST_VIEW_BYTES, `${bytes} bytes`);
    },
  },
  {
    name: "every backend is offered, or says why not",
    async run(drive) {
      await drive.phase("paused", 60_000);
      for (const backend of ["wasm", "webgl", "webgpu", "cpu"]) {
        const card = drive.page.locator("#set-backend label", { has: drive.page.locator(`input[value="${backend}"]`) });
        assert.match((await card.locator("span").textContent()) ?? "", /\w{4}/, `${backend} says nothing`);
      }
      await drive.picture("train-begin");
    },
  },
  {
    name: "by keyboard alone: another embedding, start, pause, one step",
    async run(drive) {
      await drive.tabTo('#set-embedding input[value="2"]');
      for (let i = 0; i < 2; i++) await drive.page.keyboard.press("ArrowRight");
      await drive.until("an embedding of 8", () => drive.page.locator('#set-embedding input[value="8"]').isChecked());
      await drive.phase("paused");
      await drive.page.keyboard.press("Home");
      await drive.page.locator("#content").focus();
      await drive.tabTo("#train-run");
      await drive.page.keyboard.press("Enter");
      await drive.phase("running");
      await drive.until("ten batches", async () => (await drive.number("#out-step")) >= 10);
      await drive.page.keyboard.press("Enter");
      await drive.phase("paused");
      const before = await drive.number("#out-step");
      await drive.tabTo("#train-step");
      await drive.page.keyboard.press("Space");
      await drive.until("one batch more", async () => (await drive.number("#out-step")) === before + 1);
    },
  },
  {
    name: "settings change while it trains, and nothing is forgotten",
    async run(drive) {
      const step = await drive.number("#out-step");
      await drive.page.click("#train-run");
      await drive.phase("running");
      await drive.page.locator("#set-lambda").focus();
      for (let i = 0; i < 10; i++) await drive.page.keyboard.press("ArrowLeft");
      await drive.until("λ of 0.5", async () => (await drive.text("#show-lambda")) === "0.5");
      await drive.until("more batches than before", async () => (await drive.number("#out-step")) > step + 5);
      await drive.phase("running");
    },
  },
  {
    name: `it trains until ${ACCURACY} of the other digits are right, and keeps no tensors`,
    async run(drive) {
      const fact = async (name: string) => Number(await drive.page.locator("#view-train").getAttribute(`data-${name}`));
      const tensors = () => fact("tensors");
      // After a change of settings the network has all its tensors once features were read, and a batch reported since.
      for (const name of ["shown", "step"]) {
        const step = await drive.number("#out-step");
        const now = () => (name === "step" ? drive.number("#out-step") : fact(name));
        await drive.until("training goes on", async () => (await now()) > step + (name === "step" ? 3 : 0));
      }
      const before = await tensors();
      assert(before > 0, "no tensors are counted");
      await drive.until(
        `accuracy over ${ACCURACY}`,
        async () => (await drive.number("#out-accuracy")) > ACCURACY,
        PATIENCE,
      );
      assert.equal(await tensors(), before);
      assert((await drive.number("#out-speed")) > 0);
      await drive.picture("train-light");
      await drive.pause();
    },
  },
  {
    name: "dark mode",
    async run(drive) {
      await drive.page.emulateMedia({ colorScheme: "dark" });
      const ground = await drive.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const [red = 255, green = 255, blue = 255] = (ground.match(/\d+/g) ?? []).map(Number);
      assert(red + green + blue < 150, `the ground is ${ground}`);
      await drive.page.waitForTimeout(300);
      await drive.picture("train-dark");
      await drive.page.emulateMedia({ colorScheme: "light" });
    },
  },
  {
    name: "the exported files give the same accuracy outside the browser",
    async run(drive) {
      await drive.pause();
      const symbol = await drive.saved("#export-symbol");
      const params = await drive.saved("#export-params");
      assert.equal(symbol.name, "digits-lenet-symbol.json");
      assert.match(params.name, /^digits-lenet-\d{4}\.params$/);
      const { images, labels } = drawDigits(SHOWN);
      const values = Float32Array.from(images.data, (pixel) => pixel / 256);
      const scores = await runHere(symbol.content, params.content, [SHOWN.count, 1, 28, 28], values);
      const right = topClasses(scores, 1).filter(([best], row) => best?.class === labels.data[row]).length;
      assert(Math.abs(right / SHOWN.count - (await drive.number("#out-accuracy"))) < 0.006, `${right} are right`);
      await drive.page.uncheck("#export-plain");
      const whole = loadJson((await drive.saved("#export-symbol")).content.toString("utf8"));
      assert.deepEqual(whole.listOutputs(), ["softmax_output", "center_loss_output"]);
      await drive.page.check("#export-plain");
    },
  },
  {
    name: "another backend goes on with the same weights",
    async run(drive) {
      await drive.pause();
      const before = await drive.number("#out-accuracy");
      const step = await drive.number("#out-step");
      const use = async (backend: string) => {
        await drive.page.locator(`#set-backend input[value="${backend}"]`).check();
        await drive.page
          .locator(`#view-train[data-phase="paused"][data-backend="${backend}"]`)
          .waitFor({ timeout: SOFTWARE_PATIENCE });
      };
      let batches = 0;
      // A batch on each: in software WebGL and WebGPU take seconds for one.
      for (const backend of ["webgl", "webgpu", "wasm"]) {
        await use(backend);
        assert.equal(await drive.number("#out-step"), step + batches, `the weights on ${backend} are new`);
        assert.equal(await drive.page.locator("#train-error").isVisible(), false, await drive.text("#train-error"));
        await drive.page.click("#train-step");
        batches++;
        const done = async () => (await drive.number("#out-step")) === step + batches;
        await drive.until(`a batch on ${backend}`, done, SOFTWARE_PATIENCE);
      }
      const after = await drive.number("#out-accuracy");
      assert(Math.abs(after - before) < 0.1, `accuracy was ${before} and is ${after}`);
    },
  },
  {
    name: "the trained network opens as a model and reads a digit that is drawn",
    async run(drive) {
      await drive.page.click("#export-open");
      await drive.page.locator("#run-model:enabled").waitFor();
      await drive.page.click("#pad-sample");
      await drive.page.locator("#top-class").waitFor();
      assert.match(await drive.text("#top-class"), /^\d$/);
      // A stroke from top to bottom, with the mouse: a one.
      const pad = await drive.page.locator("#pad").boundingBox();
      assert(pad);
      await drive.until("the first run is over", () => drive.page.locator("#run-model").isEnabled());
      await drive.page.mouse.move(pad.x + pad.width * 0.52, pad.y + pad.height * 0.15);
      await drive.page.mouse.down();
      await drive.page.mouse.move(pad.x + pad.width * 0.48, pad.y + pad.height * 0.85, { steps: 12 });
      await drive.page.mouse.up();
      await drive.until("the stroke is read", async () => /^\d$/.test(await drive.text("#top-class")));
      await drive.picture("model-trained");
    },
  },
  {
    name: "a dropped model: graph, layers, shapes, and backends side by side",
    async run(drive) {
      const { symbol, params } = smallModel();
      await drive.drop([symbol, params]);
      await drive.until("the model is open", async () => (await drive.text("#model-name")).startsWith(symbol.name));
      assert.equal(await drive.page.locator('#shape-form input[name="data"]').inputValue(), "1, 1, 28, 28");
      assert.equal(await drive.page.locator("#layers tbody tr").count(), 7);
      assert.equal((await drive.page.locator("#graph svg .node").count()) >= 7, true);
      assert.equal(await drive.page.locator("#model-problems li").count(), 0);

      await drive.page.locator('#set-source input[value="random"]').check();
      const offered: string[] = [];
      for (const backend of ["wasm", "webgl", "webgpu", "cpu"]) {
        const box = drive.page.locator(`#run-backends input[value="${backend}"]`);
        if (await box.isDisabled()) continue;
        await box.check();
        offered.push(backend);
      }
      await drive.page.click("#run-model");
      await drive.until(
        "all backends ran",
        async () => {
          const rows = await drive.page.locator("#runs tbody tr").count();
          return rows === offered.length && (await drive.page.locator("#run-stop").isHidden());
        },
        90_000,
      );
      const differences = await drive.page
        .locator("#runs [data-difference]")
        .evaluateAll((cells) => cells.map((cell) => cell.getAttribute("data-difference")));
      assert.equal(differences.length, offered.length - 1, await drive.text("#runs"));
      for (const difference of differences) assert(Number(difference) < TOLERANCE, `a difference of ${difference}`);

      const random = new Random(7);
      const values = Float32Array.from({ length: 784 }, () => random.normal());
      const [best] = topClasses(await runHere(symbol.content, params.content, [1, 1, 28, 28], values), 1);
      assert.equal(await drive.text("#top-class"), String(best?.[0]?.class));
      await drive.picture("model-light", true);
      await drive.page.emulateMedia({ colorScheme: "dark" });
      await drive.picture("model-dark", true);
      await drive.page.emulateMedia({ colorScheme: "light" });
    },
  },
  {
    name: "what cannot run is named, and what is damaged is told, in sentences",
    async run(drive) {
      const { symbol, params } = smallModel();
      const text = symbol.content.toString("utf8").replace('"op": "Flatten"', '"op": "FlattenTwice"');
      await drive.drop([{ name: "odd-symbol.json", content: Buffer.from(text) }, params]);
      await drive.page.locator("#model-problems li", { hasText: "FlattenTwice" }).waitFor();
      assert.match(
        await drive.text("#model-problems"),
        /Operator “FlattenTwice” is not known to mxgraft: it is used by “flat”\./,
      );
      assert.equal(await drive.page.locator("#run-model").isDisabled(), true);

      await drive.drop([symbol, { name: params.name, content: params.content.subarray(0, 900) }]);
      await drive.page.locator("#model-error:visible").waitFor();
      assert.match(await drive.text("#model-error"), /^small-0003\.params: .+\.$/s);
      await drive.drop([{ name: "notes.txt", content: Buffer.from("no model") }]);
      await drive.until("files that are no model", async () =>
        /notes\.txt is neither/.test(await drive.text("#model-error")),
      );
      await drive.picture("model-error");
    },
  },
  {
    name: "on a phone nothing is wider than the screen",
    async run(drive) {
      const { symbol, params } = smallModel();
      await drive.page.setViewportSize({ width: 360, height: 780 });
      await drive.drop([symbol, params]);
      await drive.page.locator("#model").waitFor();
      assert.equal(await drive.overflow(), 0, "the view of a model");
      await drive.picture("model-phone", true);
      await drive.page.click("#tab-train");
      await drive.page.locator("#view-train").waitFor();
      await drive.page.waitForTimeout(300);
      assert.equal(await drive.overflow(), 0, "the view of the training");
      await drive.picture("train-phone", true);
      await drive.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      await drive.picture("train-phone-dark");
      await drive.page.emulateMedia({ colorScheme: "light", reducedMotion: "no-preference" });
      await drive.page.setViewportSize({ width: 1440, height: 900 });
    },
  },
  {
    name: "without a network it opens again and trains",
    async run(drive) {
      await drive.until("it is kept", async () => (await drive.text("#offline-note")) !== "");
      drive.faults.offline = true;
      await drive.context.setOffline(true);
      await drive.page.reload();
      await drive.phase("paused", 60_000);
      await drive.page.click("#train-step");
      await drive.until("a batch", async () => (await drive.number("#out-step")) === 1);
      assert.equal(await drive.page.locator("#train-error").isVisible(), false);
      await drive.context.setOffline(false);
      drive.faults.offline = false;
    },
  },
];
