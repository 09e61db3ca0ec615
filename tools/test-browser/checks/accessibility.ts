import assert from "node:assert/strict";
import { accessibilityProblems } from "../accessibility.ts";
import type { Check } from "../check.ts";
import type { Drive } from "../drive.ts";
import { smallModel } from "../small-model.ts";

/** What the page can look like, each reached from the one before. */
const STATES: readonly { readonly name: string; reach(drive: Drive): Promise<void> }[] = [
  {
    name: "the training, paused",
    async reach(drive) {
      await drive.page.click("#tab-train");
      await drive.pause();
    },
  },
  {
    name: "the training, running",
    async reach(drive) {
      await drive.page.click("#train-run");
      await drive.phase("running");
    },
  },
  {
    name: "a digit looked at",
    async reach(drive) {
      await drive.pause();
      await drive.lookAtDigit();
    },
  },
  {
    name: "a training that went wrong",
    async reach(drive) {
      await drive.page.locator("#set-rate").fill("8");
      await drive.page.locator("#set-lambda").fill("2");
      await drive.page.click("#train-reset");
      await drive.phase("paused");
      await drive.page.click("#train-run");
      await drive.page.locator("#train-error:visible").waitFor();
    },
  },
  {
    name: "no model yet",
    async reach(drive) {
      await drive.page.reload();
      await drive.phase("paused", 60_000);
      await drive.page.click("#tab-model");
    },
  },
  {
    name: "a model that cannot run",
    async reach(drive) {
      const { symbol } = smallModel();
      const text = symbol.content.toString("utf8").replace('"op": "Flatten"', '"op": "FlattenTwice"');
      await drive.drop([{ name: "odd-symbol.json", content: Buffer.from(text) }]);
      await drive.page.locator("#model-problems li").first().waitFor();
    },
  },
  {
    name: "files that are no model",
    async reach(drive) {
      await drive.drop([{ name: "notes.txt", content: Buffer.from("no model") }]);
      await drive.page.locator("#model-error:visible").waitFor();
    },
  },
  {
    name: "a model, to draw for",
    async reach(drive) {
      const { symbol, params } = smallModel();
      await drive.drop([symbol, params]);
      await drive.page.locator("#run-model:enabled").waitFor();
    },
  },
  {
    name: "a model, to choose an image for",
    async reach(drive) {
      await drive.page.locator('#set-source input[value="image"]').check();
    },
  },
  {
    name: "backends side by side",
    async reach(drive) {
      await drive.page.locator('#set-source input[value="random"]').check();
      await drive.page.locator('#run-backends input[value="cpu"]').check();
      await drive.page.click("#run-model");
      await drive.until("two backends ran", async () => (await drive.page.locator("#runs tbody tr").count()) === 2);
      await drive.page.locator("#run-model:enabled").waitFor();
    },
  },
];

export const ACCESSIBILITY_CHECKS: readonly Check[] = STATES.map(({ name, reach }) => ({
  name: `nothing keeps anybody out (axe-core): ${name}`,
  async run(drive) {
    await reach(drive);
    const problems = await accessibilityProblems(drive.page);
    assert.equal(problems.length, 0, problems.join("\n       "));
  },
}));
