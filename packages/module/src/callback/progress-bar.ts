import type { Logger } from "../logger.ts";
import type { BatchEndCallback } from "../module/batch-end-param.ts";

/**
 * A callback that logs a bar of how much of the epoch is done: `[========--------] 50%`.
 *
 * @param total   batches of an epoch.
 * @param length  characters of the full bar, default 80.
 */
export function progressBar(
  total: number,
  { length = 80, logger }: { readonly length?: number; readonly logger?: Logger } = {},
): BatchEndCallback {
  const callback: BatchEndCallback = ({ nbatch, module }) => {
    // MXNet counts from 0 and never shows a full bar.
    const done = Math.min(1, (nbatch + 1) / total);
    const filled = Math.round(length * done);
    const bar = "=".repeat(filled) + "-".repeat(length - filled);
    (logger ?? module.logger)(`[${bar}] ${Math.ceil(100 * done)}%`);
  };
  return Object.assign(callback, { looksAtMetric: () => false });
}
