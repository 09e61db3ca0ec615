import assert from "node:assert/strict";
import { launchChromium } from "../../browser/launch-chromium.ts";
import { serveFolders } from "../../browser/serve-folders.ts";
import type { Check } from "../check.ts";
import type { Drive } from "../drive.ts";

/** Until a batch is done in software that a graphics card would do, and the test before it. */
const SOFTWARE_PATIENCE = 240_000;

/** Trains one batch and sees that it was one. */
async function oneBatch(drive: Drive): Promise<void> {
  const before = await drive.number("#out-step");
  await drive.page.click("#train-step");
  const done = async () => (await drive.number("#out-step")) === before + 1;
  await drive.until("a batch", done, SOFTWARE_PATIENCE);
  assert.equal(await drive.page.locator("#train-error").isVisible(), false, await drive.text("#train-error"));
}

export const OFFLINE_CHECKS: readonly Check[] = [
  {
    name: "with its server gone after the first visit it opens again and trains, on backends not used before as well",
    async run(drive, site) {
      const server = await serveFolders({ "/": site });
      const visitor = await drive.another(server.url);
      try {
        await visitor.phase("paused", 60_000);
        await visitor.until("it is kept", async () => (await visitor.text("#offline-note")) !== "");
        await server.close();
        visitor.faults.offline = true;
        await visitor.page.reload();
        await visitor.phase("paused", 60_000);
        await oneBatch(visitor);
        for (const backend of ["cpu", "webgl"]) {
          await visitor.page.locator(`#set-backend input[value="${backend}"]`).check();
          await visitor.page
            .locator(`#view-train[data-phase="paused"][data-backend="${backend}"]`)
            .waitFor({ timeout: SOFTWARE_PATIENCE });
          await oneBatch(visitor);
        }
        await visitor.page.goto(`${server.url}/#model`);
        await visitor.page.locator("#view-model").waitFor();
      } finally {
        drive.faults.add(visitor.faults.take());
        await visitor.close();
      }
    },
  },
  {
    name: "without WebGL and WebGPU it says so, and trains on wasm",
    async run(drive, site) {
      const server = await serveFolders({ "/": site });
      const browser = await launchChromium({ graphics: false });
      const visitor = await drive.another(server.url, browser);
      try {
        await visitor.phase("paused", 60_000);
        for (const [backend, why] of [
          ["webgl", /no WebGL 2/],
          ["webgpu", /WebGPU/],
        ] as const) {
          const card = visitor.page.locator("#set-backend label", {
            has: visitor.page.locator(`input[value="${backend}"]`),
          });
          assert.equal(await card.locator("input").isDisabled(), true, `${backend} is offered`);
          assert.match((await card.locator("span").textContent()) ?? "", why);
        }
        await oneBatch(visitor);
        await visitor.picture("train-without-graphics");
      } finally {
        drive.faults.add(visitor.faults.take());
        await browser.close();
        await server.close();
      }
    },
  },
];
