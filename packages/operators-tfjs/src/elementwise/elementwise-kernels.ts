import { absKernels } from "./abs.ts";
import { addNKernels } from "./add-n.ts";
import { arccosKernels } from "./arccos.ts";
import { arccoshKernels } from "./arccosh.ts";
import { arcsinKernels } from "./arcsin.ts";
import { arcsinhKernels } from "./arcsinh.ts";
import { arctanKernels } from "./arctan.ts";
import { arctanhKernels } from "./arctanh.ts";
import { blockGradKernels } from "./block-grad.ts";
import { broadcastAddKernels } from "./broadcast-add.ts";
import { broadcastDivKernels } from "./broadcast-div.ts";
import { broadcastEqualKernels } from "./broadcast-equal.ts";
import { broadcastGreaterKernels } from "./broadcast-greater.ts";
import { broadcastGreaterEqualKernels } from "./broadcast-greater-equal.ts";
import { broadcastHypotKernels } from "./broadcast-hypot.ts";
import { broadcastLesserKernels } from "./broadcast-lesser.ts";
import { broadcastLesserEqualKernels } from "./broadcast-lesser-equal.ts";
import { broadcastLogicalAndKernels } from "./broadcast-logical-and.ts";
import { broadcastLogicalOrKernels } from "./broadcast-logical-or.ts";
import { broadcastLogicalXorKernels } from "./broadcast-logical-xor.ts";
import { broadcastMaximumKernels } from "./broadcast-maximum.ts";
import { broadcastMinimumKernels } from "./broadcast-minimum.ts";
import { broadcastModKernels } from "./broadcast-mod.ts";
import { broadcastMulKernels } from "./broadcast-mul.ts";
import { broadcastNotEqualKernels } from "./broadcast-not-equal.ts";
import { broadcastPowerKernels } from "./broadcast-power.ts";
import { broadcastSubKernels } from "./broadcast-sub.ts";
import { cbrtKernels } from "./cbrt.ts";
import { ceilKernels } from "./ceil.ts";
import { clipKernels } from "./clip.ts";
import { contribDivSqrtDimKernels } from "./contrib-div-sqrt-dim.ts";
import { contribGradientmultiplierKernels } from "./contrib-gradientmultiplier.ts";
import { copyKernels } from "./copy.ts";
import { cosKernels } from "./cos.ts";
import { coshKernels } from "./cosh.ts";
import { degreesKernels } from "./degrees.ts";
import { divScalarKernels } from "./div-scalar.ts";
import { elemwiseAddKernels } from "./elemwise-add.ts";
import { elemwiseDivKernels } from "./elemwise-div.ts";
import { elemwiseMulKernels } from "./elemwise-mul.ts";
import { elemwiseSubKernels } from "./elemwise-sub.ts";
import { equalKernels } from "./equal.ts";
import { equalScalarKernels } from "./equal-scalar.ts";
import { erfKernels } from "./erf.ts";
import { erfinvKernels } from "./erfinv.ts";
import { expKernels } from "./exp.ts";
import { expm1Kernels } from "./expm1.ts";
import { fixKernels } from "./fix.ts";
import { floorKernels } from "./floor.ts";
import { gammaKernels } from "./gamma.ts";
import { gammalnKernels } from "./gammaln.ts";
import { greaterKernels } from "./greater.ts";
import { greaterEqualKernels } from "./greater-equal.ts";
import { greaterEqualScalarKernels } from "./greater-equal-scalar.ts";
import { greaterScalarKernels } from "./greater-scalar.ts";
import { hardSigmoidKernels } from "./hard-sigmoid.ts";
import { hypotKernels } from "./hypot.ts";
import { hypotScalarKernels } from "./hypot-scalar.ts";
import { lesserKernels } from "./lesser.ts";
import { lesserEqualKernels } from "./lesser-equal.ts";
import { lesserEqualScalarKernels } from "./lesser-equal-scalar.ts";
import { lesserScalarKernels } from "./lesser-scalar.ts";
import { logKernels } from "./log.ts";
import { logSigmoidKernels } from "./log-sigmoid.ts";
import { log1pKernels } from "./log1p.ts";
import { log2Kernels } from "./log2.ts";
import { log10Kernels } from "./log10.ts";
import { logicalAndKernels } from "./logical-and.ts";
import { logicalAndScalarKernels } from "./logical-and-scalar.ts";
import { logicalNotKernels } from "./logical-not.ts";
import { logicalOrKernels } from "./logical-or.ts";
import { logicalOrScalarKernels } from "./logical-or-scalar.ts";
import { logicalXorKernels } from "./logical-xor.ts";
import { logicalXorScalarKernels } from "./logical-xor-scalar.ts";
import { makeLossOfElementsKernels } from "./make-loss.ts";
import { maximumKernels } from "./maximum.ts";
import { maximumScalarKernels } from "./maximum-scalar.ts";
import { minimumKernels } from "./minimum.ts";
import { minimumScalarKernels } from "./minimum-scalar.ts";
import { minusScalarKernels } from "./minus-scalar.ts";
import { mishKernels } from "./mish.ts";
import { modKernels } from "./mod.ts";
import { modScalarKernels } from "./mod-scalar.ts";
import { mulScalarKernels } from "./mul-scalar.ts";
import { negativeKernels } from "./negative.ts";
import { notEqualKernels } from "./not-equal.ts";
import { notEqualScalarKernels } from "./not-equal-scalar.ts";
import { plusScalarKernels } from "./plus-scalar.ts";
import { powerKernels } from "./power.ts";
import { powerScalarKernels } from "./power-scalar.ts";
import { radiansKernels } from "./radians.ts";
import { rcbrtKernels } from "./rcbrt.ts";
import { rdivScalarKernels } from "./rdiv-scalar.ts";
import { reciprocalKernels } from "./reciprocal.ts";
import { reluKernels } from "./relu.ts";
import { rintKernels } from "./rint.ts";
import { rminusScalarKernels } from "./rminus-scalar.ts";
import { rmodScalarKernels } from "./rmod-scalar.ts";
import { roundKernels } from "./round.ts";
import { rpowerScalarKernels } from "./rpower-scalar.ts";
import { rsqrtKernels } from "./rsqrt.ts";
import { sigmoidKernels } from "./sigmoid.ts";
import { signKernels } from "./sign.ts";
import { sinKernels } from "./sin.ts";
import { sinhKernels } from "./sinh.ts";
import { smoothL1Kernels } from "./smooth-l1.ts";
import { softsignKernels } from "./softsign.ts";
import { sqrtKernels } from "./sqrt.ts";
import { squareKernels } from "./square.ts";
import { tanKernels } from "./tan.ts";
import { tanhKernels } from "./tanh.ts";
import { truncKernels } from "./trunc.ts";

