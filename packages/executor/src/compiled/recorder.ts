import { hostArray, invariant, type Random, RegistryError, type Shape } from "@mxgraft/base";
import type { GraphDraft } from "@mxgraft/graphdef";
import type { GraphState, GraphValue } from "@mxgraft/operator";
import {
  type BindingTracer,
  type OpAttribute,
  type StateCell,
  type TensorCell,
  type TensorId,
  type TensorMetadata,
  type TensorValues,
  tensorType,
  tfjsNodeBackend,
  traceBinding,
} from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { NotCompilableError } from "./not-compilable.ts";

/** A value of the recording, put into the graph when it is first needed. */
type Later = () => GraphValue;

interface Known {
  readonly value: Later;
  /** Whether it depends on nothing that is fed. */
  readonly constant: boolean;
}

/** A stream of random numbers whose use cannot be recorded: a graph would draw the same ones at each step. */
export const unrecordableRandom: Random = new Proxy(Object.create(null), {
  get() {
    throw new NotCompilableError("it draws random numbers in JavaScript");
  },
});

/**
 * Compiles a kernel without a lowering: runs it once on zeros and notes down which operators of TensorFlow it calls.
 * All that it computes in JavaScript is thereby fixed, sizes among it. Nothing goes into the graph before `valuesOf`,
 * so that a kernel which cannot be recorded leaves no trace.
 */
export class Recorder implements BindingTracer {
  readonly #graph: GraphDraft;
  readonly #known = new Map<TensorId, Known>();
  /** Reads and writes of states, in order. */
  readonly #actions: (() => void)[] = [];
  readonly #dummies: tf.Tensor[] = [];

  /** Not the traced one. */
  readonly #binding = tfjsNodeBackend().binding;

  constructor(graph: GraphDraft) {
    this.#graph = graph;
  }

  /** A tensor of zeros that stands for a value of the graph. */
  standIn(shape: Shape, value: GraphValue): tf.Tensor {
    const tensor = this.#zeros(shape, value.type);
    this.#known.set(idOf(tensor), { value: () => value, constant: false });
    return tensor;
  }

  /** As `standIn` if the value is there for the kernel; else a tensor that says its shape and has no values. */
  standInFor(shape: Shape, value: () => GraphValue, readable: boolean): tf.Tensor {
    if (readable) return this.standIn(shape, value());
    const tensor = tf.zeros([...shape]);
    tensor.dispose();
    return tensor;
  }

