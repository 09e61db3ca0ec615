import type * as tf from "@tensorflow/tfjs";

/** Tensors by the names that a kernel gives its inputs. */
export type TensorInfos = Readonly<Record<string, tf.TensorInfo>>;

/** A kernel as it is called: named inputs and attributes, with the backend. */
export type Compute<Inputs, Attributes, Backend> = (call: {
  readonly inputs: Inputs;
  readonly attrs: Attributes;
  readonly backend: Backend;
}) => tf.TensorInfo;

/** Gives a kernel of tfjs by name, also one that ours has replaced. */
export type Stock<Backend> = (name: string) => Compute<TensorInfos, object, Backend>;

/** A kernel that takes the place of one of tfjs, or fills a gap; made at its installation from the kernels that tfjs brings. */
export interface ReplacementKernel {
  readonly name: string;
  create(stock: Stock<unknown>): tf.KernelFunc;
}

/**
 * A kernel that takes the place of one of tfjs, or fills a gap.
 *
 * @param create  gets a function that gives a kernel of tfjs by name, this kernel's own predecessor included.
 */
export function replacementKernel<Inputs, Attributes, Backend>(
  name: string,
  create: (stock: Stock<Backend>) => Compute<Inputs, Attributes, Backend>,
): ReplacementKernel {
  return {
    name,
    // tfjs types what it hands to kernels as `{}`; the caller of a kernel passes what its name promises.
    create: (stock) => {
      const compute = create(stock);
      return ({ inputs, attrs, backend }) =>
        compute({ inputs: inputs as Inputs, attrs: attrs as Attributes, backend: backend as Backend });
    },
  };
}
