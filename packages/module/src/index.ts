// Initializers
export { Bilinear } from "./initializer/bilinear.ts";
export { Constant, type NestedNumbers } from "./initializer/constant.ts";
export { createInitializer, type InitializerFactory, registerInitializer } from "./initializer/create-initializer.ts";
export { FusedRNN, type FusedRNNOptions } from "./initializer/fused-rnn.ts";
export { InitDesc } from "./initializer/init-desc.ts";
export { Initializer, type ParameterInitializer } from "./initializer/initializer.ts";
export { Load } from "./initializer/load.ts";
export { LSTMBias } from "./initializer/lstm-bias.ts";
export { Mixed } from "./initializer/mixed.ts";
export { MSRAPrelu, type MSRAPreluOptions } from "./initializer/msra-prelu.ts";
export { Normal } from "./initializer/normal.ts";
export { One } from "./initializer/one.ts";
export { Orthogonal, type OrthogonalOptions } from "./initializer/orthogonal.ts";
export { Uniform } from "./initializer/uniform.ts";
export { Xavier, type XavierOptions } from "./initializer/xavier.ts";
export { Zero } from "./initializer/zero.ts";
// Logging
export type { Logger } from "./logger.ts";
// Learning-rate schedulers
export { CosineScheduler, type CosineSchedulerOptions } from "./lr-scheduler/cosine-scheduler.ts";
export { createScheduler } from "./lr-scheduler/create-scheduler.ts";
export { FactorScheduler, type FactorSchedulerOptions } from "./lr-scheduler/factor-scheduler.ts";
export { LRScheduler, type LRSchedulerOptions, type LRSchedulerState } from "./lr-scheduler/lr-scheduler.ts";
export { MultiFactorScheduler, type MultiFactorSchedulerOptions } from "./lr-scheduler/multi-factor-scheduler.ts";
export { PolyScheduler, type PolySchedulerOptions } from "./lr-scheduler/poly-scheduler.ts";
// Optimizers
export { AdaDelta, type AdaDeltaOptions } from "./optimizer/ada-delta.ts";
export { AdaGrad, type AdaGradOptions } from "./optimizer/ada-grad.ts";
export { Adam, type AdamOptions } from "./optimizer/adam.ts";
export {
  createOptimizer,
  listOptimizers,
  type OptimizerFactory,
  registerOptimizer,
} from "./optimizer/create-optimizer.ts";
export { Adamax, type AdamaxOptions } from "./optimizer/adamax.ts";
export { DCASGD, type DCASGDOptions } from "./optimizer/dcasgd.ts";
export { FTML, type FTMLOptions } from "./optimizer/ftml.ts";
export { Ftrl, type FtrlOptions } from "./optimizer/ftrl.ts";
export { GroupAdaGrad, type GroupAdaGradOptions } from "./optimizer/group-ada-grad.ts";
export { LAMB, type LAMBOptions } from "./optimizer/lamb.ts";
export { LARS, type LARSOptions } from "./optimizer/lars.ts";
export { LBSGD, type LBSGDOptions } from "./optimizer/lbsgd.ts";
export { Nadam, type NadamOptions } from "./optimizer/nadam.ts";
export { NAG, type NAGOptions } from "./optimizer/nag.ts";
export {
  type AttributeSource,
  Optimizer,
  type OptimizerOptions,
  type OptimizerProgress,
} from "./optimizer/optimizer.ts";
export type { OptimizerState, ParameterIndex } from "./optimizer/optimizer-state.ts";
export { RMSProp, type RMSPropOptions } from "./optimizer/rms-prop.ts";
export { SGD, type SGDOptions } from "./optimizer/sgd.ts";
export { SGLD, type SGLDOptions } from "./optimizer/sgld.ts";
export { Signum, type SignumOptions } from "./optimizer/signum.ts";
export { TestOptimizer } from "./optimizer/test-optimizer.ts";
export { Updater } from "./optimizer/updater.ts";
// Callbacks
export { logTrainMetric } from "./callback/log-train-metric.ts";
export { logValidationMetrics } from "./callback/log-validation-metrics.ts";
export { progressBar } from "./callback/progress-bar.ts";
export { type SpeedometerOptions, speedometer } from "./callback/speedometer.ts";
// Module
export {
  BaseModule,
  type BatchPrediction,
  type ForwardOptions,
  type ModuleBatch,
  type RunOptions,
  type ScoreOptions,
} from "./module/base-module.ts";
export type { BatchEndCallback, BatchEndParam, Callbacks } from "./module/batch-end-param.ts";
export type { GradReq } from "./module/binding.ts";
export type { EpochEnd, EpochEndCallback } from "./module/epoch-end.ts";
export type { InputShape, InputShapes } from "./module/input-shapes.ts";
export { checkKVStore, type KVStore } from "./module/kvstore.ts";
export { Module, type TrainStepOptions } from "./module/module.ts";
export type {
  BindOptions,
  InitOptimizerOptions,
  InitParamsOptions,
  ModuleOptions,
  SetParamsOptions,
} from "./module/module-options.ts";
export type { ArraysByName, Parameters } from "./module/parameters.ts";
export { parseTrainingState, type TrainingState } from "./module/training-state.ts";
export type { FitOptions } from "./module/training-loop.ts";
