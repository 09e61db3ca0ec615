import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeNpy } from "@mxgraft/files";
import { drawDigits, hostArray } from "mxgraft";
import type { Check } from "../check.ts";
import type { Drive } from "../drive.ts";

/** The digits that the page tests on. */
const SHOWN = { count: 400, seed: 1_000_000 };
/** The batch size that the page begins with. */
const BATCH = 32;
/** The command `mxgraft`, as npm links it. */
const COMMAND = fileURLToPath(new URL("../../../packages/mxgraft/bin/mxgraft.js", import.meta.url));

/** What a subcommand prints with `--json`; each field is asserted where it is read. */
interface CommandReport {
  readonly unsupported?: readonly unknown[];
  readonly parameterCheck?: { readonly missing: readonly unknown[]; readonly wrongShape: readonly unknown[] };
  readonly outputs?: readonly {
    readonly name: string;
    readonly top?: readonly (readonly { readonly class: number }[])[];
  }[];
}

function mxgraft(folder: string, ...args: readonly string[]): CommandReport {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args, "--json"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  assert.equal(status, 0, `mxgraft ${args.join(" ")}: ${stderr}`);
  return JSON.parse(stdout);
}

/**
 * The two files that the page saves, opened by `mxgraft inspect` and run by `mxgraft run` on the page's digits.
 *
 * @param count  how many digits: center loss keeps an array of the size of its batch and takes no other.
 */
async function runExport(drive: Drive, name: RegExp, count: number): Promise<NonNullable<CommandReport["outputs"]>> {
  const folder = mkdtempSync(join(tmpdir(), "playground-export-"));
  try {
    const symbol = await drive.saved("#export-symbol");
    const params = await drive.saved("#export-params");
    for (const file of [symbol, params]) {
      assert.match(file.name, name);
      writeFileSync(join(folder, file.name), file.content);
    }
    const { images } = drawDigits(SHOWN);
    const values = Float32Array.from(images.data.subarray(0, count * 28 * 28), (pixel) => pixel / 256);
    writeFileSync(join(folder, "digits.npy"), writeNpy(hostArray("float32", [count, 1, 28, 28], values)));

    const shape = ["--shape", `data=${count},1,28,28`];
    const found = mxgraft(folder, "inspect", symbol.name, "--params", params.name, ...shape);
    assert.deepEqual(found.unsupported, []);
    assert.deepEqual([found.parameterCheck?.missing, found.parameterCheck?.wrongShape], [[], []]);
    const input = ["--input", "data=digits.npy", "--top-k", "1", "--backend", "wasm"];
    return mxgraft(folder, "run", symbol.name, params.name, ...input).outputs ?? [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const EXPORT_CHECKS: readonly Check[] = [
  {
    name: "the exported files load in the command mxgraft and give the same accuracy there",
    async run(drive) {
      await drive.pause();
      // The accuracy is that of the picture, which may be some batches old when the training is paused.
      const before = await drive.number("#out-step");
      await drive.page.click("#train-step");
      const shown = async () => Number(await drive.page.locator("#view-train").getAttribute("data-shown"));
      await drive.until("a picture after one batch more", async () => (await shown()) > before);
      const accuracy = await drive.number("#out-accuracy");
      const { labels } = drawDigits(SHOWN);
      const [scores, ...others] = await runExport(drive, /^digits-lenet-(symbol\.json|\d{4}\.params)$/, SHOWN.count);
      assert.equal(others.length, 0, "what only predicts has one output");
      const right = (scores?.top ?? []).filter(([best], row) => best?.class === labels.data[row]).length;
      assert(Math.abs(right / SHOWN.count - accuracy) < 0.006, `${right} are right`);

      await drive.page.uncheck("#export-plain");
      const whole = await runExport(drive, /^digits-centerloss-(symbol\.json|\d{4}\.params)$/, BATCH);
      assert.deepEqual(
        whole.map(({ name }) => name),
        ["softmax_output", "center_loss_output"],
      );
      const classes = (output: (typeof whole)[number] | undefined) => output?.top?.map(([best]) => best?.class);
      assert.deepEqual(classes(whole[0]), classes(scores)?.slice(0, BATCH));
      await drive.page.check("#export-plain");
    },
  },
];
