import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

interface MixedArguments {
  /** How many there are, with the copy. */
  readonly count: number;
  /** Which of them is the copy of the weight in float32. */
  readonly copy: number;
  /** Those of shape (1). */
  readonly scalars?: readonly number[];
  /** Whether the output is the new weight, and the copy, too. */
  readonly movesWeight: boolean;
}

/**
 * The kernels of a rule for a parameter with a copy in float32: those of the rule without it, which take the copy for
 * the weight.
 */
export function mixedUpdateKernels<A extends object>(
  plain: KernelTable<A>,
  { count, copy, scalars = [], movesWeight }: MixedArguments,
): KernelTable<A> {
  const portable: TfjsKernel<A> = {
    layouts: () => ({
      arguments: Array.from({ length: count }, (_, i) => (scalars.includes(i) ? undefined : "any")),
      outputs: ["any"],
    }),
    forward(call) {
      const weight = call.inputs[copy];
      const rule = plain.portable;
      if (!weight || !rule) return [];
      const results = rule.forward({ ...call, inputs: [weight, ...call.inputs.toSpliced(copy, 1).slice(1)] });
      if (results instanceof Promise) throw new Error("internal: an update rule waits for nothing");
      const [output] = results;
      return movesWeight && output ? [...results, tf.clone(output)] : results;
    },
  };
  return { portable };
}
