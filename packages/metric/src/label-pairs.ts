import type { HostArray } from "@mxgraft/base";
import { checkLabelShapes } from "./check-label-shapes.ts";

/** Labels and predictions as pairs, one for each output. */
export function labelPairs(
  labels: readonly HostArray[],
  preds: readonly HostArray[],
  subject: string,
): { label: HostArray; pred: HostArray }[] {
  checkLabelShapes(labels, preds, { subject });
  const pairs: { label: HostArray; pred: HostArray }[] = [];
  for (const [i, label] of labels.entries()) {
    const pred = preds[i];
    if (pred !== undefined) pairs.push({ label, pred });
  }
  return pairs;
}
