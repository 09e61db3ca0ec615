import { abs } from "./abs.ts";
import { addN } from "./add-n.ts";
import { arccos } from "./arccos.ts";
import { arccosh } from "./arccosh.ts";
import { arcsin } from "./arcsin.ts";
import { arcsinh } from "./arcsinh.ts";
import { arctan } from "./arctan.ts";
import { arctanh } from "./arctanh.ts";
import { blockGrad } from "./block-grad.ts";
import { broadcastAdd } from "./broadcast-add.ts";
import { broadcastDiv } from "./broadcast-div.ts";
import { broadcastEqual } from "./broadcast-equal.ts";
import { broadcastGreater } from "./broadcast-greater.ts";
import { broadcastGreaterEqual } from "./broadcast-greater-equal.ts";
import { broadcastHypot } from "./broadcast-hypot.ts";
import { broadcastLesser } from "./broadcast-lesser.ts";
import { broadcastLesserEqual } from "./broadcast-lesser-equal.ts";
import { broadcastLogicalAnd } from "./broadcast-logical-and.ts";
import { broadcastLogicalOr } from "./broadcast-logical-or.ts";
import { broadcastLogicalXor } from "./broadcast-logical-xor.ts";
import { broadcastMaximum } from "./broadcast-maximum.ts";
import { broadcastMinimum } from "./broadcast-minimum.ts";
import { broadcastMod } from "./broadcast-mod.ts";
import { broadcastMul } from "./broadcast-mul.ts";
import { broadcastNotEqual } from "./broadcast-not-equal.ts";
import { broadcastPower } from "./broadcast-power.ts";
import { broadcastSub } from "./broadcast-sub.ts";
import { cbrt } from "./cbrt.ts";
import { ceil } from "./ceil.ts";
import { clip } from "./clip.ts";
import { contribDivSqrtDim } from "./contrib-div-sqrt-dim.ts";
import { contribGradientmultiplier } from "./contrib-gradientmultiplier.ts";
import { copy } from "./copy.ts";
import { cos } from "./cos.ts";
import { cosh } from "./cosh.ts";
import { degrees } from "./degrees.ts";
import { divScalar } from "./div-scalar.ts";
import { elemwiseAdd } from "./elemwise-add.ts";
import { elemwiseDiv } from "./elemwise-div.ts";
import { elemwiseMul } from "./elemwise-mul.ts";
import { elemwiseSub } from "./elemwise-sub.ts";
import { equal } from "./equal.ts";
import { equalScalar } from "./equal-scalar.ts";
import { erf } from "./erf.ts";
import { erfinv } from "./erfinv.ts";
import { exp } from "./exp.ts";
import { expm1 } from "./expm1.ts";
import { fix } from "./fix.ts";
import { floor } from "./floor.ts";
import { gamma } from "./gamma.ts";
import { gammaln } from "./gammaln.ts";
import { greater } from "./greater.ts";
import { greaterEqual } from "./greater-equal.ts";
import { greaterEqualScalar } from "./greater-equal-scalar.ts";
import { greaterScalar } from "./greater-scalar.ts";
import { hardSigmoid } from "./hard-sigmoid.ts";
import { hypot } from "./hypot.ts";
import { hypotScalar } from "./hypot-scalar.ts";
import { lesser } from "./lesser.ts";
import { lesserEqual } from "./lesser-equal.ts";
import { lesserEqualScalar } from "./lesser-equal-scalar.ts";
import { lesserScalar } from "./lesser-scalar.ts";
import { log } from "./log.ts";
import { logSigmoid } from "./log-sigmoid.ts";
import { log1p } from "./log1p.ts";
import { log2 } from "./log2.ts";
import { log10 } from "./log10.ts";
import { logicalAnd } from "./logical-and.ts";
import { logicalAndScalar } from "./logical-and-scalar.ts";
import { logicalNot } from "./logical-not.ts";
import { logicalOr } from "./logical-or.ts";
import { logicalOrScalar } from "./logical-or-scalar.ts";
import { logicalXor } from "./logical-xor.ts";
import { logicalXorScalar } from "./logical-xor-scalar.ts";
import { makeLossOfElements } from "./make-loss.ts";
import { maximum } from "./maximum.ts";
import { maximumScalar } from "./maximum-scalar.ts";
import { minimum } from "./minimum.ts";
import { minimumScalar } from "./minimum-scalar.ts";
import { minusScalar } from "./minus-scalar.ts";
import { mish } from "./mish.ts";
import { mod } from "./mod.ts";
import { modScalar } from "./mod-scalar.ts";
import { mulScalar } from "./mul-scalar.ts";
import { negative } from "./negative.ts";
import { notEqual } from "./not-equal.ts";
import { notEqualScalar } from "./not-equal-scalar.ts";
import { plusScalar } from "./plus-scalar.ts";
import { power } from "./power.ts";
import { powerScalar } from "./power-scalar.ts";
import { radians } from "./radians.ts";
import { rcbrt } from "./rcbrt.ts";
import { rdivScalar } from "./rdiv-scalar.ts";
import { reciprocal } from "./reciprocal.ts";
import { relu } from "./relu.ts";
import { rint } from "./rint.ts";
import { rminusScalar } from "./rminus-scalar.ts";
import { rmodScalar } from "./rmod-scalar.ts";
import { round } from "./round.ts";
import { rpowerScalar } from "./rpower-scalar.ts";
import { rsqrt } from "./rsqrt.ts";
import { sigmoid } from "./sigmoid.ts";
import { sign } from "./sign.ts";
import { sin } from "./sin.ts";
import { sinh } from "./sinh.ts";
import { smoothL1 } from "./smooth-l1.ts";
import { softsign } from "./softsign.ts";
import { sqrt } from "./sqrt.ts";
import { square } from "./square.ts";
import { tan } from "./tan.ts";
import { tanh } from "./tanh.ts";
import { trunc } from "./trunc.ts";

