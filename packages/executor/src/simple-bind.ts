import { type DType, didYouMean, equalShapes, Random, type Shape, UsageError } from "@mxgraft/base";
import type { GradReq, Layout } from "@mxgraft/operator";
import { inferGraph, type Symbol as MxSymbol } from "@mxgraft/symbol";
import { createStateCell, createTensorCell, type StateCell, type TensorCell } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { buildPlan } from "./build-plan.ts";
import { defaultExecutionMode, type ExecutionMode } from "./execution-mode.ts";
import { Executor, type ExecutorCells } from "./executor.ts";

export interface BindOptions {
  /** Shapes of the inputs, by name; those of the parameters follow from them. */
  readonly shapes: Readonly<Record<string, Shape>>;
  /** Data types that are not float32, by name. */
  readonly types?: Readonly<Record<string, DType>>;
  /** What to do with the gradients, of all arguments or by name (left out: `"null"`); default `"write"` for all. */
  readonly gradReq?: GradReq | Readonly<Record<string, GradReq>>;
  /** Seed of Dropout and the like; default 0. */
  readonly seed?: number;
  /** How the graph runs; default `"auto"`, or what the environment variable MXGRAFT_MODE says. */
  readonly mode?: ExecutionMode;
  /** Arrays to share where name and shape agree, instead of allocating. */
  readonly shared?: ExecutorCells;
}

/**
 * Binds a symbol on the current backend: infers all shapes and types, allocates the arrays (zeros), and plans the
 * step once. A step afterwards does no inference and no look-up by name that the plan could have done.
 *
 * @throws ShapeError    shapes contradict each other or stay unknown.
 * @throws UsageError    a name is no argument of the symbol.
 * @throws BackendError  an operator has no kernel on the backend.
 */
export function simpleBind(symbol: MxSymbol, options: BindOptions): Executor {
  return bind(symbol, options, new Random(options.seed ?? 0));
}

function bind(symbol: MxSymbol, options: BindOptions, random: Random): Executor {
  const names = symbol.listArguments();
  const gradReq = gradReqByName(names, options.gradReq ?? "write");
  const shared = options.shared;
  const inference = inferGraph(symbol, { shapes: options.shapes, types: options.types ?? {} });
  const plan = buildPlan({
    symbol,
    inference,
    backend: tf.getBackend(),
    wantsGradient: (name) => (gradReq.get(name) ?? "null") !== "null",
    layouts: sharedLayouts(shared),
  });

  const owned: StateCell[] = [];
  const own = <C extends StateCell>(cell: C): C => {
    owned.push(cell);
    return cell;
  };
  const argCells = new Map<string, TensorCell>();
  const gradCells = new Map<string, TensorCell>();
  const auxCells = new Map<string, StateCell>();
  for (const { name, shape, dtype, layout } of plan.arguments) {
    // Two variables of one name are one array, as when MXNet binds by name.
    if (argCells.has(name)) continue;
    const present = shared?.argCells.get(name);
    const fits = present && equalShapes(present.shape, shape) && present.dtype === dtype;
    argCells.set(name, fits ? present : own(createTensorCell(name, shape, dtype, layout)));
    if ((gradReq.get(name) ?? "null") === "null") continue;
    const gradient = shared?.gradCells.get(name);
    const gradientFits = gradient && equalShapes(gradient.shape, shape);
    gradCells.set(name, gradientFits ? gradient : own(createTensorCell(name, shape, dtype, layout)));
  }
  for (const state of plan.states) {
    const present = shared?.auxCells.get(state.name);
    const fits = present && equalShapes(present.shape, state.shape);
    auxCells.set(state.name, fits ? present : own(createStateCell(state)));
  }

  const cells: ExecutorCells = { argCells, gradCells, auxCells };
  return new Executor({
    ...cells,
    symbol,
    plan,
    gradReq,
    random,
    mode: options.mode ?? defaultExecutionMode(),
    owned,
    rebind: (shapes) => bind(symbol, { ...options, shapes: { ...options.shapes, ...shapes }, shared: cells }, random),
  });
}

function gradReqByName(
  names: readonly string[],
  gradReq: GradReq | Readonly<Record<string, GradReq>>,
): ReadonlyMap<string, GradReq> {
  if (typeof gradReq === "string") return new Map(names.map((name) => [name, gradReq]));
  for (const name of Object.keys(gradReq)) {
    if (names.includes(name)) continue;
    throw new UsageError(`gradReq names "${name}", which is no argument of the symbol.${didYouMean(name, names)}`, {
      argument: name,
    });
  }
  return new Map(Object.entries(gradReq));
}

function sharedLayouts(shared: ExecutorCells | undefined): ReadonlyMap<string, Layout> {
  const cells = [...(shared?.argCells.values() ?? [])];
  return new Map(cells.map((cell): [string, Layout] => [cell.name, cell.layout]));
}
