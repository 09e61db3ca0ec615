import type { HostArray } from "@mxgraft/base";
import type { DataDesc } from "./data-desc.ts";

/**
 * One batch (`mx.io.DataBatch`): the arrays belong to the batch, an iterator does not change them later unless it was
 * given them back (`recycle`).
 */
export interface DataBatch {
  /** In the order of the iterator's `provideData`. */
  readonly data: readonly HostArray[];
  /** In the order of the iterator's `provideLabel`. */
  readonly label: readonly HostArray[];
  /** How many rows at the end only fill the batch and must not be counted. */
  readonly pad: number;
  /** Which rows of the source these are. */
  readonly index?: Int32Array;
  /** Only where a batch differs from what the iterator announces. */
  readonly provideData?: readonly DataDesc[];
  readonly provideLabel?: readonly DataDesc[];
}
