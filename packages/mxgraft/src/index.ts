// Start: operators, kernels, backends
export { BACKEND_NAMES, type BackendName, type BackendStatus, backendStatus } from "@mxgraft/tfjs";
export { setBackend } from "./backend.ts";
export { registerAll } from "./register-all.ts";

// Operators of your own, as MXNet has them: mx.operator
export { CustomOp, CustomOpProp, type CustomShapes, type CustomTypes, type Req, register } from "@mxgraft/operator";
// ... and as a specification with kernels
export { defineOperator, type OperatorSpec, type Plugin } from "@mxgraft/operator";
export { type KernelTable, registerPlugin, type TfjsKernel } from "@mxgraft/tfjs";
// Center loss
export { type CenterLossAttributes, CenterLossProp } from "@mxgraft/center-loss";
export { ClassCenters, type ClassCentersOptions, centerLoss } from "@mxgraft/center-loss-tfjs";

// Arrays: mx.nd
export { type ByteSource, readSource } from "@mxgraft/base";
export {
  type DType,
  float32Array,
  type HostArray,
  hostArray,
  Random,
  type Shape,
  toFloat32,
} from "@mxgraft/base";
export { NDArray, nd } from "@mxgraft/ndarray";

// Graphs: mx.sym
export { AttrScope, group, loadJson, NameManager, Prefix, Symbol, variable } from "@mxgraft/symbol";
export { sym } from "./sym.ts";

// Running graphs
export { type BindOptions, Executor, invoke, type StateCell, simpleBind } from "@mxgraft/executor";

// Training: mx.mod
export {
  type BatchEndCallback,
  BaseModule,
  type EpochEndCallback,
  type FitOptions,
  type Logger,
  logTrainMetric,
  logValidationMetrics,
  Module,
  type ModuleOptions,
  type Parameters,
  progressBar,
  speedometer,
  type TrainingState,
} from "@mxgraft/module";
// mx.init
export {
  Bilinear,
  Constant,
  createInitializer,
  InitDesc,
  Initializer,
  Load,
  LSTMBias,
  Mixed,
  MSRAPrelu,
  Normal,
  One,
  Orthogonal,
  registerInitializer,
  Uniform,
  Xavier,
  Zero,
} from "@mxgraft/module";
// mx.optimizer
export {
  Adam,
  createOptimizer,
  FTML,
  Ftrl,
  listOptimizers,
  NAG,
  Optimizer,
  RMSProp,
  registerOptimizer,
  SGD,
  Signum,
  Updater,
} from "@mxgraft/module";
// mx.lr_scheduler
export {
  CosineScheduler,
  createScheduler,
  FactorScheduler,
  LRScheduler,
  MultiFactorScheduler,
  PolyScheduler,
} from "@mxgraft/module";

// Data: mx.io
export {
  type DataBatch,
  type DataDesc,
  type DataIter,
  drawDigits,
  MNISTIter,
  NDArrayIter,
  RepeatLabelIter,
  ResizeIter,
} from "@mxgraft/data";

// Metrics: mx.metric
export * as metric from "@mxgraft/metric";

// Files, as bytes; by path in "mxgraft/node"
export {
  readIdx,
  readNpy,
  readNpz,
  readParams,
  readSafetensors,
  readStates,
  writeIdx,
  writeNpy,
  writeNpz,
  writeParams,
  writeSafetensors,
  writeStates,
} from "@mxgraft/files";

// Models rewritten
export { type MxnetFiles, type MxnetModel, type MxnetReport, toMxnet } from "@mxgraft/convert";

// Pictures
export { curves, featureComparison, featurePage, featureScatter, type FeatureSet, type Snapshot } from "@mxgraft/plot";
export { drawGraph, type GraphPicture, type PictureEdge, type PictureNode } from "@mxgraft/plot";

// Models
export { lenet, type LenetOptions } from "./models/lenet.ts";

// Looking at models, and running them
export { type BindArrays, bind, type NamedArrays } from "./model/bind.ts";
export type { ConvertedType } from "./model/converted-types.ts";
export { type LoadedCheckpoint, loadCheckpoint, readCheckpoint } from "./model/load-checkpoint.ts";
export type { ParameterCheck } from "./model/check-parameters.ts";
export { type InspectModelOptions, inspectModel, type Layer, type ModelReport } from "./model/inspect-model.ts";
export { pictureModel } from "./model/picture-model.ts";
export {
  type ImageArrayOptions,
  type ImageColor,
  type ImageLayout,
  type ImagePixels,
  imageArray,
} from "./model/image-array.ts";
export { resizeImage } from "./model/resize-image.ts";
export { type ModelRun, type RunModelOptions, runModel } from "./model/run-model.ts";
export { type ScoredClass, topClasses } from "./model/top-classes.ts";
export { type UnsupportedNode, unsupportedNodes } from "./model/unsupported-nodes.ts";
export type { VariableRole } from "./model/variable-roles.ts";

// The digits program
export { type DigitData, type DigitSet, digitSet, type RowRange, sliceDigits } from "./digits/digit-set.ts";
export type { BatchReport, DigitsResult, EpochReport, TrainingMetrics } from "./digits/digits-report.ts";
export { DIGITS_PRESETS, type DigitsPreset, type DigitsSettings } from "./digits/digits-settings.ts";
export { drawnDigitData, type DrawnDigitDataOptions } from "./digits/drawn-digit-data.ts";
export { type FeatureFigures, featureFigures } from "./digits/feature-figures.ts";
export { type DigitFeatures, FeatureReader, type FeatureReaderOptions } from "./digits/feature-reader.ts";
export { type MatchedParameters, matchParameters } from "./digits/match-parameters.ts";
export { trainDigits, type TrainDigitsOptions } from "./digits/train-digits.ts";

// Errors
export {
  AttributeError,
  BackendError,
  DTypeError,
  FileError,
  FormatError,
  GraphError,
  MxgraftError,
  RegistryError,
  ShapeError,
  UsageError,
  ValueError,
} from "@mxgraft/base";
