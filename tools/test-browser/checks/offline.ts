import assert from "node:assert/strict";
import type { Check } from "../check.ts";

export const OFFLINE_CHECKS: readonly Check[] = [
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
