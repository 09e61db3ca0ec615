import { invariant, type Random, ValueError } from "@mxgraft/base";
import {
  type TensorCell,
  type TensorId,
  type TensorMetadata,
  type TfjsNodeBackend,
  tfjsNodeBackend,
  type VariableCell,
} from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import type { CompiledPart, RunData } from "../compilation.ts";
import { asValueError } from "./as-value-error.ts";
import type { GraphFunction } from "./carrier.ts";
import type { DeviceSums } from "./device-sums.ts";
import type { ResultTarget } from "./part-draft.ts";

/** Where an argument comes from, decided as far as it can be. */
export type Argument =
  | { readonly kind: "value"; readonly slot: number }
  | { readonly kind: "gradient"; readonly slot: number; readonly shape: readonly number[] }
  | { readonly kind: "fed"; readonly cell: TensorCell }
  | { readonly kind: "state"; readonly cell: TensorCell; readonly changes: boolean }
  | { readonly kind: "variable"; readonly cell: VariableCell }
  | { readonly kind: "rows"; readonly cell: VariableCell; readonly indices: number }
  | { readonly kind: "prepared"; readonly step: number; readonly tensor: number }
  | { readonly kind: "sums"; readonly sums: DeviceSums }
  | { readonly kind: "seed" }
  | { readonly kind: "none" }
  | { readonly kind: "scalars" };

export interface FunctionPartOptions {
  readonly call: GraphFunction;
  readonly arguments: readonly Argument[];
  readonly results: readonly ResultTarget[];
  readonly random: Random;
  /** The numbers for the arguments "scalars", written before each run. */
  readonly scalars?: Float32Array;
}

/** A function with where its arguments come from and its results go. */
export class FunctionPart implements CompiledPart {
  readonly kind = "compiled";
  readonly #backend: TfjsNodeBackend = tfjsNodeBackend();
  readonly #call: GraphFunction;
  readonly #arguments: readonly Argument[];
  readonly #results: readonly ResultTarget[];
  readonly #random: Random;
  readonly #scalars: Float32Array | undefined;
  readonly #ids: TensorId[];

  constructor(options: FunctionPartOptions) {
    this.#call = options.call;
    this.#arguments = options.arguments;
    this.#results = options.results;
    this.#random = options.random;
    this.#scalars = options.scalars;
    this.#ids = new Array<TensorId>(options.arguments.length).fill(0);
  }

  run(data: RunData): void {
    /** What is made for this run only. */
    const temporary: Temporary = { ids: [], tensors: [], indices: new Map() };
    try {
      for (const [i, argument] of this.#arguments.entries())
        this.#ids[i] = this.#idOfArgument(argument, data, temporary);
      const results = this.#call.call(this.#ids, this.#results.length);
      for (const [i, target] of this.#results.entries()) {
        const result = results[i];
        invariant(result, "a graph gave fewer results than were asked for");
        this.#put(target, result, data, temporary);
      }
    } catch (error) {
      throw asValueError(error);
    } finally {
      for (const id of temporary.ids) this.#backend.binding.deleteTensor(id);
      for (const tensor of temporary.tensors) tensor.dispose();
    }
  }

  dispose(): void {
    this.#call.dispose();
  }

  #idOfArgument(argument: Argument, data: RunData, temporary: Temporary): TensorId {
    const { binding } = this.#backend;
    switch (argument.kind) {
      case "value":
      case "fed":
        return this.#idOf(arrayOf(argument, data));
      case "gradient": {
        const gradient = data.gradients?.take(argument.slot) ?? tf.zeros([...argument.shape]);
        temporary.tensors.push(gradient);
        return this.#idOf(gradient);
      }
      case "state":
        return argument.cell.handle(argument.changes);
      case "variable":
        return argument.cell.variable.handle;
      case "rows": {
        const rows = gather(argument.cell, this.#indices(argument, data, temporary));
        temporary.tensors.push(rows);
        return this.#idOf(rows);
      }
      case "sums":
        return argument.sums.id;
      case "prepared": {
        const tensor = data.prepared?.[argument.step]?.[argument.tensor];
        invariant(tensor, `fused step ${argument.step} has no prepared tensor ${argument.tensor}`);
        return this.#idOf(tensor);
      }
      case "seed":
        return made(binding.createTensor([], binding.TF_INT32, Int32Array.of(this.#random.bits())), temporary);
      case "none":
        return made(binding.createTensor([], binding.TF_FLOAT, new Float32Array(1)), temporary);
      case "scalars": {
        const scalars = this.#scalars;
        invariant(scalars, "the scalars are missing");
        return made(binding.createTensor([scalars.length], binding.TF_FLOAT, scalars), temporary);
      }
      default:
        return argument satisfies never;
    }
  }

  #put(target: ResultTarget, result: TensorMetadata, data: RunData, temporary: Temporary): void {
    // tfjs has no tensors of float64.
    if (target.kind === "sums") {
      target.sums.replace(result.id);
      return;
    }
    const tensor = this.#backend.createOutputTensor(result);
    switch (target.kind) {
      case "value":
        data.values[target.slot] = tensor;
        return;
      case "gradient":
        data.gradients?.add(target.slot, tensor);
        return;
      case "state":
        target.cell.write(tensor);
        return;
      case "rows":
        temporary.tensors.push(tensor);
        target.cell.variable.scatterAdd(this.#indices(target, data, temporary), tensor);
        return;
      default:
        target satisfies never;
    }
  }

  /** Which rows of a table are meant, (n) int32. */
  #indices({ indices }: { readonly indices: number }, data: RunData, temporary: Temporary): tf.Tensor {
    const known = temporary.indices.get(indices);
    if (known !== undefined) return known;
    const argument = this.#arguments[indices];
    invariant(argument?.kind === "value" || argument?.kind === "fed", `argument ${indices} is no array`);
    const cast = tf.cast(arrayOf(argument, data), "int32");
    temporary.tensors.push(cast);
    temporary.indices.set(indices, cast);
    return cast;
  }

  #idOf(tensor: tf.Tensor): TensorId {
    const [id] = this.#backend.getInputTensorIds([tensor]);
    invariant(id !== undefined, "tfjs-node gave no id for a tensor");
    return id;
  }
}

interface Temporary {
  readonly ids: TensorId[];
  readonly tensors: tf.Tensor[];
  /** Row indices, by the number of the argument. */
  readonly indices: Map<number, tf.Tensor>;
}

function made(id: TensorId, { ids }: Temporary): TensorId {
  ids.push(id);
  return id;
}

/** @throws ValueError  an index is out of range (on the processor; a GPU gives zeros). */
function gather({ name, variable }: VariableCell, indices: tf.Tensor): tf.Tensor {
  try {
    return variable.gather(indices);
  } catch (error) {
    const refused = asValueError(error);
    if (!(refused instanceof ValueError)) throw error;
    throw new ValueError(`Rows of "${name}": ${refused.message}`, { argument: name }, { cause: error });
  }
}

function arrayOf(argument: Extract<Argument, { kind: "value" | "fed" }>, { values }: RunData): tf.Tensor {
  if (argument.kind === "fed") return argument.cell.read();
  const value = values[argument.slot];
  invariant(value, `slot ${argument.slot} has no value`);
  return value;
}
