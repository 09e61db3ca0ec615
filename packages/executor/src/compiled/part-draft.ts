import { GraphDraft } from "@mxgraft/graphdef";
import type { GraphState, GraphType, GraphValue } from "@mxgraft/operator";
import {
  physicalShape,
  type StateCell,
  type TensorCell,
  type TensorId,
  tensorType,
  type VariableCell,
} from "@mxgraft/tfjs";
import { nativeGraphOperators } from "./native-graph-operators.ts";
import { NotCompilableError } from "./not-compilable.ts";

/** Where the argument of a function comes from at each run. */
export type ArgumentSource =
  /** A value that another part or an eager step left. */
  | { readonly kind: "value"; readonly slot: number }
  /** The gradient that was gathered so far; zeros when there is none. */
  | { readonly kind: "gradient"; readonly slot: number }
  /** An argument of the graph that gets new values at each run. */
  | { readonly kind: "fed"; readonly cell: TensorCell }
  | { readonly kind: "state"; readonly cell: TensorCell | VariableCell }
  /** A variable that belongs to the function alone. */
  | { readonly kind: "handle"; readonly id: TensorId }
  /** What an evaluation prepared of the weights of a fused step. */
  | { readonly kind: "prepared"; readonly step: number; readonly tensor: number }
  | { readonly kind: "seed" }
  /** Not used: the step that asked for it turned out to stay eager. */
  | { readonly kind: "none" }
  | { readonly kind: "scalars" };

/** Where a result of a function goes. */
export interface ResultTarget {
  readonly kind: "value" | "gradient";
  readonly slot: number;
}

/** A function that is being built: its graph, and what comes in and goes out. */
export class PartDraft {
  readonly graph = new GraphDraft(nativeGraphOperators());
  /** One for each argument of the graph. */
  readonly arguments: ArgumentSource[] = [];
  /** One for each result of the graph. */
  readonly results: ResultTarget[] = [];
  /** Values in the graph, by slot. */
  readonly values = new Map<number, GraphValue>();
  /** Gradients in the graph, by slot. */
  readonly gradients = new Map<number, GraphValue>();
  readonly #states = new Map<StateCell, GraphState>();
  readonly #fed = new Map<TensorCell, GraphValue>();
  readonly #exported = new Set<string>();
  #seed: GraphValue | undefined;
  #seeds = 0;

  argument(source: ArgumentSource, type: GraphType): GraphValue {
    this.arguments.push(source);
    return this.graph.argument(type);
  }

  /** Makes a value a result, once. */
  result(target: ResultTarget, value: GraphValue): void {
    const key = `${target.kind} ${target.slot}`;
    if (this.#exported.has(key)) return;
    this.#exported.add(key);
    this.results.push(target);
    this.graph.result(value);
  }

  fed(cell: TensorCell): GraphValue {
    const known = this.#fed.get(cell);
    if (known !== undefined) return known;
    const value = this.argument({ kind: "fed", cell }, tensorType(cell.dtype));
    this.#fed.set(cell, value);
    return value;
  }

  state(cell: StateCell): GraphState {
    const known = this.#states.get(cell);
    if (known !== undefined) return known;
    if (cell.kind === "host") throw new NotCompilableError(`it keeps "${cell.name}" in JavaScript memory`);
    this.arguments.push({ kind: "state", cell });
    const physical = physicalShape(cell.shape, cell.kind === "tensor" ? cell.layout : undefined);
    const state = this.graph.state(cell.kind === "tensor" ? tensorType(cell.dtype) : "float32", physical);
    this.#states.set(cell, state);
    return state;
  }

  /** Two int32 numbers that differ at each call and each asking. */
  seed(): GraphValue {
    this.#seed ??= this.argument({ kind: "seed" }, "int32");
    return this.graph.one("Pack", [[this.#seed, this.graph.constant(this.#seeds++, "int32")]]);
  }
}
