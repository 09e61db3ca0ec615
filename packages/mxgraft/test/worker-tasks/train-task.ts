import { float32Array, Random, toFloat32 } from "@mxgraft/base";
import { Module, NDArrayIter, setBackend, sym } from "mxgraft";
import type { WorkerTask } from "mxgraft/node";

/** Trains a small classifier on a backend; reports each batch, gives the weights. */
const train: WorkerTask<{ readonly backend: string }, readonly number[], number> = async ({ backend }, context) => {
  await setBackend(backend);
  const random = new Random(5);
  const numbers = Float32Array.from({ length: 48 * 3 }, () => random.uniform());
  const classes = Float32Array.from({ length: 48 }, (_, i) => Number((numbers[3 * i] ?? 0) > 0.5));
  const data = new NDArrayIter(float32Array([48, 3], numbers), float32Array([48], classes), { batchSize: 4 });
  const scores = sym.FullyConnected({ data: sym.variable("data"), num_hidden: 2, name: "scores" });
  const module = new Module(sym.SoftmaxOutput({ data: scores, name: "softmax" }), { seed: 1, logger: () => {} });
  try {
    await module.fit(data, {
      numEpoch: 2,
      signal: context.signal,
      batchEndCallback: ({ epoch, nbatch }) => context.report(12 * epoch + nbatch),
    });
    const weight = (await module.getParams()).argParams.get("scores_weight");
    return weight === undefined ? [] : [...toFloat32(weight)];
  } finally {
    module.dispose();
  }
};

export default train;
