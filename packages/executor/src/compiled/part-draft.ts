import { GraphDraft } from "@mxgraft/graphdef";
import type { GraphState, GraphType, GraphValue } from "@mxgraft/operator";
import { physicalShape, type StateCell, type TensorCell, tensorType, type VariableCell } from "@mxgraft/tfjs";
import type { Carrier } from "./carrier.ts";
import type { DeviceSums } from "./device-sums.ts";
import { NotCompilableError } from "./not-compilable.ts";
import { OutsideRows } from "./outside-rows.ts";

/** Where the argument of a function comes from at each run. */
export type ArgumentSource =
  /** A value that another part or an eager step left. */
  | { readonly kind: "value"; readonly slot: number }
  /** The gradient that was gathered so far; zeros when there is none. */
  | { readonly kind: "gradient"; readonly slot: number }
  /** An argument of the graph that gets new values at each run. */
  | { readonly kind: "fed"; readonly cell: TensorCell }
  | { readonly kind: "state"; readonly cell: TensorCell | VariableCell }
  /** Rows of a table that the graph does not see. */
  | {
      readonly kind: "rows";
      readonly cell: VariableCell;
      /** The number of the argument that holds which. */
      readonly indices: number;
    }
  /** What the sums have come to; the new ones are a result. */
  | { readonly kind: "sums"; readonly sums: DeviceSums }
  /** What an evaluation prepared of the weights of a fused step. */
  | { readonly kind: "prepared"; readonly step: number; readonly tensor: number }
  | { readonly kind: "seed" }
  /** Not used: the step that asked for it turned out to stay eager. */
  | { readonly kind: "none" }
  | { readonly kind: "scalars" };

/** Where a result of a function goes. */
export type ResultTarget =
  | { readonly kind: "value" | "gradient"; readonly slot: number }
  /** The new value of a state that went in by value. */
  | { readonly kind: "state"; readonly cell: TensorCell }
  /** What is to be added to rows of a table that the graph does not see; `indices` is the number of an argument. */
  | { readonly kind: "rows"; readonly cell: VariableCell; readonly indices: number }
  | { readonly kind: "sums"; readonly sums: DeviceSums };

/** A function that is being built: its graph, and what comes in and goes out. */
export class PartDraft {
  readonly graph: GraphDraft;
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
  readonly #carrier: Carrier;
  #seed: GraphValue | undefined;
  #seeds = 0;

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
    this.graph = new GraphDraft(carrier.offers);
  }

  argument(source: ArgumentSource, type: GraphType): GraphValue {
    this.arguments.push(source);
    return this.graph.argument(type);
  }

  /** Makes a value a result, of a slot once. */
  result(target: ResultTarget, value: GraphValue): void {
    if (target.kind === "value" || target.kind === "gradient") {
      const key = `${target.kind} ${target.slot}`;
      if (this.#exported.has(key)) return;
      this.#exported.add(key);
    }
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
    const state =
      this.#carrier.states === "value" && cell.kind === "variable"
        ? new OutsideRows(this, cell)
        : this.#stateArgument(cell);
    this.#states.set(cell, state);
    return state;
  }

  #stateArgument(cell: TensorCell | VariableCell): GraphState {
    this.arguments.push({ kind: "state", cell });
    const physical = physicalShape(cell.shape, cell.kind === "tensor" ? cell.layout : undefined);
    return this.graph.state(cell.kind === "tensor" ? tensorType(cell.dtype) : "float32", physical);
  }

  /** Two int32 numbers that differ at each call and each asking. */
  seed(): GraphValue {
    this.#seed ??= this.argument({ kind: "seed" }, "int32");
    return this.graph.one("Pack", [[this.#seed, this.graph.constant(this.#seeds++, "int32")]]);
  }
}
