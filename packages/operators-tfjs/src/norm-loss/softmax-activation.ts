import type { SoftmaxActivationAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { channelsLast } from "../nn/channels-last.ts";
import { softmaxGradient } from "./softmax-family-kernels.ts";

const portable: TfjsKernel<SoftmaxActivationAttributes> = {
  layouts({ mode }, [data = []]) {
    const own = mode === "channel" ? channelsLast(data.length) : undefined;
    return { arguments: [own], outputs: [own] };
  },
  forward: ({ inputs: [data] }) => (data ? [tf.softmax(data)] : []),
  backward({ attributes: { mode }, outputs: [y], headGradients: [dy] }) {
    if (!y || !dy) return [];
    // MXNet sums over the channels in either mode, which for "instance" is right with two axes only; kept.
    return [softmaxGradient(dy, y, mode === "channel" ? -1 : 1)];
  },
};

/** Kernels of SoftmaxActivation. */
export const softmaxActivationKernels: KernelTable<SoftmaxActivationAttributes> = { portable };
