import { LabelLikelihood, type LabelLikelihoodOptions } from "./label-likelihood.ts";

/**
 * Negative log-likelihood: the same number as `CrossEntropy`, under the name `nll-loss`.
 *
 * Shapes (N batch, K classes): label (N) or (N, 1) class indices; pred (N, K) probabilities.
 *
 * @throws ShapeError  label and prediction do not fit together.
 * @throws ValueError  a label is no class (MXNet lets negative ones count from the last class).
 */
export class NegativeLogLikelihood extends LabelLikelihood {
  constructor(options: LabelLikelihoodOptions = {}) {
    super("NegativeLogLikelihood", "nll-loss", options);
  }
}
