import { invariant } from "@mxgraft/base";
import { GRAPH_TYPE_NUMBERS } from "@mxgraft/graphdef";
import { type TensorId, tfjsNodeBackend, typeAttribute } from "@mxgraft/tfjs";

/** Numbers that compiled steps add up in TensorFlow's memory, as float64, so that no step reads anything back. */
export class DeviceSums {
  readonly #size: number;
  readonly #backend = tfjsNodeBackend();
  #id: TensorId;

  constructor(size: number) {
    this.#size = size;
    this.#id = this.#zeros();
  }

  /** The array (size) of the sums as they are, which stays theirs. */
  get id(): TensorId {
    return this.#id;
  }

  /** Takes over the array (size) that a step gave. */
  replace(id: TensorId): void {
    this.#backend.binding.deleteTensor(this.#id);
    this.#id = id;
  }

  /** The sums since the last call. */
  take(): number[] {
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
    return Array.from({ length: this.#size }, (_, i) => Number(parts[0]?.[i]) + Number(parts[1]?.[i]));
  }

  dispose(): void {
    this.#backend.binding.deleteTensor(this.#id);
  }

  #zeros(): TensorId {
    const { binding } = this.#backend;
    const { float32, float64 } = GRAPH_TYPE_NUMBERS;
    const zeros = binding.createTensor([this.#size], binding.TF_FLOAT, new Float32Array(this.#size));
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
