import { invariant, type Random } from "@mxgraft/base";
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
import type { ResultTarget } from "./part-draft.ts";

/** A function of TensorFlow that can be called. */
export interface GraphFunction {
  call(inputs: readonly TensorId[], results: number): readonly TensorMetadata[];
  dispose(): void;
}

/** Where an argument comes from, decided as far as it can be. */
export type Argument =
  | { readonly kind: "value"; readonly slot: number }
  | { readonly kind: "gradient"; readonly slot: number; readonly shape: readonly number[] }
  | { readonly kind: "fed"; readonly cell: TensorCell }
  | { readonly kind: "state"; readonly cell: TensorCell; readonly changes: boolean }
  | { readonly kind: "variable"; readonly cell: VariableCell }
  | { readonly kind: "handle"; readonly id: TensorId }
  | { readonly kind: "prepared"; readonly step: number; readonly tensor: number }
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

  run({ values, gradients, prepared }: RunData): void {
    const { binding } = this.#backend;
    const ids = this.#ids;
    /** Arrays that are made for this call only. */
    const own: TensorId[] = [];
    const temporary: tf.Tensor[] = [];
    for (let i = 0; i < ids.length; i++) {
      const argument = this.#arguments[i];
      invariant(argument, `argument ${i} is not there`);
      switch (argument.kind) {
        case "value": {
          const value = values[argument.slot];
          invariant(value, `slot ${argument.slot} has no value`);
          ids[i] = this.#idOf(value);
          break;
        }
        case "gradient": {
          const gradient = gradients?.take(argument.slot) ?? tf.zeros([...argument.shape]);
          temporary.push(gradient);
          ids[i] = this.#idOf(gradient);
          break;
        }
        case "fed":
          ids[i] = this.#idOf(argument.cell.read());
          break;
        case "state":
          ids[i] = argument.cell.handle(argument.changes);
          break;
        case "variable":
          ids[i] = argument.cell.variable.handle;
          break;
        case "handle":
          ids[i] = argument.id;
          break;
        case "prepared": {
          const tensor = prepared?.[argument.step]?.[argument.tensor];
          invariant(tensor, `fused step ${argument.step} has no prepared tensor ${argument.tensor}`);
          ids[i] = this.#idOf(tensor);
          break;
        }
        case "seed":
          ids[i] = this.#made(binding.createTensor([], binding.TF_INT32, Int32Array.of(this.#random.bits())), own);
          break;
        case "none":
          ids[i] = this.#made(binding.createTensor([], binding.TF_FLOAT, new Float32Array(1)), own);
          break;
        case "scalars": {
          const scalars = this.#scalars;
          invariant(scalars, "the scalars are missing");
          ids[i] = this.#made(binding.createTensor([scalars.length], binding.TF_FLOAT, scalars), own);
          break;
        }
        default:
          argument satisfies never;
      }
    }
    let results: readonly TensorMetadata[];
    try {
      results = this.#call.call(ids, this.#results.length);
    } catch (error) {
      throw asValueError(error);
    } finally {
      for (const id of own) binding.deleteTensor(id);
      for (const tensor of temporary) tensor.dispose();
    }
    for (let i = 0; i < this.#results.length; i++) {
      const [target, metadata] = [this.#results[i], results[i]];
      invariant(target && metadata, "a function gave fewer results than were asked for");
      const tensor = this.#backend.createOutputTensor(metadata);
      if (target.kind === "value") values[target.slot] = tensor;
      else gradients?.add(target.slot, tensor);
    }
  }

  dispose(): void {
    this.#call.dispose();
  }

  #made(id: TensorId, own: TensorId[]): TensorId {
    own.push(id);
    return id;
  }

  #idOf(tensor: tf.Tensor): TensorId {
    const [id] = this.#backend.getInputTensorIds([tensor]);
    invariant(id !== undefined, "tfjs-node gave no id for a tensor");
    return id;
  }
}
