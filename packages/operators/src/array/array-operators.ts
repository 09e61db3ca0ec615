import { ampCast } from "./amp-cast.ts";
import { ampMulticast } from "./amp-multicast.ts";
import { arange } from "./arange.ts";
import { argmax } from "./argmax.ts";
import { argmaxChannel } from "./argmax-channel.ts";
import { argmin } from "./argmin.ts";
import { argsort } from "./argsort.ts";
import { batchDot } from "./batch-dot.ts";
import { batchTake } from "./batch-take.ts";
import { broadcastAxis } from "./broadcast-axis.ts";
import { broadcastLike } from "./broadcast-like.ts";
import { broadcastTo } from "./broadcast-to.ts";
import { cast } from "./cast.ts";
import { col2im } from "./col2im.ts";
import { concat } from "./concat.ts";
import { contribArangeLike } from "./contrib-arange-like.ts";
import { interleavedMatmulEncdecQk } from "./contrib-interleaved-matmul-encdec-qk.ts";
import { interleavedMatmulEncdecValatt } from "./contrib-interleaved-matmul-encdec-valatt.ts";
import { interleavedMatmulSelfattQk } from "./contrib-interleaved-matmul-selfatt-qk.ts";
import { interleavedMatmulSelfattValatt } from "./contrib-interleaved-matmul-selfatt-valatt.ts";
import { crop } from "./crop.ts";
import { depthToSpace } from "./depth-to-space.ts";
import { diag } from "./diag.ts";
import { dot } from "./dot.ts";
import { embedding } from "./embedding.ts";
import { expandDims } from "./expand-dims.ts";
import { eye } from "./eye.ts";
import { full } from "./full.ts";
import { gatherNd } from "./gather-nd.ts";
import { im2col } from "./im2col.ts";
import { khatriRao } from "./khatri-rao.ts";
import { linalgDet } from "./linalg-det.ts";
import { linalgExtractdiag } from "./linalg-extractdiag.ts";
import { linalgExtracttrian } from "./linalg-extracttrian.ts";
import { linalgGemm } from "./linalg-gemm.ts";
import { linalgGemm2 } from "./linalg-gemm2.ts";
import { linalgInverse } from "./linalg-inverse.ts";
import { linalgMakediag } from "./linalg-makediag.ts";
import { linalgMaketrian } from "./linalg-maketrian.ts";
import { linalgPotrf } from "./linalg-potrf.ts";
import { linalgPotri } from "./linalg-potri.ts";
import { linalgSlogdet } from "./linalg-slogdet.ts";
import { linalgSumlogdiag } from "./linalg-sumlogdiag.ts";
import { linalgSyrk } from "./linalg-syrk.ts";
import { linalgTrmm } from "./linalg-trmm.ts";
import { linalgTrsm } from "./linalg-trsm.ts";
import { linspace } from "./linspace.ts";
import { maximumAlongAxes } from "./max.ts";
import { mean } from "./mean.ts";
import { minimumAlongAxes } from "./min.ts";
import { moments } from "./moments.ts";
import { nanprod } from "./nanprod.ts";
import { nansum } from "./nansum.ts";
import { norm } from "./norm.ts";
import { npCumsum } from "./np-cumsum.ts";
import { oneHot } from "./one-hot.ts";
import { ones } from "./ones.ts";
import { onesLike } from "./ones-like.ts";
import { pad } from "./pad.ts";
import { pick } from "./pick.ts";
import { product } from "./prod.ts";
import { randomNormal } from "./random-normal.ts";
import { randomUniform } from "./random-uniform.ts";
import { ravelMultiIndex } from "./ravel-multi-index.ts";
import { repeat } from "./repeat.ts";
import { reshapeLike } from "./reshape-like.ts";
import { reverse } from "./reverse.ts";
import { rnnParamConcat } from "./rnn-param-concat.ts";
import { scatterNd } from "./scatter-nd.ts";
import { sequenceLast } from "./sequence-last.ts";
import { sequenceMask } from "./sequence-mask.ts";
import { sequenceReverse } from "./sequence-reverse.ts";
import { shapeArray } from "./shape-array.ts";
import { sizeArray } from "./size-array.ts";
import { slice } from "./slice.ts";
import { sliceAxis } from "./slice-axis.ts";
import { sliceChannel } from "./slice-channel.ts";
import { sliceLike } from "./slice-like.ts";
import { sort } from "./sort.ts";
import { spaceToDepth } from "./space-to-depth.ts";
import { splitV2 } from "./split-v2.ts";
import { squeeze } from "./squeeze.ts";
import { stack } from "./stack.ts";
import { sum } from "./sum.ts";
import { swapAxis } from "./swap-axis.ts";
import { take } from "./take.ts";
import { tile } from "./tile.ts";
import { topk } from "./topk.ts";
import { transpose } from "./transpose.ts";
import { unravelIndex } from "./unravel-index.ts";
import { where } from "./where.ts";
import { zeros } from "./zeros.ts";
import { zerosLike } from "./zeros-like.ts";

