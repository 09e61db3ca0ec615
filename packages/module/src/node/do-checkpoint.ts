import type { Logger } from "../logger.ts";
import type { EpochEndCallback } from "../module/epoch-end.ts";
import { saveCheckpoint } from "./checkpoint.ts";
import { checkpointPaths } from "./checkpoint-paths.ts";

/**
 * A callback for the end of an epoch that writes graph and parameters: `prefix-symbol.json`, `prefix-0001.params`.
 *
 * @param period  epochs between two checkpoints, default 1.
 */
export function doCheckpoint(
  prefix: string,
  { period = 1, logger }: { readonly period?: number; readonly logger?: Logger } = {},
): EpochEndCallback {
  const every = Math.max(1, Math.trunc(period));
  return ({ epoch, symbol, argParams, auxParams }) => {
    if ((epoch + 1) % every !== 0) return;
    saveCheckpoint(prefix, epoch + 1, { symbol, argParams, auxParams });
    logger?.(`Saved checkpoint to "${checkpointPaths(prefix, epoch + 1).params}"`);
  };
}
