import { hostArray, Random } from "@mxgraft/base";
import { simpleBind } from "@mxgraft/executor";
import * as tf from "@tensorflow/tfjs";
import { sym } from "mxgraft";
import type { Comparison } from "../measure.ts";

export interface CenterLossSize {
  /** Rows of a batch. */
  readonly batch: number;
  /** Features of a row. */
  readonly size: number;
  readonly classes: number;
}

/** Forward, gradient and update of the centers, against tfjs with a new dense table in each step. */
export async function centerLossStep({ batch, size, classes }: CenterLossSize): Promise<Comparison> {
  const random = new Random(2);
  const data = hostArray("float32", [batch, size]);
  for (let i = 0; i < data.data.length; i++) data.data[i] = random.normal();
  const label = hostArray("float32", [batch]);
  for (let i = 0; i < batch; i++) label.data[i] = random.below(classes);

  const loss = sym.Custom({
    data: sym.variable("data"),
    label: sym.variable("label"),
    op_type: "centerloss",
    num_class: classes,
    alpha: 0.5,
    batchsize: batch,
    name: "center",
  });
  const executor = simpleBind(loss, { shapes: { data: [batch, size] }, gradReq: { data: "write" } });
  executor.argCells.get("data")?.set(data);
  executor.argCells.get("label")?.set(label);

  const features = tf.tensor2d(data.data, [batch, size]);
  const indices = tf.tensor1d(Int32Array.from(label.data), "int32");
  const state = { table: tf.keep(tf.zeros([classes, size])) };
  return {
    name: `center loss step, batch ${batch}, ${size} features, ${classes} classes`,
    peer: "plain tfjs",
    async ours() {
      await executor.forward({ isTrain: true });
      await executor.backward();
      await executor.outputs[0]?.toHost();
    },
    async theirs() {
      const { value, table } = tf.tidy(() => {
        const difference = tf.sub(features, tf.gather(state.table, indices));
        const value = tf.mul(tf.sum(tf.square(difference)), 0.5 / batch);
        const sums = tf.unsortedSegmentSum(difference, indices, classes);
        const counts = tf.unsortedSegmentSum(tf.ones([batch, 1]), indices, classes);
        return { value, table: tf.add(state.table, tf.mul(tf.div(sums, tf.add(counts, 1)), 0.5)) };
      });
      state.table.dispose();
      state.table = tf.keep(table);
      await value.data();
      value.dispose();
    },
    dispose() {
      executor.dispose();
      tf.dispose([features, indices, state.table]);
    },
  };
}
