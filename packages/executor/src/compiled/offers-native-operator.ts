import { nativeDefinitions } from "@mxgraft/operator";
import { loadNativeOperators, tfjsNodeBackend } from "@mxgraft/tfjs";

/** The operators of `native/` for graphs by their library, in the form that `NativeDefinitions` describes. */
const DEFINITIONS: Readonly<Record<string, readonly string[]>> = {
  training: [
    "MxgraftConvolution(data: float32, filter: float32, bias: float32) -> (output: float32) {strides: list(int), pads: list(int)}",
    "MxgraftConvolutionGradients(data: float32, filter: float32, output_gradient: float32) -> (data_gradient: float32, filter_gradient: float32, bias_gradient: float32) {strides: list(int), pads: list(int), wants_data: bool}",
    "MxgraftCtcLoss(data: float32, labels: float32, data_lengths: float32, label_lengths: float32) -> (losses: float32, gradient: float32) {blank_first: bool}",
    "MxgraftFusedConvolution(data: float32, packed: float32, bias: float32, residual: float32) -> (output: float32) {strides: list(int), pads: list(int), kernel: list(int), filters: int, tile: int, floor: float}",
    "MxgraftMaxPool(data: float32) -> (output: float32, places: int32) {kernel: list(int), strides: list(int), rows: list(int), keeps: bool}",
    "MxgraftMaxPoolGradient(places: int32, gradient: float32) -> (data_gradient: float32) {kernel: list(int), strides: list(int), rows: list(int), sizes: list(int)}",
    "MxgraftPackFilter(filter: float32) -> (packed: float32) {tile: int}",
    "MxgraftRecurrent(from_input: float32, weight: float32, input_bias: float32, state_bias: float32, h: float32, c: float32, lengths: float32) -> (output: float32, last_h: float32, last_c: float32, before: float32, kept: float32) {mode: string, reverse: bool, keeps: bool}",
    "MxgraftRecurrentGradients(output: float32, last_h: float32, last_c: float32, weight: float32, before: float32, kept: float32, lengths: float32) -> (input_sums: float32, state_sums: float32, h: float32, c: float32) {mode: string, reverse: bool}",
    "MxgraftSgdUpdate(weight: resource, gradient: float32, lr: float32, wd: float32, rescale_grad: float32) -> () {clip_gradient: float} stateful",
    "MxgraftSgdMomUpdate(weight: resource, mom: resource, gradient: float32, lr: float32, wd: float32, rescale_grad: float32, momentum: float32) -> () {clip_gradient: float} stateful",
    "MxgraftAdamUpdate(weight: resource, mean: resource, var: resource, gradient: float32, lr: float32, wd: float32, rescale_grad: float32) -> () {clip_gradient: float, beta1: float, beta2: float, epsilon: float} stateful",
  ],
  vision: [
    "MxgraftBoxNms(data: float32) -> (output: float32, record: float32) {overlap_thresh: float, valid_thresh: float, topk: int, coord_start: int, score_index: int, id_index: int, background_id: int, force_suppress: bool, in_format: string, out_format: string}",
    "MxgraftMultiBoxDetection(scores: float32, offsets: float32, anchors: float32) -> (output: float32) {clip: bool, threshold: float, nms_threshold: float, nms_topk: int, force_suppress: bool, variances: list(float)}",
    "MxgraftMultiBoxTarget(anchors: float32, labels: float32, scores: float32) -> (offsets: float32, mask: float32, classes: float32) {overlap_threshold: float, ignore_label: float, negative_mining_ratio: float, negative_mining_thresh: float, variances: list(float)}",
    "MxgraftProposal(scores: float32, deltas: float32, info: float32) -> (rois: float32, probabilities: float32) {rpn_pre_nms_top_n: int, rpn_post_nms_top_n: int, threshold: float, rpn_min_size: int, scales: list(float), ratios: list(float), feature_stride: int, iou_loss: bool}",
    "MxgraftRoiAlign(data: float32, rois: float32) -> (output: float32) {pooled: list(int), spatial_scale: float, sample_ratio: int, position_sensitive: bool, aligned: bool}",
    "MxgraftRoiAlignGradient(shape: int32, rois: float32, output_gradient: float32) -> (data_gradient: float32) {pooled: list(int), spatial_scale: float, sample_ratio: int, position_sensitive: bool, aligned: bool}",
    "MxgraftRoiPooling(data: float32, rois: float32) -> (output: float32, index: int32) {pooled: list(int), spatial_scale: float}",
  ],
};

let defined = false;

/** None on a GPU: they compute on the processor. */
function defineOwn(): void {
  defined = true;
  if (tfjsNodeBackend().binding.isUsingGpuDevice()) return;
  for (const [library, definitions] of Object.entries(DEFINITIONS)) {
    if (!loadNativeOperators(library).available) continue;
    for (const definition of definitions) nativeDefinitions.register(definition);
  }
}

/**
 * Whether functions may use an operator of native code: one of this package that is loaded, or one that a plug-in
 * defines, which knows itself whether it is loaded.
 */
export function offersNativeOperator(operator: string): boolean {
  if (!defined) defineOwn();
  return nativeDefinitions.find(operator) !== undefined;
}
