import { AttributeError, type Shape, ShapeError } from "@mxgraft/base";
import { expect, test } from "vitest";
import { builtins } from "../../src/index.ts";

interface Given {
  readonly name: string;
  readonly operator: keyof typeof builtins;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly arguments: readonly (Shape | undefined)[];
}

function infer({ operator, attributes: raw = {}, arguments: given }: Given) {
  const spec = builtins[operator];
  // A name known only at run time loses the type of its attributes.
  const attributes = spec.parse(new Map(Object.entries(raw))) as never;
  return spec.inferShape(attributes, {
    arguments: spec.arguments(attributes).map((_, i) => given[i]),
    outputs: spec.outputs(attributes).map(() => undefined),
    auxiliaryStates: [],
  });
}

// Sizes by the formulas of the MXNet documentation, worked by hand; 0 is not known.
const cases: readonly (Given & { readonly wantArguments?: readonly Shape[]; readonly wantOutput: Shape })[] = [
  {
    name: "Deconvolution finds weight and output from data",
    operator: "Deconvolution",
    attributes: { kernel: "(4, 3)", stride: "(2, 3)", pad: "(1, 0)", adj: "(0, 2)", num_filter: "6", num_group: "3" },
    arguments: [[0, 9, 5, 4]],
    wantArguments: [
      [0, 9, 5, 4],
      [9, 2, 4, 3],
    ],
    wantOutput: [0, 6, 10, 14],
  },
  {
    name: "Deconvolution keeps to target_shape",
    operator: "Deconvolution",
    attributes: { kernel: "(4, 4)", stride: "(2, 2)", target_shape: "(10, 7)", num_filter: "1" },
    arguments: [[1, 1, 5, 4]],
    wantOutput: [1, 1, 10, 7],
  },
  {
    name: "BilinearResize2D to odd sizes",
    operator: "_contrib_BilinearResize2D",
    attributes: { mode: "odd_scale", scale_height: "2", scale_width: "0.5" },
    arguments: [[1, 3, 5, 9]],
    wantOutput: [1, 3, 9, 5],
  },
  {
    name: "BilinearResize2D to the next even size",
    operator: "_contrib_BilinearResize2D",
    attributes: { mode: "to_even_up" },
    arguments: [[1, 3, 5, 8]],
    wantOutput: [1, 3, 6, 8],
  },
  {
    name: "UpSampling puts arguments of different sizes side by side",
    operator: "UpSampling",
    attributes: { scale: "2", sample_type: "nearest", num_args: "2" },
    arguments: [
      [1, 3, 4, 6],
      [1, 5, 2, 3],
    ],
    wantOutput: [1, 8, 8, 12],
  },
  {
    name: "MultiBoxPrior has sizes + ratios - 1 boxes for each place",
    operator: "_contrib_MultiBoxPrior",
    attributes: { sizes: "(0.1, 0.2)", ratios: "(1, 2, 0.5)" },
    arguments: [[8, 256, 3, 5]],
    wantOutput: [1, 60, 4],
  },
  {
    name: "MultiProposal finds deltas and sizes",
    operator: "_contrib_MultiProposal",
    attributes: { rpn_post_nms_top_n: "7" },
    arguments: [[2, 24, 3, 5]],
    wantArguments: [
      [2, 24, 3, 5],
      [2, 48, 3, 5],
      [2, 3],
    ],
    wantOutput: [14, 5],
  },
  {
    name: "Correlation with strides",
    operator: "Correlation",
    attributes: { kernel_size: "3", max_displacement: "4", stride1: "2", stride2: "2", pad_size: "4" },
    arguments: [[1, 8, 10, 11]],
    wantArguments: [
      [1, 8, 10, 11],
      [1, 8, 10, 11],
    ],
    wantOutput: [1, 25, 4, 5],
  },
  {
    name: "RNN counts its parameters",
    operator: "RNN",
    attributes: { mode: "gru", state_size: "5", num_layers: "2", bidirectional: "True" },
    arguments: [[7, 3, 4]],
    wantArguments: [[7, 3, 4], [2 * 15 * (4 + 5 + 2) + 2 * 15 * (10 + 5 + 2)], [4, 3, 5]],
    wantOutput: [7, 3, 10],
  },
];

test.for(cases)("$name", ({ wantArguments, wantOutput, ...given }) => {
  const found = infer(given);
  if (wantArguments) expect(found.arguments).toEqual(wantArguments);
  expect(found.outputs?.[0]).toEqual(wantOutput);
});

const errors = [
  {
    name: "rois of the wrong width",
    operator: "ROIPooling",
    attributes: { pooled_size: "(2, 2)", spatial_scale: "1" },
    arguments: [[1, 1, 4, 4], [4]],
    error: ShapeError,
    message: 'argument "rois" has shape (4,), expected 2 axes (box, 5).',
  },
  {
    name: "adj not below the stride",
    operator: "Deconvolution",
    attributes: { kernel: "(2, 2)", num_filter: "1", adj: "(1, 0)" },
    arguments: [[1, 1, 4, 4]],
    error: AttributeError,
    message: 'attribute "adj" is (1, 0), expected 2 numbers less than the stride (1, 1).',
  },
  {
    name: "projected LSTM states",
    operator: "RNN",
    attributes: { mode: "lstm", state_size: "4", num_layers: "1", projection_size: "2" },
    arguments: [[1, 1, 4]],
    error: AttributeError,
    message:
      'attributes "projection_size" (2) are not supported, expected "None": MXNet itself computes them with cuDNN only.',
  },
] as const;

test.for(errors)("$name", ({ error, message, ...given }) => {
  expect(() => infer(given)).toThrow(error);
  expect(() => infer(given)).toThrow(message);
});
