import { type Symbol as MxSymbol, NameManager } from "@mxgraft/symbol";
import { sym } from "../sym.ts";

export interface LenetOptions {
  /** Numbers in the embedding, an integer of 1 or more; default 2. */
  readonly embeddingSize?: number;
  /** Number of classes; default 10. */
  readonly numClass?: number;
  /** Step of the class centers, usually 0..1; default 0.5. */
  readonly alpha?: number;
  /** Weight of the center loss against the softmax loss (lambda in the paper); default 1. */
  readonly scale?: number;
  /** Rows of a batch, an attribute of the operator; a smaller last batch does no harm. Default 100. */
  readonly batchSize?: number;
  /** Whether the last layer, which scores the classes, has a bias; default true, as in the MXNet program. */
  readonly lastBias?: boolean;
}

/** A number as Python writes a float, which is how it stands in graphs of MXNet. */
function pythonFloat(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/**
 * The network of the center-loss program: LeNet with a small layer `embedding` before the classes, a softmax loss and a
 * center loss on the embedding, as one graph. Layers without a name get MXNet's (`convolution0`, ...), counted anew in each
 * call, so that the parameters of one network fit the next.
 *
 * Inputs (N batch):
 *   data           (N, 1, 28, 28)  pixel / 256
 *   softmax_label  (N)             class index
 *   center_label   (N)             the same again
 * Outputs:
 *   softmax        (N, numClass)   probabilities
 *   center_loss    (1)             see `centerLoss`
 *
 * `lenet().getInternals().get("embedding_output")` is the part up to the embedding.
 */
export function lenet(options: LenetOptions = {}): MxSymbol {
  return new NameManager().run(() => compose(options));
}

function compose(options: LenetOptions): MxSymbol {
  const { embeddingSize = 2, numClass = 10, alpha = 0.5, scale = 1, batchSize = 100, lastBias = true } = options;
  const convolve = (data: MxSymbol, filters: number) => {
    const convolution = sym.Convolution({ data, kernel: [5, 5], num_filter: filters });
    const activation = sym.Activation({ data: convolution, act_type: "tanh" });
    return sym.Pooling({ data: activation, pool_type: "max", kernel: [2, 2], stride: [2, 2] });
  };
  const pooled = convolve(convolve(sym.variable("data"), 20), 50);
  const hidden = sym.FullyConnected({ data: sym.Flatten({ data: pooled }), num_hidden: 500 });
  const features = sym.Activation({ data: hidden, act_type: "tanh" });
  const embedding = sym.FullyConnected({ data: features, num_hidden: embeddingSize, name: "embedding" });
  const scores = sym.FullyConnected({
    data: embedding,
    num_hidden: numClass,
    ...(lastBias ? {} : { no_bias: true }),
    name: "fc2",
  });
  const softmax = sym.SoftmaxOutput({ data: scores, label: sym.variable("softmax_label"), name: "softmax" });
  const center = sym.Custom({
    data: embedding,
    label: sym.variable("center_label"),
    op_type: "centerloss",
    num_class: numClass,
    alpha: pythonFloat(alpha),
    scale: pythonFloat(scale),
    batchsize: batchSize,
    name: "center_loss_",
  });
  return sym.Group([softmax, sym.MakeLoss({ data: center, name: "center_loss" })]);
}
