import type { Layout } from "@mxgraft/operator";
import { channelsLast } from "../nn/channels-last.ts";

/**
 * The layout in which convolutions leave images, for operators on their channels; MXNet's own for other arrays. Most
 * arrays of four axes are images, and transposing both ways around an operator would cost more than the operator.
 */
export function imageChannelsLast(axis: number, rank: number): Layout {
  return rank === 4 && axis === 1 ? channelsLast(rank) : undefined;
}
