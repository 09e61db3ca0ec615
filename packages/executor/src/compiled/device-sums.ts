import { invariant } from "@mxgraft/base";
import { GRAPH_TYPE_NUMBERS } from "@mxgraft/graphdef";
import { type TensorId, tfjsNodeBackend, typeAttribute } from "@mxgraft/tfjs";
import type { StepExpression } from "../step-expression.ts";
import { noSteps, type StepSums, type TakenSums } from "../step-sums.ts";

/** Numbers that compiled steps add up in TensorFlow's memory, as float64, so that no step reads anything back. */
export class DeviceSums implements StepSums {
  readonly expressions: readonly StepExpression[];
  readonly #backend = tfjsNodeBackend();
  #id: TensorId;
  #steps = 0;

  constructor(expressions: readonly StepExpression[]) {
    this.expressions = expressions;
    this.#id = this.#zeros();
  }

  /** The array (one for each expression) of the sums as they are, which stays theirs. */
  get id(): TensorId {
    return this.#id;
  }

  /** Takes over the array that a step gave. */
  replace(id: TensorId): void {
    this.#backend.binding.deleteTensor(this.#id);
    this.#id = id;
  }

  added(): void {
    this.#steps++;
  }

  /** The sums since the last call. */
  take(): TakenSums {
    const steps = this.#steps;
    if (steps === 0) return noSteps(this.expressions);
    const { binding } = this.#backend;
    const { float32, float64 } = GRAPH_TYPE_NUMBERS;
    // tfjs-node reads no float64: a number goes over as its nearest float32 and what is left.
    const high = this.#cast(this.#id, float64, float32);
    const near = this.#cast(high, float32, float64);
    const [rest] = binding.executeOp("Sub", [typeAttribute(binding, "T", float64)], [this.#id, near], 1);
    invariant(rest, "Sub gave nothing");
    const low = this.#cast(rest.id, float64, float32);
    const parts = [high, low].map((id) => binding.tensorDataSync(id));
    for (const id of [high, near, rest.id, low]) binding.deleteTensor(id);
    this.replace(this.#zeros());
    this.#steps = 0;
    return { steps, values: this.expressions.map((_, i) => Number(parts[0]?.[i]) + Number(parts[1]?.[i])) };
  }

  dispose(): void {
    this.#backend.binding.deleteTensor(this.#id);
  }

  #zeros(): TensorId {
    const { binding } = this.#backend;
    const { float32, float64 } = GRAPH_TYPE_NUMBERS;
    const size = this.expressions.length;
    const zeros = binding.createTensor([size], binding.TF_FLOAT, new Float32Array(size));
    const cast = this.#cast(zeros, float32, float64);
    binding.deleteTensor(zeros);
    return cast;
  }

  #cast(id: TensorId, from: number, to: number): TensorId {
    const { binding } = this.#backend;
    const types = [typeAttribute(binding, "SrcT", from), typeAttribute(binding, "DstT", to)];
    const [cast] = binding.executeOp("Cast", types, [id], 1);
    invariant(cast, "Cast gave nothing");
    return cast.id;
  }
}
