import { invariant } from "@mxgraft/base";
import { GRAPH_TYPE_NUMBERS } from "@mxgraft/graphdef";
import {
  booleanAttribute,
  shapeAttribute,
  stringAttribute,
  type TensorId,
  tfjsNodeBackend,
  typeAttribute,
  uniqueName,
} from "@mxgraft/tfjs";
import type { StepExpression } from "../step-expression.ts";
import { noSteps, type StepSums, type TakenSums } from "../step-sums.ts";

/** Numbers that compiled steps add up in a variable of TensorFlow, as float64, so that no step reads anything back. */
export class DeviceSums implements StepSums {
  readonly expressions: readonly StepExpression[];
  readonly handle: TensorId;
  readonly #backend = tfjsNodeBackend();
  #steps = 0;

  constructor(expressions: readonly StepExpression[]) {
    this.expressions = expressions;
    const { binding } = this.#backend;
    const [handle] = binding.executeOp(
      "VarHandleOp",
      [
        typeAttribute(binding, "dtype", GRAPH_TYPE_NUMBERS.float64),
        shapeAttribute(binding, "shape", [expressions.length]),
        stringAttribute(binding, "shared_name", uniqueName("mxgraft_sums")),
        stringAttribute(binding, "container", ""),
      ],
      [],
      1,
    );
    invariant(handle, "VarHandleOp gave no handle");
    this.handle = handle.id;
    this.#clear();
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
    const made: TensorId[] = [];
    const run = (name: string, types: readonly (readonly [string, number])[], inputs: readonly TensorId[]) => {
      const attributes = types.map(([attribute, type]) => typeAttribute(binding, attribute, type));
      const [output] = binding.executeOp(name, attributes, inputs, 1);
      invariant(output, `${name} gave nothing`);
      made.push(output.id);
      return output.id;
    };
    const cast = (id: TensorId, from: number, to: number) =>
      run(
        "Cast",
        [
          ["SrcT", from],
          ["DstT", to],
        ],
        [id],
      );
    // tfjs-node reads no float64: a number goes over as its nearest float32 and what is left.
    const value = run("ReadVariableOp", [["dtype", float64]], [this.handle]);
    const high = cast(value, float64, float32);
    const rest = run("Sub", [["T", float64]], [value, cast(high, float32, float64)]);
    const parts = [high, cast(rest, float64, float32)].map((id) => binding.tensorDataSync(id));
    for (const id of made) binding.deleteTensor(id);
    this.#clear();
    return { steps, values: this.expressions.map((_, i) => Number(parts[0]?.[i]) + Number(parts[1]?.[i])) };
  }

  dispose(): void {
    const { binding } = this.#backend;
    binding.executeOp("DestroyResourceOp", [booleanAttribute(binding, "ignore_lookup_error", true)], [this.handle], 0);
    binding.deleteTensor(this.handle);
  }

  #clear(): void {
    this.#steps = 0;
    const { binding } = this.#backend;
    const { float32, float64 } = GRAPH_TYPE_NUMBERS;
    const zeros = binding.createTensor(
      [this.expressions.length],
      binding.TF_FLOAT,
      new Float32Array(this.expressions.length),
    );
    const types = [typeAttribute(binding, "SrcT", float32), typeAttribute(binding, "DstT", float64)];
    const [cast] = binding.executeOp("Cast", types, [zeros], 1);
    invariant(cast, "Cast gave nothing");
    binding.executeOp("AssignVariableOp", [typeAttribute(binding, "dtype", float64)], [this.handle, cast.id], 0);
    binding.deleteTensor(zeros);
    binding.deleteTensor(cast.id);
  }
}