/** The kernels of the operators that work element by element, each under its canonical MXNet name. */
export const elementwiseKernels = {
  BlockGrad: blockGradKernels,
  abs: absKernels,
  add_n: addNKernels,
  arccos: arccosKernels,
  arccosh: arccoshKernels,
  arcsin: arcsinKernels,
  arcsinh: arcsinhKernels,
  arctan: arctanKernels,
  arctanh: arctanhKernels,
  broadcast_add: broadcastAddKernels,
  broadcast_div: broadcastDivKernels,
  broadcast_equal: broadcastEqualKernels,
  broadcast_greater: broadcastGreaterKernels,
  broadcast_greater_equal: broadcastGreaterEqualKernels,
  broadcast_hypot: broadcastHypotKernels,
  broadcast_lesser: broadcastLesserKernels,
  broadcast_lesser_equal: broadcastLesserEqualKernels,
  broadcast_logical_and: broadcastLogicalAndKernels,
  broadcast_logical_or: broadcastLogicalOrKernels,
  broadcast_logical_xor: broadcastLogicalXorKernels,
  broadcast_maximum: broadcastMaximumKernels,
  broadcast_minimum: broadcastMinimumKernels,
  broadcast_mod: broadcastModKernels,
  broadcast_mul: broadcastMulKernels,
  broadcast_not_equal: broadcastNotEqualKernels,
  broadcast_power: broadcastPowerKernels,
  broadcast_sub: broadcastSubKernels,
  cbrt: cbrtKernels,
  ceil: ceilKernels,
  clip: clipKernels,
  _contrib_div_sqrt_dim: contribDivSqrtDimKernels,
  _contrib_gradientmultiplier: contribGradientmultiplierKernels,
  _copy: copyKernels,
  cos: cosKernels,
  cosh: coshKernels,
  degrees: degreesKernels,
  _div_scalar: divScalarKernels,
  elemwise_add: elemwiseAddKernels,
  elemwise_div: elemwiseDivKernels,
  elemwise_mul: elemwiseMulKernels,
  elemwise_sub: elemwiseSubKernels,
  _equal: equalKernels,
  _equal_scalar: equalScalarKernels,
  erf: erfKernels,
  erfinv: erfinvKernels,
  exp: expKernels,
  expm1: expm1Kernels,
  fix: fixKernels,
  floor: floorKernels,
  gamma: gammaKernels,
  gammaln: gammalnKernels,
  _greater: greaterKernels,
  _greater_equal: greaterEqualKernels,
  _greater_equal_scalar: greaterEqualScalarKernels,
  _greater_scalar: greaterScalarKernels,
  hard_sigmoid: hardSigmoidKernels,
  _hypot: hypotKernels,
  _hypot_scalar: hypotScalarKernels,
  _lesser: lesserKernels,
  _lesser_equal: lesserEqualKernels,
  _lesser_equal_scalar: lesserEqualScalarKernels,
  _lesser_scalar: lesserScalarKernels,
  log10: log10Kernels,
  log1p: log1pKernels,
  log2: log2Kernels,
  log: logKernels,
  log_sigmoid: logSigmoidKernels,
  _logical_and: logicalAndKernels,
  _logical_and_scalar: logicalAndScalarKernels,
  logical_not: logicalNotKernels,
  _logical_or: logicalOrKernels,
  _logical_or_scalar: logicalOrScalarKernels,
  _logical_xor: logicalXorKernels,
  _logical_xor_scalar: logicalXorScalarKernels,
  make_loss: makeLossOfElementsKernels,
  _maximum: maximumKernels,
  _maximum_scalar: maximumScalarKernels,
  _minimum: minimumKernels,
  _minimum_scalar: minimumScalarKernels,
  _minus_scalar: minusScalarKernels,
  mish: mishKernels,
  _mod: modKernels,
  _mod_scalar: modScalarKernels,
  _mul_scalar: mulScalarKernels,
  negative: negativeKernels,
  _not_equal: notEqualKernels,
  _not_equal_scalar: notEqualScalarKernels,
  _plus_scalar: plusScalarKernels,
  _power: powerKernels,
  _power_scalar: powerScalarKernels,
  radians: radiansKernels,
  rcbrt: rcbrtKernels,
  _rdiv_scalar: rdivScalarKernels,
  reciprocal: reciprocalKernels,
  relu: reluKernels,
  rint: rintKernels,
  _rminus_scalar: rminusScalarKernels,
  _rmod_scalar: rmodScalarKernels,
  round: roundKernels,
  _rpower_scalar: rpowerScalarKernels,
  rsqrt: rsqrtKernels,
  sigmoid: sigmoidKernels,
  sign: signKernels,
  sin: sinKernels,
  sinh: sinhKernels,
  smooth_l1: smoothL1Kernels,
  softsign: softsignKernels,
  sqrt: sqrtKernels,
  square: squareKernels,
  tan: tanKernels,
  tanh: tanhKernels,
  trunc: truncKernels,
} as const;