  /** A cell that stands for a state of the graph. */
  standInCell(cell: StateCell, physical: Shape, state: GraphState): TensorCell {
    if (cell.kind !== "tensor") {
      throw new NotCompilableError(`it keeps "${cell.name}" in a ${cell.kind} cell and has no lowering`);
    }
    const refuse = (): never => {
      throw new NotCompilableError(`it changes "${cell.name}" in JavaScript`);
    };
    const tensor = this.#zeros(physical, tensorType(cell.dtype));
    let read: GraphValue | undefined;
    this.#known.set(idOf(tensor), {
      value: () => {
        invariant(read, `state "${cell.name}" is used before it is read`);
        return read;
      },
      constant: false,
    });
    let current = tensor;
    let asked = false;
    const { name, shape, layout } = cell;
    return {
      kind: "tensor",
      name,
      shape,
      dtype: cell.dtype,
      layout,
      version: cell.kind === "tensor" ? cell.version : 0,
      read: () => {
        if (current === tensor && !asked) {
          asked = true;
          this.#actions.push(() => {
            read = state.read();
          });
        }
        return current;
      },
      write: (next) => {
        const id = idOf(next);
        this.#actions.push(() => state.write(this.#valueOf(id)));
        tf.keep(next);
        this.#dummies.push(next);
        current = next;
      },
      handle: refuse,
      toHost: refuse,
      set: refuse,
      dispose: refuse,
    };
  }

  /**
   * Runs a kernel.
   *
   * @returns shapes of what it gave, and a function that puts the recording into the graph and gives its values.
   * @throws NotCompilableError  it does what a graph cannot.
   */
  record(run: () => readonly (tf.Tensor | undefined)[]): {
    readonly shapes: readonly (Shape | undefined)[];
    values(): (GraphValue | undefined)[];
  } {
    const engine = tf.engine();
    const { random } = Math;
    Math.random = () => unrecordableRandom.uniform();
    engine.startScope("record");
    try {
      const { ids, shapes } = traceBinding(this, () => {
        const results = run();
        return {
          ids: results.map((tensor) => tensor && idOf(tensor)),
          shapes: results.map((tensor) => tensor?.shape),
        };
      });
      // Ids are looked up after the tensors are gone, and are never given to others.
      return {
        shapes,
        values: () => {
          for (const action of this.#actions) action();
          return ids.map((id) => (id === undefined ? undefined : this.#valueOf(id)));
        },
      };
    } finally {
      Math.random = random;
      engine.endScope();
      for (const tensor of this.#dummies) if (!tensor.isDisposed) tensor.dispose();
    }
  }

  created(id: TensorId, shape: readonly number[], _dtype: number, values: TensorValues): void {
    // The values are copied: kernels reuse their arrays.
    const copy = values.slice();
    this.#known.set(id, { value: once(() => this.#constant(copy, shape)), constant: true });
  }

  executed(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly TensorId[],
    outputs: readonly TensorMetadata[],
  ): void {
    if (["Variable", "Resource", "VarHandle"].some((word) => name.includes(word))) {
      throw new NotCompilableError(`it calls ${name} itself`);
    }
    for (const id of inputs) this.#capture(id);
    const constant = inputs.every((id) => this.#known.get(id)?.constant);
    const node = once(() => this.#node(name, attributes, inputs));
    for (const [i, { id }] of outputs.entries()) {
      this.#known.set(id, {
        value: () => {
          const output = node()[i];
          invariant(output, `${name} has no output ${i}`);
          return output;
        },
        constant,
      });
    }
  }

  reading(id: TensorId): void {
    if (this.#known.get(id)?.constant === false) throw new NotCompilableError("it reads values back");
  }

  /** Takes a tensor that was there before, which a kernel keeps for later use, by value. */
  #capture(id: TensorId): void {
    if (this.#known.has(id)) return;
    const binding = this.#binding;
    const values = binding.tensorDataSync(id).slice();
    const dtype =
      values instanceof Float32Array
        ? binding.TF_FLOAT
        : values instanceof Int32Array
          ? binding.TF_INT32
          : binding.TF_BOOL;
    const [shape] = binding.executeOp(
      "Shape",
      [
        { name: "T", type: binding.TF_ATTR_TYPE, value: dtype },
        { name: "out_type", type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
      ],
      [id],
      1,
    );
    invariant(shape, "Shape gave nothing");
    const sizes = [...binding.tensorDataSync(shape.id)];
    binding.deleteTensor(shape.id);
    this.created(id, sizes, dtype, values);
  }

  #constant(values: TensorValues, shape: Shape): GraphValue {
    if (values instanceof Float32Array) return this.#graph.array(hostArray("float32", shape, values));
    if (values instanceof Int32Array) return this.#graph.array(hostArray("int32", shape, values));
    if (values instanceof Uint8Array) return this.#graph.array(hostArray("bool", shape, values));
    throw new NotCompilableError("it computes with strings");
  }

  #node(name: string, attributes: readonly OpAttribute[], inputs: readonly TensorId[]): readonly GraphValue[] {
    const values = inputs.map((id) => this.#valueOf(id));
    try {
      return this.#graph.called(name, values, attributes);
    } catch (error) {
      if (error instanceof RegistryError) throw new NotCompilableError(error.message);
      throw error;
    }
  }

  #valueOf(id: TensorId): GraphValue {
    const known = this.#known.get(id);
    invariant(known, `array ${id} was not recorded`);
    return known.value();
  }

  #zeros(shape: Shape, type: GraphValue["type"]): tf.Tensor {
    const tensor = tf.keep(tf.zeros([...shape], type === "int32" || type === "bool" ? type : "float32"));
    this.#dummies.push(tensor);
    return tensor;
  }
}

/** Uploads values that were held back, so that reading them goes through the binding. */
function idOf(tensor: tf.Tensor): TensorId {
  const [id] = tfjsNodeBackend().getInputTensorIds([tensor]);
  invariant(id !== undefined, "tfjs-node gave no id for a tensor");
  return id;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
