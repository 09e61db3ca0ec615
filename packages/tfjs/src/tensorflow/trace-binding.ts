import {
  type OpAttribute,
  type TensorflowBinding,
  type TensorId,
  type TensorMetadata,
  type TensorValues,
  tfjsNodeBackend,
} from "./tfjs-node-backend.ts";

/** Is told what kernels ask TensorFlow for, after it was done. */
export interface BindingTracer {
  created(id: TensorId, shape: readonly number[], dtype: number, values: TensorValues): void;
  executed(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly TensorId[],
    outputs: readonly TensorMetadata[],
  ): void;
  /** Before values are read back; may throw to prevent it. */
  reading(id: TensorId): void;
}

/**
 * Runs `work`, which must not wait, with everything it asks TensorFlow for told to a tracer: how compiled mode learns
 * what a kernel does.
 *
 * @throws BackendError  the backend "tensorflow" is not loaded.
 */
export function traceBinding<T>(tracer: BindingTracer, work: () => T): T {
  const backend = tfjsNodeBackend();
  const real = backend.binding;
  // The functions of the native module cannot be replaced, but the object that the backend calls them on can.
  const traced: TensorflowBinding = Object.create(real, {
    createTensor: {
      value(shape: readonly number[], dtype: number, values: TensorValues): TensorId {
        const id = real.createTensor(shape, dtype, values);
        tracer.created(id, shape, dtype, values);
        return id;
      },
    },
    executeOp: {
      value(name: string, attributes: readonly OpAttribute[], inputs: readonly TensorId[], count: number) {
        const outputs = real.executeOp(name, attributes, inputs, count);
        tracer.executed(name, attributes, inputs, outputs);
        return outputs;
      },
    },
    tensorDataSync: {
      value(id: TensorId) {
        tracer.reading(id);
        return real.tensorDataSync(id);
      },
    },
  });
  backend.binding = traced;
  try {
    return work();
  } finally {
    backend.binding = real;
  }
}
