import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import type * as tf from "@tensorflow/tfjs";

/** The new weight, and after it the new slots, from the arguments of an update rule. */
type Rule<A> = (attributes: A, ...tensors: tf.Tensor[]) => readonly tf.Tensor[];

/** The kernels of an update rule: element by element, in whatever order the parameter is kept. */
export function updateKernels<A extends object>(rule: Rule<A>): KernelTable<A> {
  const portable: TfjsKernel<A> = {
    layouts: (_, argumentShapes) => ({ arguments: argumentShapes.map(() => "any"), outputs: ["any"] }),
    forward: ({ attributes, inputs }) => rule(attributes, ...inputs),
  };
  return { portable };
}
