import { CUSTOM } from "@mxgraft/operator";
import type { NodeKind } from "@mxgraft/plot";
import { type GraphNode, isUnknownOperator, resolveNode } from "@mxgraft/symbol";

/** Operators by what a drawing shows them as; arithmetic is found by MXNet's way of naming it. */
const KINDS: { readonly [K in NodeKind]?: readonly string[] } = {
  convolution: [
    ...["Convolution", "Convolution_v1", "Deconvolution", "_contrib_DeformableConvolution"],
    ...["_contrib_ModulatedDeformableConvolution", "Correlation"],
  ],
  dense: ["FullyConnected", "dot", "batch_dot", "_linalg_gemm", "_linalg_gemm2", "RNN", "Embedding"],
  pooling: [
    ...["Pooling", "Pooling_v1", "ROIPooling", "UpSampling", "_contrib_AdaptiveAvgPooling2D", "_contrib_ROIAlign"],
    ...["_contrib_BilinearResize2D", "_contrib_PSROIPooling", "BilinearSampler", "SpatialTransformer", "GridGenerator"],
  ],
  activation: [
    ...["Activation", "LeakyReLU", "relu", "sigmoid", "hard_sigmoid", "tanh", "softsign", "clip", "erf"],
    ...["softmax", "softmin", "log_softmax", "SoftmaxActivation", "Dropout"],
  ],
  normalization: [
    ...["BatchNorm", "BatchNorm_v1", "_contrib_SyncBatchNorm", "LayerNorm", "InstanceNorm", "GroupNorm"],
    ...["L2Normalization", "LRN"],
  ],
  shape: [
    ...["Flatten", "Reshape", "reshape_like", "transpose", "SwapAxis", "Concat", "SliceChannel", "slice", "slice_axis"],
    ...[
      "slice_like",
      "expand_dims",
      "squeeze",
      "stack",
      "tile",
      "repeat",
      "reverse",
      "Crop",
      "Pad",
      "Cast",
      "amp_cast",
    ],
    ...["_copy", "BlockGrad", "identity", "depth_to_space", "space_to_depth", "broadcast_to", "broadcast_like", "take"],
    ...["gather_nd", "pick", "where", "SequenceReverse", "SequenceLast", "SequenceMask", "broadcast_axis", "split_v2"],
  ],
};

const KIND_OF: ReadonlyMap<string, NodeKind> = new Map(
  Object.entries(KINDS).flatMap(([kind, names]) => names.map((name) => [name, kind as NodeKind] as const)),
);

const ARITHMETIC = ["elemwise_", "broadcast_", "_maximum", "_minimum", "_power", "_mod", "_equal", "_grad_add"];
const ARITHMETIC_NAMES = ["add_n", "sum", "mean", "max", "min", "prod", "norm", "sqrt", "square", "exp", "log", "abs"];

/** What a node that computes does. */
export function nodeKind(node: GraphNode): NodeKind {
  const { op } = node;
  if (op === null) return "input";
  if (op === CUSTOM) return "custom";
  const listed = KIND_OF.get(op);
  if (listed !== undefined) return listed;
  if (isUnknownOperator(node)) return "other";
  const { spec, attributes } = resolveNode(node);
  if (node.inputs.length > 0 && !spec.needsHeadGradient(attributes)) return "loss";
  const counts = ARITHMETIC.some((start) => op.startsWith(start)) || op.endsWith("_scalar");
  return counts || ARITHMETIC_NAMES.includes(op) ? "arithmetic" : "other";
}
