import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM_MISSING, findChromium } from "../../tools/browser/launch-chromium.ts";
import { BrowserWorker } from "../../tools/conformance/browser-worker.ts";
import type { CasePlace } from "../../tools/conformance/case-place.ts";
import { diskFiles } from "../../tools/conformance/disk-files.ts";
import { findCases } from "../../tools/conformance/find-cases.ts";
import { GoldenCase } from "../../tools/conformance/golden-case.ts";

const chromium = findChromium();
if (chromium === undefined) console.log(`skipped: the backends in a browser. ${CHROMIUM_MISSING}`);

/** A few golden cases of MXNet 1.9.1, among them those that the kernels of tfjs 4.22 fail on webgl or webgpu. */
const goldens = fileURLToPath(new URL("../cases/browser", import.meta.url));
const { cases } = findCases(goldens);

/** What tfjs's own kernels get wrong. */
const faults: Readonly<Record<string, readonly string[]>> = {
  webgl: ["Convolution/conv3d", "Pad/constant_5d", "Pooling/max_full_asym", "Pooling/max_ties", "_div/by_zero"],
  webgpu: [
    "Convolution/conv3d",
    "Convolution/dilate",
    "Correlation/plain",
    "Pad/constant_5d",
    "Pooling/max_full_asym",
    "Pooling/max_ties",
  ],
};

/** Steps of training; 2000 takes some minutes on each backend. */
const STEPS = Number(process.env.MXGRAFT_TRAINING_STEPS ?? 15);

describe.skipIf(chromium === undefined)("in Chromium", () => {
  let worker: BrowserWorker;

  beforeAll(async () => {
    worker = await BrowserWorker.open({ goldens });
  });
  afterAll(() => worker?.close());

  async function failed(backend: string, places: readonly CasePlace[]): Promise<string[]> {
    const names: string[] = [];
    for (const place of places) {
      const { status } = await worker.ask("replay", { place, backend });
      if (status !== "passed") names.push(place.name);
    }
    return names;
  }

  test("the cases are there", () => {
    expect(cases).toHaveLength(9);
    expect(cases.map(({ group, name }) => new GoldenCase(diskFiles(goldens), group, name).id)).toContain(
      "centerloss/trace/zero_start",
    );
  });

  describe.for(["webgl", "webgpu", "wasm"])("%s", (backend) => {
    beforeAll(async () => {
      worker.errors.length = 0;
      await worker.start(backend);
    });

    test("gives what MXNet gives", async () => {
      expect(await failed(backend, cases)).toEqual([]);
      expect(worker.errors).toEqual([]);
    });

    test(`${STEPS} steps of training leave as much memory in use as they found`, { timeout: 1_800_000 }, async () => {
      const { before, after, losses, millisecondsPerStep } = await worker.ask("train", { steps: STEPS });
      console.log(`${backend}: ${JSON.stringify({ before, after, losses, millisecondsPerStep })}`);
      expect(after).toEqual(before);
      expect(before.tensors).toBeGreaterThan(0);
      expect(losses[1]).toBeLessThan(losses[0] / 2);
      expect(worker.errors).toEqual([]);
    });
  });

  test.for(["webgl", "webgpu"])("the kernels of tfjs itself fail on %s", async (backend) => {
    await worker.start(backend, { stock: true });
    const wrong = cases.filter(({ name }) => faults[backend]?.includes(name));
    expect(wrong).toHaveLength(faults[backend]?.length ?? 0);
    expect(await failed(backend, wrong)).toEqual(wrong.map(({ name }) => name));
  });

  test("a backend that is not there is an error that says why", async () => {
    await expect(worker.start("tensorflow")).rejects.toThrow(
      /Backend "tensorflow" is not available: it is a native library: it needs Node\. Available here: /,
    );
  });
});
