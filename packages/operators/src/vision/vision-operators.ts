import { bilinearSampler } from "./bilinear-sampler.ts";
import { adaptiveAvgPooling2D } from "./contrib-adaptive-avg-pooling2d.ts";
import { bilinearResize2D } from "./contrib-bilinear-resize2d.ts";
import { bipartiteMatching } from "./contrib-bipartite-matching.ts";
import { boxDecode } from "./contrib-box-decode.ts";
import { boxEncode } from "./contrib-box-encode.ts";
import { boxIou } from "./contrib-box-iou.ts";
import { boxNms } from "./contrib-box-nms.ts";
import { contribDeformableConvolution } from "./contrib-deformable-convolution.ts";
import { contribModulatedDeformableConvolution } from "./contrib-modulated-deformable-convolution.ts";
import { multiBoxDetection } from "./contrib-multi-box-detection.ts";
import { multiBoxPrior } from "./contrib-multi-box-prior.ts";
import { multiBoxTarget } from "./contrib-multi-box-target.ts";
import { multiProposal } from "./contrib-multi-proposal.ts";
import { proposal } from "./contrib-proposal.ts";
import { psROIPooling } from "./contrib-psroi-pooling.ts";
import { roiAlign } from "./contrib-roi-align.ts";
import { correlation } from "./correlation.ts";
import { deconvolution } from "./deconvolution.ts";
import { gridGenerator } from "./grid-generator.ts";
import { roiPooling } from "./roi-pooling.ts";
import { spatialTransformer } from "./spatial-transformer.ts";
import { upSampling } from "./up-sampling.ts";

/** Resizing, sampling, regions and boxes, each under its canonical MXNet name. */
export const visionOperators = {
  BilinearSampler: bilinearSampler,
  Correlation: correlation,
  Deconvolution: deconvolution,
  GridGenerator: gridGenerator,
  ROIPooling: roiPooling,
  SpatialTransformer: spatialTransformer,
  UpSampling: upSampling,
  _contrib_AdaptiveAvgPooling2D: adaptiveAvgPooling2D,
  _contrib_BilinearResize2D: bilinearResize2D,
  _contrib_MultiBoxDetection: multiBoxDetection,
  _contrib_MultiBoxPrior: multiBoxPrior,
  _contrib_MultiBoxTarget: multiBoxTarget,
  _contrib_MultiProposal: multiProposal,
  _contrib_Proposal: proposal,
  _contrib_ROIAlign: roiAlign,
  _contrib_box_iou: boxIou,
  _contrib_box_nms: boxNms,
  _contrib_DeformableConvolution: contribDeformableConvolution,
  _contrib_ModulatedDeformableConvolution: contribModulatedDeformableConvolution,
  _contrib_box_decode: boxDecode,
  _contrib_PSROIPooling: psROIPooling,
  _contrib_box_encode: boxEncode,
  _contrib_bipartite_matching: bipartiteMatching,
} as const;
