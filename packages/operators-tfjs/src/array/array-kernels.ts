import { ampCastKernels } from "./amp-cast.ts";
import { ampMulticastKernels } from "./amp-multicast.ts";
import { arangeKernels } from "./arange.ts";
import { argmaxKernels } from "./argmax.ts";
import { argmaxChannelKernels } from "./argmax-channel.ts";
import { argminKernels } from "./argmin.ts";
import { argsortKernels } from "./argsort.ts";
import { batchDotKernels } from "./batch-dot.ts";
import { batchTakeKernels } from "./batch-take.ts";
import { broadcastAxisKernels } from "./broadcast-axis.ts";
import { broadcastLikeKernels } from "./broadcast-like.ts";
import { broadcastToKernels } from "./broadcast-to.ts";
import { castKernels } from "./cast.ts";
import { col2imKernels } from "./col2im.ts";
import { concatKernels } from "./concat.ts";
import { contribArangeLikeKernels } from "./contrib-arange-like.ts";
import { interleavedMatmulEncdecQkKernels } from "./contrib-interleaved-matmul-encdec-qk.ts";
import { interleavedMatmulEncdecValattKernels } from "./contrib-interleaved-matmul-encdec-valatt.ts";
import { interleavedMatmulSelfattQkKernels } from "./contrib-interleaved-matmul-selfatt-qk.ts";
import { interleavedMatmulSelfattValattKernels } from "./contrib-interleaved-matmul-selfatt-valatt.ts";
import { cropKernels } from "./crop.ts";
import { depthToSpaceKernels } from "./depth-to-space.ts";
import { diagKernels } from "./diag.ts";
import { dotKernels } from "./dot.ts";
import { embeddingKernels } from "./embedding.ts";
import { expandDimsKernels } from "./expand-dims.ts";
import { eyeKernels } from "./eye.ts";
import { fullKernels } from "./full.ts";
import { gatherNdKernels } from "./gather-nd.ts";
import { im2colKernels } from "./im2col.ts";
import { khatriRaoKernels } from "./khatri-rao.ts";
import { linalgDetKernels } from "./linalg-det.ts";
import { linalgExtractdiagKernels } from "./linalg-extractdiag.ts";
import { linalgExtracttrianKernels } from "./linalg-extracttrian.ts";
import { linalgGemmKernels } from "./linalg-gemm.ts";
import { linalgGemm2Kernels } from "./linalg-gemm2.ts";
import { linalgInverseKernels } from "./linalg-inverse.ts";
import { linalgMakediagKernels } from "./linalg-makediag.ts";
import { linalgMaketrianKernels } from "./linalg-maketrian.ts";
import { linalgPotrfKernels } from "./linalg-potrf.ts";
import { linalgPotriKernels } from "./linalg-potri.ts";
import { linalgSlogdetKernels } from "./linalg-slogdet.ts";
import { linalgSumlogdiagKernels } from "./linalg-sumlogdiag.ts";
import { linalgSyrkKernels } from "./linalg-syrk.ts";
import { linalgTrmmKernels } from "./linalg-trmm.ts";
import { linalgTrsmKernels } from "./linalg-trsm.ts";
import { linspaceKernels } from "./linspace.ts";
import { maximumAlongAxesKernels } from "./max.ts";
import { meanKernels } from "./mean.ts";
import { minimumAlongAxesKernels } from "./min.ts";
import { momentsKernels } from "./moments.ts";
import { nanprodKernels } from "./nanprod.ts";
import { nansumKernels } from "./nansum.ts";
import { normKernels } from "./norm.ts";
import { npCumsumKernels } from "./np-cumsum.ts";
import { oneHotKernels } from "./one-hot.ts";
import { onesKernels } from "./ones.ts";
import { onesLikeKernels } from "./ones-like.ts";
import { padKernels } from "./pad.ts";
import { pickKernels } from "./pick.ts";
import { productKernels } from "./prod.ts";
import { randomNormalKernels } from "./random-normal.ts";
import { randomUniformKernels } from "./random-uniform.ts";
import { ravelMultiIndexKernels } from "./ravel-multi-index.ts";
import { repeatKernels } from "./repeat.ts";
import { reshapeLikeKernels } from "./reshape-like.ts";
import { reverseKernels } from "./reverse.ts";
import { rnnParamConcatKernels } from "./rnn-param-concat.ts";
import { scatterNdKernels } from "./scatter-nd.ts";
import { sequenceLastKernels } from "./sequence-last.ts";
import { sequenceMaskKernels } from "./sequence-mask.ts";
import { sequenceReverseKernels } from "./sequence-reverse.ts";
import { shapeArrayKernels } from "./shape-array.ts";
import { sizeArrayKernels } from "./size-array.ts";
import { sliceKernels } from "./slice.ts";
import { sliceAxisKernels } from "./slice-axis.ts";
import { sliceChannelKernels } from "./slice-channel.ts";
import { sliceLikeKernels } from "./slice-like.ts";
import { sortKernels } from "./sort.ts";
import { spaceToDepthKernels } from "./space-to-depth.ts";
import { splitV2Kernels } from "./split-v2.ts";
import { squeezeKernels } from "./squeeze.ts";
import { stackKernels } from "./stack.ts";
import { sumKernels } from "./sum.ts";
import { swapAxisKernels } from "./swap-axis.ts";
import { takeKernels } from "./take.ts";
import { tileKernels } from "./tile.ts";
import { topkKernels } from "./topk.ts";
import { transposeKernels } from "./transpose.ts";
import { unravelIndexKernels } from "./unravel-index.ts";
import { whereKernels } from "./where.ts";
import { zerosKernels } from "./zeros.ts";
import { zerosLikeKernels } from "./zeros-like.ts";