/** The operators that work element by element, each under its canonical MXNet name. */
export const elementwiseOperators = {
  BlockGrad: blockGrad,
  abs: abs,
  add_n: addN,
  arccos: arccos,
  arccosh: arccosh,
  arcsin: arcsin,
  arcsinh: arcsinh,
  arctan: arctan,
  arctanh: arctanh,
  broadcast_add: broadcastAdd,
  broadcast_div: broadcastDiv,
  broadcast_equal: broadcastEqual,
  broadcast_greater: broadcastGreater,
  broadcast_greater_equal: broadcastGreaterEqual,
  broadcast_hypot: broadcastHypot,
  broadcast_lesser: broadcastLesser,
  broadcast_lesser_equal: broadcastLesserEqual,
  broadcast_logical_and: broadcastLogicalAnd,
  broadcast_logical_or: broadcastLogicalOr,
  broadcast_logical_xor: broadcastLogicalXor,
  broadcast_maximum: broadcastMaximum,
  broadcast_minimum: broadcastMinimum,
  broadcast_mod: broadcastMod,
  broadcast_mul: broadcastMul,
  broadcast_not_equal: broadcastNotEqual,
  broadcast_power: broadcastPower,
  broadcast_sub: broadcastSub,
  cbrt: cbrt,
  ceil: ceil,
  clip: clip,
  _contrib_div_sqrt_dim: contribDivSqrtDim,
  _contrib_gradientmultiplier: contribGradientmultiplier,
  _copy: copy,
  cos: cos,
  cosh: cosh,
  degrees: degrees,
  _div_scalar: divScalar,
  elemwise_add: elemwiseAdd,
  elemwise_div: elemwiseDiv,
  elemwise_mul: elemwiseMul,
  elemwise_sub: elemwiseSub,
  _equal: equal,
  _equal_scalar: equalScalar,
  erf: erf,
  erfinv: erfinv,
  exp: exp,
  expm1: expm1,
  fix: fix,
  floor: floor,
  gamma: gamma,
  gammaln: gammaln,
  _greater: greater,
  _greater_equal: greaterEqual,
  _greater_equal_scalar: greaterEqualScalar,
  _greater_scalar: greaterScalar,
  hard_sigmoid: hardSigmoid,
  _hypot: hypot,
  _hypot_scalar: hypotScalar,
  _lesser: lesser,
  _lesser_equal: lesserEqual,
  _lesser_equal_scalar: lesserEqualScalar,
  _lesser_scalar: lesserScalar,
  log10: log10,
  log1p: log1p,
  log2: log2,
  log: log,
  log_sigmoid: logSigmoid,
  _logical_and: logicalAnd,
  _logical_and_scalar: logicalAndScalar,
  logical_not: logicalNot,
  _logical_or: logicalOr,
  _logical_or_scalar: logicalOrScalar,
  _logical_xor: logicalXor,
  _logical_xor_scalar: logicalXorScalar,
  make_loss: makeLossOfElements,
  _maximum: maximum,
  _maximum_scalar: maximumScalar,
  _minimum: minimum,
  _minimum_scalar: minimumScalar,
  _minus_scalar: minusScalar,
  mish: mish,
  _mod: mod,
  _mod_scalar: modScalar,
  _mul_scalar: mulScalar,
  negative: negative,
  _not_equal: notEqual,
  _not_equal_scalar: notEqualScalar,
  _plus_scalar: plusScalar,
  _power: power,
  _power_scalar: powerScalar,
  radians: radians,
  rcbrt: rcbrt,
  _rdiv_scalar: rdivScalar,
  reciprocal: reciprocal,
  relu: relu,
  rint: rint,
  _rminus_scalar: rminusScalar,
  _rmod_scalar: rmodScalar,
  round: round,
  _rpower_scalar: rpowerScalar,
  rsqrt: rsqrt,
  sigmoid: sigmoid,
  sign: sign,
  sin: sin,
  sinh: sinh,
  smooth_l1: smoothL1,
  softsign: softsign,
  sqrt: sqrt,
  square: square,
  tan: tan,
  tanh: tanh,
  trunc: trunc,
} as const;
