import { GraphError, type HostArray, invariant, type Shape } from "@mxgraft/base";
import type { GraphAttribute, GraphBuilder, GraphInput, GraphState, GraphType, GraphValue } from "@mxgraft/operator";
import {
  type ArgumentDefinition,
  type OperatorDefinition,
  operatorDefinition,
} from "../definitions/operator-definition.ts";
import type { AttributeMessage } from "../proto/messages.ts";
import { attributeMessage, typeMessage } from "./attribute-message.ts";
import { arrayOf, tensorMessage } from "./constant-message.ts";
import type { DraftArgument, DraftNode, DraftValue } from "./draft-node.ts";
import { type EagerAttribute, graphAttributes, graphTypeOfNumber } from "./eager-attributes.ts";

/** What was asked of a state since it last changed. */
interface StateHistory {
  readonly state: GraphState;
  lastWrite: DraftNode | undefined;
  /** Nodes that read it since. */
  readers: DraftNode[];
  /** The whole array, if it was read since. */
  value: GraphValue | undefined;
}

/** Operators that give the memory of their first input on. */
const SHARING: ReadonlySet<string> = new Set(["Identity", "Reshape", "ExpandDims", "Squeeze"]);

/** Operators that read a variable and leave it as it is. All others with a handle may change it. */
const READING: ReadonlySet<string> = new Set(["ReadVariableOp", "ResourceGather", "ResourceGatherNd", "VariableShape"]);

/** Equal constants up to this many bytes are one node; larger ones are seldom equal and dear to compare. */
const SHARED_CONSTANT_BYTES = 1024;

/**
 * A graph of TensorFlow's operators that is being built: a function for compiled mode, or a graph that leaves.
 * `encodeFunction` and `encodeSavedModel` give its bytes.
 *
 * Nodes keep the order in which they are added; what is computed already is not added again. Nodes that no result and no effect needs are left out. What changes a
 * state waits for all nodes added before that read it and for those that use what was read, so that TensorFlow can
 * change it in place; what reads it waits for the changes before.
 */
export class GraphDraft implements GraphBuilder {
  readonly #arguments: DraftArgument[] = [];
  readonly #nodes: DraftNode[] = [];
  readonly #results: DraftValue[] = [];
  readonly #histories = new Map<DraftArgument, StateHistory>();
  readonly #constants = new Map<string, GraphValue>();
  /** Nodes without effects and state, which give the same for the same inputs. */
  readonly #pure = new Map<string, readonly DraftValue[]>();
  readonly #numbers = new Map<DraftNode | DraftArgument, number>();
  readonly #own = new WeakMap<GraphValue, DraftValue>();
  readonly #offers: (operator: string) => boolean;

  /** @param offers  whether an operator of native code is there where the graph will run; default: none is. */
  constructor(offers: (operator: string) => boolean = () => false) {
    this.#offers = offers;
  }

  /** In the order in which they were declared: what a call of the function is given. */
  get arguments(): readonly DraftArgument[] {
    return this.#arguments;
  }

  /** What a call gives back, in the order in which it was asked for. */
  get results(): readonly DraftValue[] {
    return this.#results;
  }

  /** All nodes, also those that nobody needs. */
  get nodes(): readonly DraftNode[] {
    return this.#nodes;
  }

  /** The states among the arguments that a call changes. */
  get changedArguments(): readonly DraftArgument[] {
    const changed = new Set<DraftArgument>();
    for (const { isEffect, inputs } of this.#nodes) {
      if (!isEffect) continue;
      for (const { source } of inputs) if (source.kind === "argument" && source.state) changed.add(source);
    }
    return this.#arguments.filter((argument) => changed.has(argument));
  }

  /** The number of the argument whose values these are, as given or in another type; if they are one's. */
  argumentBehind(value: GraphValue): number | undefined {
    const { source } = this.#draftValue(value);
    if (source.kind === "argument") return source.index;
    const [input] = source.inputs;
    const isSame =
      source.definition.name === "Cast" || (source.definition.name === "ReadVariableOp" && source.after.length === 0);
    return isSame && input ? this.argumentBehind(input) : undefined;
  }

