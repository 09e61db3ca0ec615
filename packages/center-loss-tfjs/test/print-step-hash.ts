/*
 * Prints a hash of the bits that some steps of center loss give. Its argument: how many threads TensorFlow computes with.
 */
import { createHash } from "node:crypto";
import { setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { ClassCenters, centerLossStep } from "../src/index.ts";
import { batch } from "./drawn-batch.ts";

await setBackend("tensorflow", { threads: Number(process.argv[2]) });
const hash = createHash("sha256");
// Large enough to be shared among threads: by classes, and where there is only one, by columns.
for (const [rows, size, classes] of [
  [512, 300, 40],
  [700, 1030, 1],
] as const) {
  const { features, labels, centers } = batch(rows, size, classes);
  const table = new ClassCenters({ numClass: classes, size });
  table.set(centers);
  const x = tf.tensor2d(features, [rows, size]);
  for (let step = 0; step < 3; step++) {
    const { loss, gradient } = centerLossStep(x, labels, table);
    hash.update(loss.dataSync()).update(gradient.dataSync());
  }
  const { data } = await table.toHost();
  hash.update(new Uint8Array(data.buffer));
}
console.log(hash.digest("hex"));
