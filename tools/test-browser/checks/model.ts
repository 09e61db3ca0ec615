import assert from "node:assert/strict";
import { Random, topClasses } from "mxgraft";
import type { Check } from "../check.ts";
import { runHere } from "../run-here.ts";
import { smallModel } from "../small-model.ts";

/** What numbers of two backends may differ by, as this model's are between 0 and 1. */
const TOLERANCE = 2e-3;

export const MODEL_CHECKS: readonly Check[] = [
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
    name: "files one after the other, of another model, too large, and images of odd sizes",
    async run(drive) {
      const { symbol, params } = smallModel();
      const model = () => drive.text("#model-name");
      const error = () => drive.text("#model-error");
      await drive.page.reload();
      await drive.drop([params]);
      await drive.until("the graph is asked for", async () =>
        /parameters only\. Drop its graph too/.test(await error()),
      );
      await drive.drop([symbol]);
      await drive.until("both are open", async () => (await model()) === "small-symbol.json + small-0003.params");
      assert.equal(await error(), "");

      const image = async (width: number, height: number) => ({
        name: `${width}x${height}.png`,
        type: "image/png",
        content: await drive.pngImage(width, height),
      });
      for (const [width, height] of [
        [1, 1],
        [3, 401],
        [2000, 1],
      ] as const) {
        await drive.drop([await image(width, height)]);
        await drive.page.locator("#image-preview:visible").waitFor();
        await drive.page.locator("#run-model:enabled").waitFor();
        await drive.until("it is run on", async () => (await drive.page.locator("#runs tbody tr").count()) === 1);
        assert.equal(await error(), "");
      }
      await drive.drop([{ name: "cat.png", type: "image/png", content: Buffer.from("no image") }]);
      await drive.until("no image", async () => /^cat\.png is no image that this browser/.test(await error()));
      assert.match(await model(), /small-0003/);

      const other = symbol.content.toString("utf8").replaceAll("scores", "others");
      await drive.drop([{ name: "other-symbol.json", content: Buffer.from(other) }, params]);
      await drive.page.locator("#model-problems li").first().waitFor();
      assert.match(await drive.text("#model-problems"), /lack “others_weight”, “others_bias”, which the graph needs\./);
      assert.match(await drive.text("#model-remarks"), /no use for 2 of the arrays: “scores_weight”, “scores_bias”\./);

      await drive.drop([{ name: "cut-symbol.json", content: symbol.content.subarray(0, 700) }]);
      await drive.until("a graph that is cut off", async () => /^cut-symbol\.json: .+\.$/s.test(await error()));
      await drive.dropZeros("huge-0001.params", 300_000_000, symbol);
      await drive.until("a large file", async () => /^huge-0001\.params: .+\.$/s.test(await error()));
      await drive.picture("model-huge");
    },
  },
];