  offers(operator: string): boolean {
    return this.#offers(operator);
  }

  /** The next argument of the function: a value. */
  argument(type: GraphType): GraphValue {
    return this.#declare({ kind: "argument", index: this.#arguments.length, type });
  }

  /**
   * The next argument of the function: the handle of a resource variable.
   *
   * @param type   of what the variable holds.
   * @param shape  in memory.
   */
  state(type: GraphType, shape: Shape): GraphState {
    const state = { type, shape };
    const argument: DraftArgument = { kind: "argument", index: this.#arguments.length, type: "resource", state };
    const handle = this.#declare(argument);
    const graphState: GraphState = {
      handle,
      shape,
      read: () => this.#read(argument),
      write: (value) => {
        this.effect("AssignVariableOp", [handle, value], [graphState]);
      },
      gather: (indices) => this.one("ResourceGather", [handle, indices], { dtype: { type } }),
      scatterAdd: (indices, updates) => {
        this.effect("ResourceScatterAdd", [handle, indices, updates], [graphState]);
      },
    };
    this.#histories.set(argument, { state: graphState, lastWrite: undefined, readers: [], value: undefined });
    return graphState;
  }

  /**
   * Makes a value a result of the function.
   *
   * @returns its number among the results.
   */
  result(value: GraphValue): number {
    return this.#results.push(this.#draftValue(value)) - 1;
  }

  node(
    operator: string,
    inputs: readonly GraphInput[],
    attributes: Readonly<Record<string, GraphAttribute>> = {},
  ): readonly GraphValue[] {
    return this.#add(operator, inputs, attributes, [], false);
  }

  one(
    operator: string,
    inputs: readonly GraphInput[],
    attributes: Readonly<Record<string, GraphAttribute>> = {},
  ): GraphValue {
    const [first] = this.node(operator, inputs, attributes);
    invariant(first !== undefined, `${operator} has no outputs`);
    return first;
  }

  effect(
    operator: string,
    inputs: readonly GraphInput[],
    states: readonly GraphState[],
    attributes: Readonly<Record<string, GraphAttribute>> = {},
  ): readonly GraphValue[] {
    return this.#add(operator, inputs, attributes, states, true);
  }

  constant(
    values: number | boolean | readonly (number | boolean)[],
    type: GraphType = typeof values === "boolean" ? "bool" : "float32",
    shape: Shape = typeof values === "object" ? [values.length] : [],
  ): GraphValue {
    return this.array(arrayOf(typeof values === "object" ? values : [values], type, shape));
  }

  /** An array as a constant. */
  array(array: HostArray): GraphValue {
    const add = () =>
      this.#push("Const", [], [], { dtype: typeMessage(array.dtype), value: { tensor: tensorMessage(array) } }, false);
    if (array.data.byteLength > SHARED_CONSTANT_BYTES) return first(add());
    const { buffer, byteOffset, byteLength } = array.data;
    const key = `${array.dtype} ${array.shape.join()} ${new Uint8Array(buffer, byteOffset, byteLength).join()}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const made = first(add());
    this.#constants.set(key, made);
    return made;
  }

  /**
   * Adds a node for a call of the eager runtime, as tfjs-node's `executeOp` gets it: the inputs flat, the attributes by
   * TensorFlow's numbers. Attributes that the inputs decide or that the operator lacks are passed over. An operator
   * that gets the handle of a state is ordered after what was asked of that state before.
   */
  called(
    operator: string,
    values: readonly GraphValue[],
    attributes: readonly EagerAttribute[],
  ): readonly GraphValue[] {
    const definition = operatorDefinition(operator);
    const given = graphAttributes(definition, attributes);
    const inputs = grouped(definition, values);
    const states = READING.has(operator) ? [] : this.#statesOf(values);
    return this.#add(operator, inputs, given, states, states.length > 0);
  }

  #declare(argument: DraftArgument): DraftValue {
    this.#arguments.push(argument);
    return this.#value(argument, 0, argument.type);
  }

  #value(source: DraftNode | DraftArgument, output: number, type: GraphType): DraftValue {
    const value = { source, output, type };
    this.#own.set(value, value);
    return value;
  }

  #draftValue(value: GraphValue): DraftValue {
    const own = this.#own.get(value);
    invariant(own !== undefined, "the value belongs to another graph");
    return own;
  }

  #statesOf(values: readonly GraphValue[]): GraphState[] {
    return values.flatMap((value) => this.#historyOf(this.#draftValue(value))?.state ?? []);
  }

  #historyOf({ source }: DraftValue): StateHistory | undefined {
    return source.kind === "argument" ? this.#histories.get(source) : undefined;
  }

  #read(argument: DraftArgument): GraphValue {
    const history = this.#histories.get(argument);
    invariant(history !== undefined && argument.state !== undefined, "only states are read");
    history.value ??= this.one("ReadVariableOp", [history.state.handle], { dtype: { type: argument.state.type } });
    return history.value;
  }

  #add(
    operator: string,
    inputs: readonly GraphInput[],
    attributes: Readonly<Record<string, GraphAttribute>>,
    states: readonly GraphState[],
    isEffect: boolean,
  ): readonly DraftValue[] {
    const definition = operatorDefinition(operator);
    if (inputs.length !== definition.inputs.length) {
      const names = definition.inputs.map(({ name }) => name).join(", ");
      throw new GraphError(
        `TensorFlow's operator "${operator}" got ${inputs.length} inputs, expected ${definition.inputs.length}: ${names}.`,
        { operator, expected: definition.inputs.length, actual: inputs.length },
      );
    }
    const lists = inputs.map((input) => ("type" in input ? [input] : input).map((value) => this.#draftValue(value)));
    const known = new Map<string, AttributeMessage>();
    for (const [i, list] of lists.entries()) inferAttributes(definition, definition.inputs[i], list, known);
    for (const [name, value] of Object.entries(attributes)) {
      const attribute = definition.attributes.get(name);
      if (attribute === undefined) {
        throw new GraphError(
          `TensorFlow's operator "${operator}" has no attribute "${name}"; it has ${[...definition.attributes.keys()].join(", ")}.`,
          { operator, argument: name },
        );
      }
      if (!known.has(name)) known.set(name, attributeMessage(operator, name, attribute.kind, value));
    }
    for (const [name, { optional }] of definition.attributes) {
      if (optional || known.has(name)) continue;
      throw new GraphError(`TensorFlow's operator "${operator}" needs the attribute "${name}".`, {
        operator,
        argument: name,
      });
    }
    const values = lists.flat();
    const give = () => this.#push(operator, values, states, Object.fromEntries(known), isEffect);
    if (isEffect || definition.stateful || values.some(({ type }) => type === "resource")) return give();
    const key = `${operator} ${values.map((value) => this.#keyOf(value)).join()} ${JSON.stringify([...known])}`;
    const made = this.#pure.get(key) ?? give();
    this.#pure.set(key, made);
    return made;
  }

  #keyOf({ source, output }: DraftValue): string {
    const number = this.#numbers.get(source) ?? this.#numbers.size;
    this.#numbers.set(source, number);
    return `${number}:${output}`;
  }