/** The kernels of the operators that move, choose and reduce the elements of arrays, under their MXNet names. */
export const arrayKernels = {
  _arange: arangeKernels,
  argmax: argmaxKernels,
  argmax_channel: argmaxChannelKernels,
  argmin: argminKernels,
  argsort: argsortKernels,
  batch_dot: batchDotKernels,
  batch_take: batchTakeKernels,
  broadcast_axis: broadcastAxisKernels,
  broadcast_like: broadcastLikeKernels,
  broadcast_to: broadcastToKernels,
  Cast: castKernels,
  Concat: concatKernels,
  _contrib_arange_like: contribArangeLikeKernels,
  Crop: cropKernels,
  depth_to_space: depthToSpaceKernels,
  diag: diagKernels,
  dot: dotKernels,
  Embedding: embeddingKernels,
  expand_dims: expandDimsKernels,
  _full: fullKernels,
  gather_nd: gatherNdKernels,
  im2col: im2colKernels,
  khatri_rao: khatriRaoKernels,
  _linalg_gemm: linalgGemmKernels,
  _linalg_gemm2: linalgGemm2Kernels,
  max: maximumAlongAxesKernels,
  mean: meanKernels,
  min: minimumAlongAxesKernels,
  moments: momentsKernels,
  nanprod: nanprodKernels,
  nansum: nansumKernels,
  norm: normKernels,
  _np_cumsum: npCumsumKernels,
  one_hot: oneHotKernels,
  _ones: onesKernels,
  ones_like: onesLikeKernels,
  Pad: padKernels,
  pick: pickKernels,
  prod: productKernels,
  repeat: repeatKernels,
  reshape_like: reshapeLikeKernels,
  reverse: reverseKernels,
  _rnn_param_concat: rnnParamConcatKernels,
  scatter_nd: scatterNdKernels,
  SequenceLast: sequenceLastKernels,
  SequenceMask: sequenceMaskKernels,
  SequenceReverse: sequenceReverseKernels,
  shape_array: shapeArrayKernels,
  size_array: sizeArrayKernels,
  slice: sliceKernels,
  slice_axis: sliceAxisKernels,
  slice_like: sliceLikeKernels,
  SliceChannel: sliceChannelKernels,
  sort: sortKernels,
  space_to_depth: spaceToDepthKernels,
  _split_v2: splitV2Kernels,
  squeeze: squeezeKernels,
  stack: stackKernels,
  sum: sumKernels,
  SwapAxis: swapAxisKernels,
  take: takeKernels,
  tile: tileKernels,
  topk: topkKernels,
  transpose: transposeKernels,
  where: whereKernels,
  _zeros: zerosKernels,
  zeros_like: zerosLikeKernels,
  _contrib_interleaved_matmul_selfatt_qk: interleavedMatmulSelfattQkKernels,
  _contrib_interleaved_matmul_selfatt_valatt: interleavedMatmulSelfattValattKernels,
  _contrib_interleaved_matmul_encdec_qk: interleavedMatmulEncdecQkKernels,
  _contrib_interleaved_matmul_encdec_valatt: interleavedMatmulEncdecValattKernels,
  _eye: eyeKernels,
  amp_cast: ampCastKernels,
  amp_multicast: ampMulticastKernels,
  _random_uniform: randomUniformKernels,
  _random_normal: randomNormalKernels,
  _linspace: linspaceKernels,
  _ravel_multi_index: ravelMultiIndexKernels,
  _unravel_index: unravelIndexKernels,
  col2im: col2imKernels,
  _linalg_potrf: linalgPotrfKernels,
  _linalg_potri: linalgPotriKernels,
  _linalg_inverse: linalgInverseKernels,
  _linalg_det: linalgDetKernels,
  _linalg_slogdet: linalgSlogdetKernels,
  _linalg_sumlogdiag: linalgSumlogdiagKernels,
  _linalg_trmm: linalgTrmmKernels,
  _linalg_trsm: linalgTrsmKernels,
  _linalg_syrk: linalgSyrkKernels,
  _linalg_extractdiag: linalgExtractdiagKernels,
  _linalg_makediag: linalgMakediagKernels,
  _linalg_extracttrian: linalgExtracttrianKernels,
  _linalg_maketrian: linalgMaketrianKernels,
} as const;
