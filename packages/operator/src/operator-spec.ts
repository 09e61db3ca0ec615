import type { DType, Shape } from "@mxgraft/base";
import { type AttributeSchema, parseAttributes, type RawAttributes } from "./attributes.ts";
import type { CustomOp } from "./custom-op.ts";

/** A fact for each argument, output and auxiliary state of a node, in their order. */
export interface PerEntry<T> {
  readonly arguments: readonly T[];
  readonly outputs: readonly T[];
  readonly auxiliaryStates: readonly T[];
}

/** What is known of the shapes; a size of 0 and an `undefined` shape are not known yet. */
export type PartialShapes = PerEntry<Shape | undefined>;

export type PartialTypes = PerEntry<DType | undefined>;

/**
 * An MXNet operator without its computation: names, attributes and inference. Built-in and custom operators are the
 * same kind of thing. Written as methods, so that specs of different attribute types fit into one registry.
 *
 * @typeParam A  the parsed attributes.
 */
export interface OperatorSpec<A extends object = object> {
  /** Canonical MXNet name, as `symbol.json` writes it. */
  readonly name: string;
  /** Other names MXNet knows it by. */
  readonly aliases: readonly string[];
  /** The attributes, for documentation; `parse` reads them. Absent for operators that take any. */
  readonly attributes?: AttributeSchema<A>;

  /** @throws AttributeError */
  parse(raw: RawAttributes): A;

  /** Names of the arguments, in order. */
  arguments(attributes: A): readonly string[];
  /** Names of the outputs, hidden ones last. */
  outputs(attributes: A): readonly string[];
  /** How many of the outputs other nodes can use; the rest are kept for backward. */
  visibleOutputs(attributes: A): number;
  auxiliaryStates(attributes: A): readonly string[];
  /** For operators with any number of arguments: the attribute that counts them, e.g. `num_args`. */
  readonly countAttribute?: string;

  /**
   * What follows from the shapes known so far, forwards and backwards; called again until nothing changes. May leave
   * out what it does not know; the caller merges and reports contradictions.
   *
   * @throws ShapeError  the message starts with the argument; the caller puts node and operator before it.
   */
  inferShape(attributes: A, known: PartialShapes): Partial<PartialShapes>;
  /** As `inferShape`; by default all arguments, outputs and states have one type. */
  inferType(attributes: A, known: PartialTypes): Partial<PartialTypes>;

  /** False when a gradient through the operator must be refused (MXNet has none). */
  readonly differentiable: boolean;
  /** False for losses: backward starts here and takes no gradient from what comes after. */
  needsHeadGradient(attributes: A): boolean;
  /** Which arguments and outputs backward reads, by index; all others may be freed after forward. */
  backwardReads(attributes: A): { readonly arguments: readonly number[]; readonly outputs: readonly number[] };
  /** Arguments that forward overwrites, by index: the weight and the slots of an update rule. */
  mutates(attributes: A): readonly number[];

  /** Whether the output is a function of each element of the one argument, of its type, that falls nowhere. */
  keepsOrder?(attributes: A): boolean;
  /** Whether each element of the output is the largest of one or more elements of the one argument. */
  takesMaxima?(attributes: A, data: Shape): boolean;

  /** For MXNet-style operators: the object that computes, for one bound node. */
  createOperator?(attributes: A, shapes: readonly Shape[], dtypes: readonly DType[]): CustomOp;
}

/** What an author of an operator writes; the rest has defaults. */
export interface OperatorDefinition<A extends object> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly attributes: AttributeSchema<A>;
  readonly arguments?: readonly string[] | ((attributes: A) => readonly string[]);
  readonly outputs?: readonly string[] | ((attributes: A) => readonly string[]);
  readonly visibleOutputs?: number | ((attributes: A) => number);
  readonly auxiliaryStates?: readonly string[] | ((attributes: A) => readonly string[]);
  readonly countAttribute?: string;
  inferShape(attributes: A, known: PartialShapes): Partial<PartialShapes>;
  inferType?(attributes: A, known: PartialTypes): Partial<PartialTypes>;
  readonly differentiable?: boolean;
  readonly needsHeadGradient?: boolean | ((attributes: A) => boolean);
  backwardReads?(attributes: A): { readonly arguments?: readonly number[]; readonly outputs?: readonly number[] };
  readonly mutates?: readonly number[] | ((attributes: A) => readonly number[]);
  keepsOrder?(attributes: A): boolean;
  takesMaxima?(attributes: A, data: Shape): boolean;
}

function asFunction<A, T extends readonly (string | number)[] | boolean>(
  value: T | ((attributes: A) => T) | undefined,
  otherwise: T,
): (attributes: A) => T {
  if (typeof value === "function") return value;
  return () => value ?? otherwise;
}

/** All entries have the one type that is known of any of them; other types that are known contradict it. */
export function sameType(known: PartialTypes): PartialTypes {
  const found = [...known.arguments, ...known.outputs, ...known.auxiliaryStates].find((type) => type !== undefined);
  return {
    arguments: known.arguments.map(() => found),
    outputs: known.outputs.map(() => found),
    auxiliaryStates: known.auxiliaryStates.map(() => found),
  };
}

/**
 * An operator from the parts its author writes. One argument `data`, one output `output`, no auxiliary states, one
 * data type and a gradient that reads everything are the defaults.
 */
export function defineOperator<A extends object>(definition: OperatorDefinition<A>): OperatorSpec<A> {
  const argumentsOf = asFunction<A, readonly string[]>(definition.arguments, ["data"]);
  const outputsOf = asFunction<A, readonly string[]>(definition.outputs, ["output"]);
  return {
    name: definition.name,
    aliases: definition.aliases ?? [],
    attributes: definition.attributes,
    parse: (raw) => parseAttributes(definition.attributes, raw),
    arguments: argumentsOf,
    outputs: outputsOf,
    visibleOutputs: (attributes) => {
      const { visibleOutputs } = definition;
      if (typeof visibleOutputs === "function") return visibleOutputs(attributes);
      return visibleOutputs ?? outputsOf(attributes).length;
    },
    auxiliaryStates: asFunction<A, readonly string[]>(definition.auxiliaryStates, []),
    ...(definition.countAttribute === undefined ? {} : { countAttribute: definition.countAttribute }),
    inferShape: (attributes, known) => definition.inferShape(attributes, known),
    inferType: (attributes, known) => definition.inferType?.(attributes, known) ?? sameType(known),
    differentiable: definition.differentiable ?? true,
    needsHeadGradient: asFunction<A, boolean>(definition.needsHeadGradient, true),
    backwardReads: (attributes) => {
      const reads = definition.backwardReads?.(attributes);
      return {
        arguments: reads?.arguments ?? [...argumentsOf(attributes).keys()],
        outputs: reads?.outputs ?? [...outputsOf(attributes).keys()],
      };
    },
    mutates: asFunction<A, readonly number[]>(definition.mutates, []),
    keepsOrder: (attributes) => definition.keepsOrder?.(attributes) ?? false,
    takesMaxima: (attributes, data) => definition.takesMaxima?.(attributes, data) ?? false,
  };
}
