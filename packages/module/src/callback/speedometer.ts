import { floatFormat } from "../float-format.ts";
import type { Logger } from "../logger.ts";
import type { BatchEndCallback } from "../module/batch-end-param.ts";

export interface SpeedometerOptions {
  /** Batches between two lines; default 50. */
  readonly frequent?: number;
  /** Whether each line shows the metric since the last one; default true. Otherwise since the epoch began. */
  readonly autoReset?: boolean;
  /** Where the lines go; by default to the module's. */
  readonly logger?: Logger;
}

/**
 * A callback that logs speed and metrics now and then:
 *
 *   Epoch[0] Batch [50-100]	Speed: 1764.83 samples/sec	accuracy=0.400000
 *
 * @param batchSize  rows of a batch.
 */
export function speedometer(batchSize: number, options: SpeedometerOptions = {}): BatchEndCallback {
  const { frequent = 50, autoReset = true } = options;
  let since: number | undefined;
  let last = 0;
  const callback: BatchEndCallback = ({ epoch, nbatch, evalMetric, module }) => {
    // A smaller number than before: another epoch has begun.
    if (last > nbatch) since = undefined;
    last = nbatch;
    if (since === undefined) {
      since = performance.now();
      return;
    }
    if (nbatch % frequent !== 0) return;
    const speed = (frequent * batchSize * 1000) / (performance.now() - since);
    const metrics = evalMetric.getNameValue().map(([name, value]) => `\t${name}=${floatFormat(value)}`);
    const from = autoReset ? nbatch - frequent : 0;
    const log = options.logger ?? module.logger;
    log(`Epoch[${epoch}] Batch [${from}-${nbatch}]\tSpeed: ${floatFormat(speed, 2)} samples/sec${metrics.join("")}`);
    if (autoReset) evalMetric.resetLocal();
    since = performance.now();
  };
  return Object.assign(callback, { looksAtMetric: (nbatch: number) => nbatch > 0 && nbatch % frequent === 0 });
}
