import { LabelLikelihood, type LabelLikelihoodOptions } from "./label-likelihood.ts";

/**
 * Cross entropy of probabilities and labels: the mean over rows of -log(pred[label] + eps).
 *
 * Shapes (N batch, K classes): label (N) or (N, 1) class indices; pred (N, K) probabilities.
 *
 * @throws ShapeError  label and prediction do not fit together.
 * @throws ValueError  a label is no class (MXNet lets negative ones count from the last class).
 */
export class CrossEntropy extends LabelLikelihood {
  constructor(options: LabelLikelihoodOptions = {}) {
    super("CrossEntropy", "cross-entropy", options);
  }
}
