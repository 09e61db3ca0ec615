import { AttributeError } from "@mxgraft/base";
import { Accuracy } from "./accuracy.ts";
import { Caffe } from "./caffe.ts";
import { CenterLossMetric } from "./center-loss-metric.ts";
import { CompositeEvalMetric } from "./composite-eval-metric.ts";
import { CrossEntropy } from "./cross-entropy.ts";
import { CustomMetric, type MetricFunction } from "./custom-metric.ts";
import type { EvalMetric } from "./eval-metric.ts";
import { F1 } from "./f1.ts";
import { Loss } from "./loss.ts";
import { MAE } from "./mae.ts";
import { MCC } from "./mcc.ts";
import { MSE } from "./mse.ts";
import { NegativeLogLikelihood } from "./negative-log-likelihood.ts";
import { PCC } from "./pcc.ts";
import { PearsonCorrelation } from "./pearson-correlation.ts";
import { Perplexity, type PerplexityOptions } from "./perplexity.ts";
import { registerMetric } from "./registry.ts";
import { RMSE } from "./rmse.ts";
import { SeedAccuracy } from "./seed-accuracy.ts";
import { TopKAccuracy } from "./top-k-accuracy.ts";
import { Torch } from "./torch.ts";

/** The constructor says what is missing or does not fit. */
function makePerplexity(options: Partial<PerplexityOptions>): EvalMetric {
  return new Perplexity(options as PerplexityOptions);
}

function makeCustom(options: { readonly measure?: MetricFunction }): EvalMetric {
  const { measure, ...rest } = options;
  if (measure !== undefined) return new CustomMetric(measure, rest);
  throw new AttributeError(`CustomMetric: option "measure" is missing, expected a function of label and prediction.`, {
    argument: "measure",
  });
}

// MXNet registers its classes by their names in lower case; the rest are the aliases of metric.py in 1.9.1.
registerMetric("CompositeEvalMetric", (options) => new CompositeEvalMetric(options), { aliases: ["composite"] });
registerMetric("Accuracy", (options) => new Accuracy(options), { aliases: ["acc"] });
registerMetric("TopKAccuracy", (options) => new TopKAccuracy(options), { aliases: ["top_k_accuracy", "top_k_acc"] });
registerMetric("F1", (options) => new F1(options));
registerMetric("MCC", (options) => new MCC(options));
registerMetric("Perplexity", makePerplexity);
registerMetric("MAE", (options) => new MAE(options));
registerMetric("MSE", (options) => new MSE(options));
registerMetric("RMSE", (options) => new RMSE(options));
registerMetric("CrossEntropy", (options) => new CrossEntropy(options), { aliases: ["ce"] });
registerMetric("NegativeLogLikelihood", (options) => new NegativeLogLikelihood(options), { aliases: ["nll_loss"] });
registerMetric("PearsonCorrelation", (options) => new PearsonCorrelation(options), { aliases: ["pearsonr"] });
registerMetric("PCC", (options) => new PCC(options));
registerMetric("Loss", (options) => new Loss(options));
registerMetric("Torch", (options) => new Torch(options));
registerMetric("Caffe", (options) => new Caffe(options));
registerMetric("CustomMetric", makeCustom);
// The two of the center-loss program.
registerMetric("SeedAccuracy", (options) => new SeedAccuracy(options), { aliases: ["seed_accuracy"] });
registerMetric("CenterLossMetric", (options) => new CenterLossMetric(options), { aliases: ["center_loss"] });