  #push(
    operator: string,
    inputs: readonly DraftValue[],
    states: readonly GraphState[],
    attributes: Readonly<Record<string, AttributeMessage>>,
    isEffect: boolean,
  ): readonly DraftValue[] {
    const definition = operatorDefinition(operator);
    const changed = new Set(states.map((state) => this.#historyOf(this.#draftValue(state.handle))));
    const touched = new Set([...inputs.map((input) => this.#historyOf(input)), ...changed]);
    const after = new Set<DraftNode>();
    for (const history of touched) {
      if (history?.lastWrite) after.add(history.lastWrite);
      if (history && changed.has(history)) for (const reader of history.readers) addUsers(reader, after);
    }
    const node: DraftNode = {
      kind: "node",
      definition,
      inputs,
      after: [...after],
      attributes,
      outputs: outputsOf(definition, attributes),
      isEffect,
      consumers: [],
    };
    this.#nodes.push(node);
    for (const { source } of inputs) if (source.kind === "node") source.consumers.push(node);
    for (const history of touched) {
      if (history === undefined) continue;
      if (changed.has(history)) {
        history.lastWrite = node;
        history.readers = [];
        history.value = undefined;
      } else history.readers.push(node);
    }
    return node.outputs.map(({ type }, i) => this.#value(node, i, type));
  }
}

function first<T>([value]: readonly T[]): T {
  invariant(value !== undefined, "a constant has a value");
  return value;
}

/** A node and those that use the memory it gives, as far as there are any yet. */
function addUsers(node: DraftNode, users: Set<DraftNode>): void {
  users.add(node);
  for (const consumer of node.consumers) {
    if (SHARING.has(consumer.definition.name)) addUsers(consumer, users);
    else users.add(consumer);
  }
}

function inferAttributes(
  definition: OperatorDefinition,
  argument: ArgumentDefinition | undefined,
  values: readonly DraftValue[],
  known: Map<string, AttributeMessage>,
): void {
  if (argument === undefined) return;
  const { type, countAttribute, name } = argument;
  if ("listAttribute" in type) {
    known.set(type.listAttribute, { list: { type: values.map((value) => typeMessage(value.type).type ?? 0) } });
    return;
  }
  if (countAttribute !== undefined) known.set(countAttribute, { i: values.length });
  else if (values.length !== 1) {
    throw new GraphError(
      `TensorFlow's operator "${definition.name}": input "${name}" got ${values.length} values, expected one.`,
      { operator: definition.name, argument: name, expected: 1, actual: values.length },
    );
  }
  for (const value of values) {
    const found = typeMessage(value.type);
    const expected = "fixed" in type ? typeMessage(type.fixed) : (known.get(type.attribute) ?? found);
    if (expected.type !== found.type) {
      throw new GraphError(
        `TensorFlow's operator "${definition.name}": input "${name}" is ${value.type}, which does not fit the operator or its other inputs.`,
        { operator: definition.name, argument: name, actual: value.type },
      );
    }
    if ("attribute" in type) known.set(type.attribute, found);
  }
}

function outputsOf(
  definition: OperatorDefinition,
  attributes: Readonly<Record<string, AttributeMessage>>,
): DraftNode["outputs"] {
  return definition.outputs.flatMap(({ name, type, countAttribute }) => {
    if ("listAttribute" in type) {
      const types = attributes[type.listAttribute]?.list?.type ?? [];
      return types.map((number, place) => ({ name, place, type: graphTypeOfNumber(number) }));
    }
    const count = countAttribute === undefined ? 1 : (attributes[countAttribute]?.i ?? 0);
    const own = "fixed" in type ? type.fixed : typeOfAttribute(definition, type.attribute, attributes);
    return Array.from({ length: count }, (_, place) => ({ name, place, type: own }));
  });
}

function typeOfAttribute(
  definition: OperatorDefinition,
  name: string,
  attributes: Readonly<Record<string, AttributeMessage>>,
): GraphType {
  const given = attributes[name]?.type;
  if (given !== undefined) return graphTypeOfNumber(given);
  const byDefault = definition.attributes.get(name)?.defaultType;
  invariant(byDefault !== undefined, `${definition.name} does not say the type ${name}`);
  return byDefault;
}

/** Inputs of the eager runtime, which are flat, by the arguments of the operator. */
function grouped(definition: OperatorDefinition, values: readonly GraphValue[]): GraphInput[] {
  const lists = definition.inputs.filter(({ type, countAttribute }) => countAttribute || "listAttribute" in type);
  if (lists.length === 0) return [...values];
  // Operators with two lists have them of equal length.
  const inLists = (values.length - definition.inputs.length + lists.length) / lists.length;
  let next = 0;
  return definition.inputs.map((argument) => {
    if (lists.includes(argument)) {
      next += inLists;
      return values.slice(next - inLists, next);
    }
    const value = values[next++];
    invariant(value !== undefined, `${definition.name} got too few inputs`);
    return value;
  });
}
