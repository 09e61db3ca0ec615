import { float32Array } from "@mxgraft/base";
import { testGradients } from "../norm-loss/difference-cases.ts";

const rois = float32Array([3, 5], [0, 0.5, 1.2, 6.1, 7.4, 1, 2.2, 0.3, 9.7, 5.1, 1, -3, -2, 20, 21]);

const patches = { kernel_size: "3", max_displacement: "2", stride1: "2", stride2: "2", pad_size: "3" };

/** Halfway between the numbers of random data, so that no difference is near its kink at 0. */
const between = float32Array(
  [2, 2, 6, 5],
  Array.from({ length: 120 }, (_, i) => (2 * ((i * 47) % 120) + 1.7) / 120 - 1),
);

// What the recorded cases leave out.
testGradients([
  {
    name: "three axes in groups",
    operator: "Deconvolution",
    attributes: { kernel: "(2, 3, 2)", stride: "(2, 1, 1)", pad: "(0, 1, 0)", num_filter: "4", num_group: "2" },
    arguments: [
      [1, 4, 2, 3, 3],
      [4, 2, 2, 3, 2],
    ],
  },
  {
    name: "channels last, stride and adj",
    operator: "Deconvolution",
    attributes: {
      kernel: "(3, 2)",
      stride: "(3, 2)",
      adj: "(2, 0)",
      num_filter: "2",
      layout: "NHWC",
      no_bias: "False",
    },
    arguments: [[2, 3, 2, 3], [3, 3, 2, 2], [2]],
  },
  {
    name: "odd scale",
    operator: "UpSampling",
    attributes: { scale: "3", sample_type: "bilinear", num_args: "2", num_filter: "2" },
    arguments: [
      [1, 2, 3, 2],
      [2, 1, 5, 5],
    ],
  },
  {
    name: "warp",
    operator: "GridGenerator",
    attributes: { transform_type: "warp" },
    arguments: [[2, 2, 3, 4]],
  },
  {
    name: "patches and strides",
    operator: "Correlation",
    attributes: patches,
    arguments: [
      [2, 2, 6, 5],
      [2, 2, 6, 5],
    ],
  },
  {
    name: "differences to fixed data",
    operator: "Correlation",
    attributes: { ...patches, is_multiply: "False" },
    arguments: [[2, 2, 6, 5], between],
  },
  {
    name: "differences from fixed data",
    operator: "Correlation",
    attributes: { ...patches, is_multiply: "False" },
    arguments: [between, [2, 2, 6, 5]],
  },
  {
    name: "as many samples as rows",
    operator: "_contrib_ROIAlign",
    attributes: { pooled_size: "(2, 3)", spatial_scale: "0.5", aligned: "True" },
    arguments: [[2, 2, 5, 6], rois],
  },
  {
    name: "channels for each bin",
    operator: "_contrib_ROIAlign",
    attributes: { pooled_size: "(2, 2)", spatial_scale: "0.5", position_sensitive: "True", sample_ratio: "2" },
    arguments: [[2, 8, 5, 6], rois],
  },
  {
    name: "like",
    operator: "_contrib_BilinearResize2D",
    attributes: { mode: "like", align_corners: "False" },
    arguments: [[1, 2, 5, 3], float32Array([1, 1, 2, 7])],
  },
]);
