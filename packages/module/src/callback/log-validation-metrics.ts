import { floatFormat } from "../float-format.ts";
import type { Logger } from "../logger.ts";
import type { BatchEndCallback } from "../module/batch-end-param.ts";

/** A callback for the end of an evaluation that logs its metrics: `Epoch[0] Validation-accuracy=0.912000`. */
export function logValidationMetrics({ logger }: { readonly logger?: Logger } = {}): BatchEndCallback {
  return ({ epoch, evalMetric, module }) => {
    for (const [name, value] of evalMetric.getNameValue()) {
      (logger ?? module.logger)(`Epoch[${epoch}] Validation-${name}=${floatFormat(value)}`);
    }
  };
}
