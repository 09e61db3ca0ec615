import assert from "node:assert/strict";
import type { Check } from "../check.ts";

const ACCURACY = 0.9;
/** Until it is reached; takes about 15 s on an idle machine. */
const PATIENCE = 100_000;
/** Until a batch is done in software that a graphics card would do, and the test after it. */
const SOFTWARE_PATIENCE = 240_000;

export const TRAINING_CHECKS: readonly Check[] = [
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
];
