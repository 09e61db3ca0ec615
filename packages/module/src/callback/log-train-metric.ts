import { floatFormat } from "../float-format.ts";
import type { Logger } from "../logger.ts";
import type { BatchEndCallback } from "../module/batch-end-param.ts";

/**
 * A callback that logs the metrics every so many batches: `Iter[0] Batch[50] Train-accuracy=0.400000`.
 *
 * @param period     batches between two lines.
 * @param autoReset  whether each line shows the metric since the last one; default false.
 */
export function logTrainMetric(
  period: number,
  { autoReset = false, logger }: { readonly autoReset?: boolean; readonly logger?: Logger } = {},
): BatchEndCallback {
  const callback: BatchEndCallback = ({ epoch, nbatch, evalMetric, module }) => {
    if (nbatch % period !== 0) return;
    for (const [name, value] of evalMetric.getNameValue()) {
      (logger ?? module.logger)(`Iter[${epoch}] Batch[${nbatch}] Train-${name}=${floatFormat(value)}`);
    }
    if (autoReset) evalMetric.resetLocal();
  };
  return Object.assign(callback, { looksAtMetric: (nbatch: number) => nbatch % period === 0 });
}
