import { formatShape, type HostArray, hostArray, isKnown, type Shape, ShapeError, UsageError } from "@mxgraft/base";
import { type Executor, simpleBind } from "@mxgraft/executor";
import { inferGraphShapes, type Symbol as MxSymbol, resolveNode } from "@mxgraft/symbol";
import { checkParameters } from "./check-parameters.ts";
import { chooseOutputs } from "./choose-outputs.ts";
import { type ConvertedType, convertedTypes } from "./converted-types.ts";
import { batchAxes, inputBatches, putTogether } from "./input-batches.ts";
import { variableRoles } from "./variable-roles.ts";
import { withoutIdleLabels } from "./without-idle-labels.ts";

export interface RunModelOptions {
  /** Parameters and auxiliary states by name; those the graph has no use for are left out. */
  readonly parameters: ReadonlyMap<string, HostArray>;
  /** Called once the backend has the parameters: whoever needs them no more can free them here. */
  readonly onUploaded?: () => void;
  readonly inputs: ReadonlyMap<string, HostArray>;
  /** Other outputs than the graph's own; see `chooseOutputs`. */
  readonly outputs?: "internals" | readonly string[];
  /**
   * Rows of the inputs to run at a time; the outputs are put together again. All at once when left out. Inputs with
   * another number of rows than the first are given whole each time.
   */
  readonly batch?: number;
  /** How often to run again, timed, after the first time; default 0. */
  readonly repeat?: number;
  /** Stops between two runs with its reason. */
  readonly signal?: AbortSignal;
}

export interface ModelRun {
  /** Of the first run, in the graph's order; of several outputs with one name the later ones end in `#1`, `#2`, ... */
  readonly outputs: ReadonlyMap<string, HostArray>;
  /** Milliseconds of each repeated run of all batches, outputs read back. */
  readonly times: readonly number[];
  /** Data types that the backend cannot hold, and what they became. */
  readonly convertedTypes: readonly ConvertedType[];
  /** Labels that were not given although an output depends on them: zeros. */
  readonly zeroLabels: readonly string[];
}

/**
 * Runs the forward of a model for inference on the current backend. Labels of losses need not be given: most losses do
 * not look at them in the forward, and custom ones get zeros.
 *
 * @throws UsageError    inputs are missing, all of them with their shapes, or are none of the graph; an output cannot be
 *                       put together from batches.
 * @throws ShapeError    parameters do not fit the shapes of the inputs, all of them.
 * @throws BackendError  an operator has no kernel on the backend.
 */
export async function runModel(symbol: MxSymbol, options: RunModelOptions): Promise<ModelRun> {
  const { parameters, inputs, repeat = 0, signal } = options;
  checkNames(symbol, inputs);
  const graph = withoutIdleLabels(options.outputs ? chooseOutputs(symbol, options.outputs) : symbol);
  const batches = inputBatches(inputs, options.batch);
  const arrays = valuesFor(symbol, graph, parameters, batches.at(0));
  const shapes = shapesOf(arrays.values);
  const given = Object.entries(shapes).filter(([name]) => inputs.has(name) || parameters.has(name));
  const axes = batches.count === 1 ? [] : batchAxes(graph, Object.fromEntries(given), batches);
  const executor = simpleBind(graph, { shapes, gradReq: "null" });
  const run = async () => {
    const parts: HostArray[][] = [];
    for (let i = 0; i < batches.count; i++) {
      // Kernels that never wait leave timers and signals no turn.
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
      await executor.forward(i === 0 && batches.count === 1 ? {} : { inputs: usedBy(executor, batches.at(i)) });
      parts.push(await Promise.all(executor.outputs.map((output) => output.toHost())));
    }
    return parts;
  };
  try {
    for (const cells of [executor.argCells, executor.auxCells]) {
      for (const [name, cell] of cells) {
        const array = arrays.values.get(name);
        if (array !== undefined) cell.set(array);
      }
    }
    const converted = convertedTypes(
      arrays.values,
      (name) => (executor.argCells.get(name) ?? executor.auxCells.get(name))?.dtype,
    );
    arrays.values.clear();
    options.onUploaded?.();
    const parts = await run();
    const outputs = new Map<string, HostArray>();
    for (const [i, { name }] of executor.outputs.entries()) {
      const ofOutput = parts.flatMap((part) => part[i] ?? []);
      outputs.set(freeName(name, outputs), putTogether(name, ofOutput, axes[i], batches));
    }
    const times: number[] = [];
    for (let i = 0; i < repeat; i++) {
      const start = performance.now();
      await run();
      times.push(performance.now() - start);
    }
    return { outputs, times, convertedTypes: converted, zeroLabels: arrays.zeroLabels };
  } finally {
    executor.dispose();
  }
}

function shapesOf(arrays: ReadonlyMap<string, HostArray>): Record<string, Shape> {
  return Object.fromEntries([...arrays].map(([name, { shape }]) => [name, shape]));
}

