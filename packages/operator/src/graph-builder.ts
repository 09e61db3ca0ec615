import type { DType, Shape } from "@mxgraft/base";

/** Data types of values in a TensorFlow graph. Arrays have the type tfjs keeps them in: float32, int32 or bool. */
export type GraphType = DType | "string" | "resource";

/** A value of a graph that is being built: an output of one of its nodes, or an input. Made by a builder only. */
export interface GraphValue {
  readonly type: GraphType;
}

/** A value, or several for an operator's argument that is a list. */
export type GraphInput = GraphValue | readonly GraphValue[];

/** What an attribute of a TensorFlow operator can be; its definition says how a number or a text is meant. */
export type GraphAttribute =
  | boolean
  | number
  | string
  | { readonly shape: Shape }
  | { readonly type: GraphType }
  | readonly number[]
  | readonly string[]
  | { readonly types: readonly GraphType[] };

/**
 * An array that lives from step to step, as a graph sees it: a parameter, an auxiliary state, a slot of an optimizer.
 * Reads and writes happen in the order in which they are asked for.
 */
export interface GraphState {
  /** The handle of the variable, for TensorFlow's `Resource...` operators. */
  readonly handle: GraphValue;
  /** The shape in memory. */
  readonly shape: Shape;
  /** The whole array. Never for a large table: gather its rows. */
  read(): GraphValue;
  write(value: GraphValue): void;
  /** Rows by index, (n) int32 -> (n, ...); an index out of range is an error of the run. */
  gather(indices: GraphValue): GraphValue;
  /** Adds `updates` (n, ...) to the rows `indices` (n) int32; an index may occur more than once. */
  scatterAdd(indices: GraphValue, updates: GraphValue): void;
}

/**
 * Builds a TensorFlow graph or function, node by node. Types that an operator infers from its inputs are filled in from
 * the operator's definition, so that only attributes that say something have to be given.
 */
export interface GraphBuilder {
  /** Whether the graph will run where an operator of native code is there; sessions and graphs that leave do without. */
  offers(operator: string): boolean;
  /**
   * Adds a node.
   *
   * @param operator  TensorFlow's name, e.g. `"Conv2D"`.
   * @returns its outputs, in order.
   */
  node(
    operator: string,
    inputs: readonly GraphInput[],
    attributes?: Readonly<Record<string, GraphAttribute>>,
  ): readonly GraphValue[];
  /** Adds a node of which the first output is used. */
  one(
    operator: string,
    inputs: readonly GraphInput[],
    attributes?: Readonly<Record<string, GraphAttribute>>,
  ): GraphValue;
  /**
   * Adds a node that changes states in place, after everything that was asked of them before.
   *
   * @param states  those it changes.
   */
  effect(
    operator: string,
    inputs: readonly GraphInput[],
    states: readonly GraphState[],
    attributes?: Readonly<Record<string, GraphAttribute>>,
  ): readonly GraphValue[];
  /** A constant; a number is a scalar. Equal constants are one node. */
  constant(values: number | boolean | readonly number[], type?: GraphType, shape?: Shape): GraphValue;
}
