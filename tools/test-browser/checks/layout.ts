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
];
