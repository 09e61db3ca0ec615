import { joinCheckpoint, writeParams } from "@mxgraft/files";
import { hostArray, Random, sym } from "mxgraft";

/** A file as somebody drops it. */
export interface SmallFile {
  readonly name: string;
  /** Media type, which browsers know by the end of the name; none by default. */
  readonly type?: string;
  readonly content: Buffer;
}

/** A little network of MXNet's operators with random weights, as its two files. */
export function smallModel(): { readonly symbol: SmallFile; readonly params: SmallFile } {
  const conv = sym.Convolution({ data: sym.variable("data"), kernel: [3, 3], num_filter: 4, name: "conv" });
  const pool = sym.Pooling({
    data: sym.Activation({ data: conv, act_type: "relu", name: "relu" }),
    kernel: [2, 2],
    stride: [2, 2],
    pool_type: "max",
    name: "pool",
  });
  const norm = sym.BatchNorm({ data: pool, fix_gamma: false, name: "norm" });
  const scores = sym.FullyConnected({
    data: sym.Flatten({ data: norm, name: "flat" }),
    num_hidden: 10,
    name: "scores",
  });
  const network = sym.SoftmaxOutput({ data: scores, name: "softmax" });

  const random = new Random(5);
  const shapes = network.inferShape({ data: [1, 1, 28, 28] });
  const fill = (names: readonly string[], of: readonly (readonly number[])[]) =>
    new Map(
      names.flatMap((name, i) => {
        if (name === "data" || name === "softmax_label") return [];
        const array = hostArray("float32", of[i] ?? []);
        const positive = /var|gamma/.test(name);
        for (let at = 0; at < array.data.length; at++) array.data[at] = positive ? 1 : 0.2 * random.normal();
        return [[name, array] as const];
      }),
    );
  const bytes = writeParams(
    joinCheckpoint({
      argParams: fill(network.listArguments(), shapes.argShapes),
      auxParams: fill(network.listAuxiliaryStates(), shapes.auxShapes),
    }),
  );
  return {
    symbol: { name: "small-symbol.json", content: Buffer.from(network.toJSON()) },
    params: { name: "small-0003.params", content: Buffer.from(bytes) },
  };
}
