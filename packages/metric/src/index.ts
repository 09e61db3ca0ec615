// The base, making metrics by name, and metrics of your own
export { EvalMetric, type EvalMetricSetup, type MetricResult, type NamedArrays } from "./eval-metric.ts";
export { create, type MetricConfig, type MetricLike } from "./create.ts";
export { CompositeEvalMetric, type CompositeEvalMetricOptions } from "./composite-eval-metric.ts";
export { CustomMetric, type CustomMetricOptions, type MetricFunction } from "./custom-metric.ts";
export { np } from "./np.ts";
export { listMetrics, type MetricFactory, type RegisterMetricOptions, registerMetric } from "./registry.ts";
export { type Arrays, checkLabelShapes } from "./check-label-shapes.ts";
export type { MetricExpression, MetricSums } from "./metric-expression.ts";
export { type DeferredSum, deferredSums, type NamedShape } from "./deferred-sums.ts";
export type { Average, MetricOptions } from "./metric-options.ts";
export type { MetricState } from "./metric-state.ts";

// Classification
export { Accuracy, type AccuracyOptions } from "./accuracy.ts";
export { TopKAccuracy, type TopKAccuracyOptions } from "./top-k-accuracy.ts";
export type { BinaryMetricOptions } from "./binary-metric.ts";
export { F1 } from "./f1.ts";
export { MCC } from "./mcc.ts";
export { PCC, type PCCOptions } from "./pcc.ts";

// Probabilities and losses
export type { LabelLikelihoodOptions } from "./label-likelihood.ts";
export { CrossEntropy } from "./cross-entropy.ts";
export { NegativeLogLikelihood } from "./negative-log-likelihood.ts";
export { Perplexity, type PerplexityOptions } from "./perplexity.ts";
export { Loss } from "./loss.ts";
export { Torch } from "./torch.ts";
export { Caffe } from "./caffe.ts";

// Regression
export { MAE } from "./mae.ts";
export { MSE } from "./mse.ts";
export { RMSE } from "./rmse.ts";
export { PearsonCorrelation, type PearsonCorrelationOptions } from "./pearson-correlation.ts";

// The center-loss program
export { CenterLossMetric } from "./center-loss-metric.ts";
export { SeedAccuracy, type SeedAccuracyOptions } from "./seed-accuracy.ts";
