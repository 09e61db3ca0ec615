import { bilinearSamplerKernels } from "./bilinear-sampler.ts";
import { adaptiveAvgPooling2DKernels } from "./contrib-adaptive-avg-pooling2d.ts";
import { bilinearResize2DKernels } from "./contrib-bilinear-resize2d.ts";
import { bipartiteMatchingKernels } from "./contrib-bipartite-matching.ts";
import { boxDecodeKernels } from "./contrib-box-decode.ts";
import { boxEncodeKernels } from "./contrib-box-encode.ts";
import { boxIouKernels } from "./contrib-box-iou.ts";
import { boxNmsKernels } from "./contrib-box-nms.ts";
import { contribDeformableConvolutionKernels } from "./contrib-deformable-convolution.ts";
import { contribModulatedDeformableConvolutionKernels } from "./contrib-modulated-deformable-convolution.ts";
import { multiBoxDetectionKernels } from "./contrib-multi-box-detection.ts";
import { multiBoxPriorKernels } from "./contrib-multi-box-prior.ts";
import { multiBoxTargetKernels } from "./contrib-multi-box-target.ts";
import { psROIPoolingKernels } from "./contrib-psroi-pooling.ts";
import { roiAlignKernels } from "./contrib-roi-align.ts";
import { correlationKernels } from "./correlation.ts";
import { deconvolutionKernels } from "./deconvolution.ts";
import { gridGeneratorKernels } from "./grid-generator.ts";
import { proposalKernels } from "./proposal-kernels.ts";
import { roiPoolingKernels } from "./roi-pooling.ts";
import { spatialTransformerKernels } from "./spatial-transformer.ts";
import { upSamplingKernels } from "./up-sampling.ts";

/** The kernels of resizing, sampling, regions and boxes, each under its canonical MXNet name. */
export const visionKernels = {
  BilinearSampler: bilinearSamplerKernels,
  Correlation: correlationKernels,
  Deconvolution: deconvolutionKernels,
  GridGenerator: gridGeneratorKernels,
  ROIPooling: roiPoolingKernels,
  SpatialTransformer: spatialTransformerKernels,
  UpSampling: upSamplingKernels,
  _contrib_AdaptiveAvgPooling2D: adaptiveAvgPooling2DKernels,
  _contrib_BilinearResize2D: bilinearResize2DKernels,
  _contrib_MultiBoxDetection: multiBoxDetectionKernels,
  _contrib_MultiBoxPrior: multiBoxPriorKernels,
  _contrib_MultiBoxTarget: multiBoxTargetKernels,
  _contrib_MultiProposal: proposalKernels,
  _contrib_Proposal: proposalKernels,
  _contrib_ROIAlign: roiAlignKernels,
  _contrib_box_iou: boxIouKernels,
  _contrib_box_nms: boxNmsKernels,
  _contrib_DeformableConvolution: contribDeformableConvolutionKernels,
  _contrib_ModulatedDeformableConvolution: contribModulatedDeformableConvolutionKernels,
  _contrib_box_decode: boxDecodeKernels,
  _contrib_PSROIPooling: psROIPoolingKernels,
  _contrib_box_encode: boxEncodeKernels,
  _contrib_bipartite_matching: bipartiteMatchingKernels,
} as const;
