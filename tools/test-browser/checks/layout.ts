import assert from "node:assert/strict";
import type { Check } from "../check.ts";
import { smallModel } from "../small-model.ts";

export const LAYOUT_CHECKS: readonly Check[] = [
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
    name: "back and forward lead through the views, and the link past the header stays in one",
    async run(drive) {
      await drive.page.click("#tab-train");
      await drive.page.locator("#view-train").waitFor();
      await drive.page.click("#tab-model");
      await drive.page.goBack();
      await drive.page.locator("#view-train").waitFor();
      assert.equal(await drive.page.locator("#tab-train").getAttribute("aria-current"), "page");
      await drive.page.goForward();
      await drive.page.locator("#view-model").waitFor();
      assert.match(await drive.page.title(), /^Your model/);
      await drive.page.locator("#skip").focus();
      await drive.page.keyboard.press("Enter");
      assert.equal(await drive.page.locator("#content").evaluate((main) => main === document.activeElement), true);
      assert.equal(await drive.page.locator("#view-model").isVisible(), true);
      await drive.page.click("#tab-train");
    },
  },
  {
    name: "who asked for less motion sees points jump, not glide",
    async run(drive) {
      await drive.pause();
      const shown = () => drive.page.locator("#view-train").getAttribute("data-shown");
      const step = async () => {
        const before = await shown();
        await drive.page.click("#train-step");
        await drive.until("a new picture", async () => (await shown()) !== before);
        return drive.page.evaluate(async () => {
          const canvas = document.querySelector<HTMLCanvasElement>("#features");
          const looks = new Set<string>();
          for (let i = 0; i < 8; i++) {
            looks.add(canvas?.toDataURL() ?? "");
            await new Promise(requestAnimationFrame);
          }
          return looks.size;
        });
      };
      await drive.page.emulateMedia({ reducedMotion: "reduce" });
      // The frame in which it jumps may be among those that are looked at.
      const still = await step();
      await drive.page.emulateMedia({ reducedMotion: "no-preference" });
      const gliding = await step();
      assert(still <= 2, `${still} pictures`);
      assert(gliding > 2, `${gliding} pictures where motion is allowed`);
    },
  },
  {
    name: "loaded again while it trains, it begins anew, without a fault",
    async run(drive) {
      await drive.page.click("#train-run");
      await drive.phase("running");
      await drive.page.reload();
      await drive.phase("paused", 60_000);
      assert.equal(await drive.number("#out-step"), 0);
      assert.equal(await drive.text("#train-run"), "Train");
    },
  },
];
