import { float32Array } from "@mxgraft/base";
import { createStateCell, setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { SavedCells } from "../src/saved-cells.ts";

test("saved cells put back small states and only name a table, which may fill the memory", async ({ skip }) => {
  await setBackend("tensorflow").catch(() => undefined);
  if (tf.getBackend() !== "tensorflow") skip("the backend tensorflow is not set up");
  const describe = (name: string) => ({ name, shape: [2], dtype: "float32" }) as const;
  const mean = createStateCell({ ...describe("mean"), storage: "tensor" });
  const centers = createStateCell({ ...describe("centers"), storage: "variable" });
  for (const cell of [mean, centers]) cell.set(float32Array([2], [1, 2]));
  const saved = await SavedCells.of([mean, centers]);
  for (const cell of [mean, centers]) cell.set(float32Array([2], [3, 4]));
  saved.restore();
  expect(saved.table).toBe("centers");
  expect(await mean.toHost()).toEqual(float32Array([2], [1, 2]));
  expect(await centers.toHost()).toEqual(float32Array([2], [3, 4]));
  expect((await SavedCells.of([mean])).table).toBeUndefined();
  for (const cell of [mean, centers]) cell.dispose();
});