/** Inputs that the chosen outputs have no use for are no arguments. */
function usedBy(executor: Executor, inputs: ReadonlyMap<string, HostArray>): Record<string, HostArray> {
  return Object.fromEntries([...inputs].filter(([name]) => executor.argCells.has(name)));
}

function checkNames(symbol: MxSymbol, inputs: ReadonlyMap<string, HostArray>): void {
  const names = symbol.listInputs();
  const unknown = [...inputs.keys()].filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  const known = [...variableRoles(symbol)].filter(([, role]) => role === "input" || role === "label");
  throw new UsageError(
    `The graph has no input ${quoted(unknown)}. Its inputs are ${quoted(known.map(([name]) => name))}.`,
    { argument: unknown[0] ?? "", actual: unknown, expected: names },
  );
}

/** The value of every variable that has one, checked. */
function valuesFor(
  symbol: MxSymbol,
  graph: MxSymbol,
  parameters: ReadonlyMap<string, HostArray>,
  inputs: ReadonlyMap<string, HostArray>,
): { values: Map<string, HostArray>; zeroLabels: string[] } {
  const names = new Set(graph.listInputs());
  const used = (arrays: ReadonlyMap<string, HostArray>) => new Map([...arrays].filter(([name]) => names.has(name)));
  const given = used(inputs);
  const learned = new Map([...used(parameters)].filter(([name]) => !given.has(name)));
  const roles = variableRoles(graph);
  const fromInputs = shapesFrom(graph, given);
  const { wrongShape } = checkParameters(roles, fromInputs, learned);
  if (wrongShape.length > 0) throw misfit(wrongShape, given);

  const shapeOf = shapesFrom(graph, new Map([...learned, ...given]));
  const values = new Map([...learned, ...given]);
  const zeroLabels = labelsOfLosses(graph).filter((name) => !values.has(name) && isKnown(shapeOf(name)));
  for (const name of zeroLabels) values.set(name, hostArray("float32", shapeOf(name) ?? []));
  // The others are those that stand for labels that nobody looks at.
  const own = new Set(symbol.listInputs());
  const missing = [...names].filter((name) => !values.has(name) && own.has(name));
  if (missing.length > 0) throw absent(missing, shapeOf, roles);
  return { values, zeroLabels: zeroLabels.filter((name) => own.has(name)) };
}

function shapesFrom(graph: MxSymbol, arrays: ReadonlyMap<string, HostArray>): (name: string) => Shape | undefined {
  const shapes = inferGraphShapes(graph, shapesOf(arrays));
  const nodes = new Map(graph.nodes().flatMap((node) => (node.op === null ? [[node.name, node] as const] : [])));
  return (name) => {
    const node = nodes.get(name);
    return node && shapes.get({ node, index: 0 });
  };
}

/** Variables that are nothing but the label of losses. */
function labelsOfLosses(graph: MxSymbol): string[] {
  const labels = new Set<string>();
  const others = new Set<string>();
  for (const node of graph.nodes()) {
    if (node.op === null) continue;
    const { spec, attributes } = resolveNode(node);
    const names = spec.arguments(attributes);
    const isLoss = !spec.needsHeadGradient(attributes);
    for (const [i, { node: input }] of node.inputs.entries()) {
      if (input.op === null) (isLoss && names[i] === "label" ? labels : others).add(input.name);
    }
  }
  return [...labels].filter((name) => !others.has(name));
}

function misfit(
  wrong: readonly { readonly name: string; readonly shape: Shape; readonly expected: Shape }[],
  inputs: ReadonlyMap<string, HostArray>,
): ShapeError {
  const lines = wrong.map(
    ({ name, shape, expected }) =>
      `Parameter "${name}" has shape ${formatShape(shape)}, expected ${formatShape(expected)}.`,
  );
  const given = [...inputs].map(([name, { shape }]) => `"${name}" ${formatShape(shape)}`).join(", ");
  return new ShapeError(
    `${lines.join("\n")}\nThat is what follows from the inputs ${given}: check their shapes, and that these parameters belong to this graph.`,
    { argument: wrong[0]?.name ?? "", actual: wrong[0]?.shape, expected: wrong[0]?.expected },
  );
}

function absent(
  names: readonly string[],
  shapeOf: (name: string) => Shape | undefined,
  roles: ReturnType<typeof variableRoles>,
): UsageError {
  const learned = (name: string) => ["parameter", "state"].includes(roles.get(name) ?? "");
  const list = (some: readonly string[]) => some.map((name) => `"${name}" ${formatShape(shapeOf(name))}`).join(", ");
  const [params, inputs] = [names.filter(learned), names.filter((name) => !learned(name))];
  const lines = [
    ...(inputs.length > 0 ? [`Inputs are missing: ${list(inputs)}.`] : []),
    ...(params.length > 0 ? [`Parameters are missing: ${list(params)}. Do they belong to this graph?`] : []),
  ];
  return new UsageError(lines.join("\n"), { argument: names[0] ?? "", expected: names });
}

function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  for (let i = 1, free = name; ; i++, free = `${name}#${i - 1}`) if (!taken.has(free)) return free;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
