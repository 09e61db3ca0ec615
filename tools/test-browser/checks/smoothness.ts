import assert from "node:assert/strict";
import type { Check } from "../check.ts";
import type { Drive } from "../drive.ts";
import { FrameWatch } from "../frame-watch.ts";

/** Batches after which nothing may have grown; 2000 take a minute or two on an idle machine. */
const MANY_BATCHES = Number(process.env.MXGRAFT_TRAINING_STEPS ?? 500);
/** Until a part of them is done. */
const MANY_PATIENCE = 600_000;
/** Milliseconds after which somebody notices that a page hangs; what the page does itself takes a tenth of it. */
const LONGEST_TASK = 200;
/** Until a batch is done in software that a graphics card would do. */
const SOFTWARE_PATIENCE = 240_000;

const steps = (drive: Drive) => drive.number("#out-step");
const tensors = async (drive: Drive) => Number(await drive.page.locator("#view-train").getAttribute("data-tensors"));

export const SMOOTHNESS_CHECKS: readonly Check[] = [
  {
    name: `${MANY_BATCHES} batches: no long tasks on the page, which has as much to do at the end as before, and no more tensors`,
    async run(drive) {
      await drive.page.click("#tab-train");
      await drive.page.reload();
      await drive.phase("paused", 60_000);
      await drive.page.locator('#set-batch input[value="16"]').check();
      await drive.phase("paused");
      const watch = await FrameWatch.begin(drive.page);
      const reach = (batches: number) =>
        drive.until(`${batches} batches`, async () => (await steps(drive)) >= batches, MANY_PATIENCE);
      await drive.page.click("#train-run");
      // From then on curves have at least half of the points that they can have.
      await reach(0.5 * MANY_BATCHES);
      const tensorsBefore = await tensors(drive);
      await watch.take();
      await reach(0.6 * MANY_BATCHES);
      const early = await watch.take();
      await reach(0.9 * MANY_BATCHES);
      const between = await watch.take();
      await reach(MANY_BATCHES);
      const late = await watch.take();
      const tensorsAfter = await tensors(drive);
      await drive.pause();
      await watch.end();

      assert.equal(tensorsAfter, tensorsBefore);
      const longest = Math.max(0, ...[early, between, late].flatMap(({ longTasks }) => longTasks));
      assert(longest <= LONGEST_TASK, `a task of the page took ${longest} ms`);
      // Twice as many points are twice the work, and no more than that.
      const [first = 0, last = 0] = [early, late].map(({ busy, frames }) => busy / frames);
      console.log(
        `       ${first.toFixed(1)} ms of work for a frame after half of them, ${last.toFixed(1)} ms at the end`,
      );
      assert(last <= 2 * first + 5, `work for a frame grew from ${first} to ${last} ms`);
    },
  },
  {
    name: "a batch that takes seconds holds nothing up: frames, another view, settings",
    async run(drive) {
      await drive.page.locator('#set-backend input[value="webgpu"]').check();
      await drive.page
        .locator('#view-train[data-phase="paused"][data-backend="webgpu"]')
        .waitFor({ timeout: SOFTWARE_PATIENCE });
      const before = await steps(drive);
      await drive.page.locator('#set-batch input[value="64"]').check();
      await drive.phase("paused");
      const watch = await FrameWatch.begin(drive.page);
      await drive.page.click("#train-step");
      await drive.page.click("#tab-model");
      await drive.page.locator("#view-model").waitFor();
      await drive.page.click("#tab-train");
      const rate = await drive.text("#show-rate");
      // The view that opens takes the focus when it is there, which may be after a key was meant for the slider.
      const keys = ["ArrowLeft", "End", "Home"];
      await drive.until("another rate is shown", async () => {
        const key = keys.shift() ?? "ArrowLeft";
        keys.push(key);
        await drive.page.locator("#set-rate").press(key);
        return (await drive.text("#show-rate")) !== rate;
      });
      const during = await steps(drive);
      const { frames, longTasks } = await watch.take();
      await drive.until("the batch is done", async () => (await steps(drive)) > before, SOFTWARE_PATIENCE);
      await watch.end();
      // The checks behind this one have no patience with such a backend.
      await drive.page.reload();
      await drive.phase("paused", 60_000);
      assert.equal(during, before, "the batch was done before the page was asked anything");
      assert(frames >= 3, `${frames} frames while a batch ran`);
      const longest = Math.max(0, ...longTasks);
      assert(longest <= LONGEST_TASK, `a task of the page took ${longest} ms`);
    },
  },
];