/** The operators that move, choose and reduce the elements of arrays, each under its canonical MXNet name. */
export const arrayOperators = {
  _arange: arange,
  argmax,
  argmax_channel: argmaxChannel,
  argmin,
  argsort,
  batch_dot: batchDot,
  batch_take: batchTake,
  broadcast_axis: broadcastAxis,
  broadcast_like: broadcastLike,
  broadcast_to: broadcastTo,
  Cast: cast,
  Concat: concat,
  _contrib_arange_like: contribArangeLike,
  Crop: crop,
  depth_to_space: depthToSpace,
  diag,
  dot,
  Embedding: embedding,
  expand_dims: expandDims,
  _full: full,
  gather_nd: gatherNd,
  im2col,
  khatri_rao: khatriRao,
  _linalg_gemm: linalgGemm,
  _linalg_gemm2: linalgGemm2,
  max: maximumAlongAxes,
  mean,
  min: minimumAlongAxes,
  moments,
  nanprod,
  nansum,
  norm,
  _np_cumsum: npCumsum,
  one_hot: oneHot,
  _ones: ones,
  ones_like: onesLike,
  Pad: pad,
  pick,
  prod: product,
  repeat,
  reshape_like: reshapeLike,
  reverse,
  _rnn_param_concat: rnnParamConcat,
  scatter_nd: scatterNd,
  SequenceLast: sequenceLast,
  SequenceMask: sequenceMask,
  SequenceReverse: sequenceReverse,
  shape_array: shapeArray,
  size_array: sizeArray,
  slice,
  slice_axis: sliceAxis,
  slice_like: sliceLike,
  SliceChannel: sliceChannel,
  sort,
  space_to_depth: spaceToDepth,
  _split_v2: splitV2,
  squeeze,
  stack,
  sum,
  SwapAxis: swapAxis,
  take,
  tile,
  topk,
  transpose,
  where,
  _zeros: zeros,
  zeros_like: zerosLike,
  _contrib_interleaved_matmul_selfatt_qk: interleavedMatmulSelfattQk,
  _contrib_interleaved_matmul_selfatt_valatt: interleavedMatmulSelfattValatt,
  _contrib_interleaved_matmul_encdec_qk: interleavedMatmulEncdecQk,
  _contrib_interleaved_matmul_encdec_valatt: interleavedMatmulEncdecValatt,
  _eye: eye,
  amp_cast: ampCast,
  amp_multicast: ampMulticast,
  _random_uniform: randomUniform,
  _random_normal: randomNormal,
  _linspace: linspace,
  _ravel_multi_index: ravelMultiIndex,
  _unravel_index: unravelIndex,
  col2im,
  _linalg_potrf: linalgPotrf,
  _linalg_potri: linalgPotri,
  _linalg_inverse: linalgInverse,
  _linalg_det: linalgDet,
  _linalg_slogdet: linalgSlogdet,
  _linalg_sumlogdiag: linalgSumlogdiag,
  _linalg_trmm: linalgTrmm,
  _linalg_trsm: linalgTrsm,
  _linalg_syrk: linalgSyrk,
  _linalg_extractdiag: linalgExtractdiag,
  _linalg_makediag: linalgMakediag,
  _linalg_extracttrian: linalgExtracttrian,
  _linalg_maketrian: linalgMaketrian,
} as const;
