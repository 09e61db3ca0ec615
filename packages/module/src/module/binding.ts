import { equalShapes, type HostArray, invariant, type Shape, UsageError } from "@mxgraft/base";
import { type Executor, type BindOptions as ExecutorOptions, type StateCell, simpleBind } from "@mxgraft/executor";
import type { Symbol as MxSymbol } from "@mxgraft/symbol";
import type { InputShape } from "./input-shapes.ts";

/** What to do with the gradients of the parameters, of all or by name. */
export type GradReq = NonNullable<ExecutorOptions["gradReq"]>;

export interface BindingOptions {
  readonly symbol: MxSymbol;
  readonly dataShapes: readonly InputShape[];
  readonly labelShapes: readonly InputShape[];
  readonly forTraining: boolean;
  readonly inputsNeedGrad: boolean;
  readonly gradReq: GradReq;
  readonly seed: NonNullable<ExecutorOptions["seed"]>;
  readonly fixedParamNames: readonly string[];
  /** A binding of the same symbol whose parameters this one goes on with. */
  readonly previous: Binding | undefined;
  readonly mode: ExecutorOptions["mode"] | undefined;
  /** Disposes an executor that is no longer used. */
  readonly retire: (executor: Executor) => void;
}

/** Executors for other batch shapes that are kept besides the first; each holds the values of its last step. */
const KEPT = 3;

/**
 * The executors of a module: one for the shapes it was bound to, which owns the parameters, and one for each other
 * shape that a batch had, made when it comes.
 */
export class Binding {
  readonly forTraining: boolean;
  readonly inputsNeedGrad: boolean;
  /** Owns parameters, gradients and auxiliary states. */
  readonly first: Executor;
  readonly #previous: Binding | undefined;
  readonly #retire: (executor: Executor) => void;
  /** By their shapes, the one used last at the end. */
  readonly #others = new Map<string, Executor>();
  readonly #firstKey: string;
  #executor: Executor;
  #dataShapes: readonly InputShape[];
  #labelShapes: readonly InputShape[];

  constructor(options: BindingOptions) {
    const { symbol, dataShapes, labelShapes, previous } = options;
    this.forTraining = options.forTraining;
    this.inputsNeedGrad = options.inputsNeedGrad;
    this.#dataShapes = dataShapes;
    this.#labelShapes = labelShapes;
    this.#previous = previous;
    this.#retire = options.retire;
    const inputs = inputsOf(symbol.listArguments(), [...dataShapes, ...labelShapes]);
    this.first = simpleBind(symbol, {
      shapes: Object.fromEntries(inputs.map(({ name, shape }) => [name, shape])),
      types: Object.fromEntries(inputs.map(({ name, dtype = "float32" }) => [name, dtype])),
      gradReq: gradReqs(options),
      seed: options.seed,
      ...(options.mode === undefined ? {} : { mode: options.mode }),
      ...(previous === undefined ? {} : { shared: previous.first }),
    });
    this.#executor = this.first;
    this.#firstKey = keyOf(inputs);
  }

  /** The executor for the shapes of the last batch. */
  get executor(): Executor {
    return this.#executor;
  }

  get dataShapes(): readonly InputShape[] {
    return this.#dataShapes;
  }

  get labelShapes(): readonly InputShape[] {
    return this.#labelShapes;
  }

  /** Rows of the last batch. */
  get batchSize(): number {
    return this.#dataShapes[0]?.shape[0] ?? 1;
  }

  /** Goes to an executor for these shapes; labels that are not given follow the size of the batch. */
  reshape(dataShapes: readonly InputShape[], labelShapes: readonly InputShape[]): void {
    const before = this.batchSize;
    const rows = dataShapes[0]?.shape[0] ?? before;
    const labels = this.#labelShapes.map((label) => {
      const given = labelShapes.find(({ name }) => name === label.name);
      const shape = given?.shape ?? (label.shape[0] === before ? [rows, ...label.shape.slice(1)] : label.shape);
      return { ...label, shape };
    });
    const same = (a: readonly InputShape[], b: readonly InputShape[]) =>
      b.every(({ name, shape }) => equalShapes(a.find((other) => other.name === name)?.shape ?? [], shape));
    if (same(dataShapes, this.#dataShapes) && same(labels, this.#labelShapes)) return;
    // In the order of the first binding: a batch may name them in another.
    this.#dataShapes = this.#dataShapes.map((old) => dataShapes.find(({ name }) => name === old.name) ?? old);
    this.#labelShapes = labels;
    this.#executor = this.#executorFor(
      inputsOf([...this.first.argCells.keys()], [...this.#dataShapes, ...this.#labelShapes]),
    );
  }

  #executorFor(inputs: readonly InputShape[]): Executor {
    const key = keyOf(inputs);
    if (key === this.#firstKey) return this.first;
    const shapes = Object.fromEntries(inputs.map(({ name, shape }): [string, Shape] => [name, shape]));
    const executor = this.#others.get(key) ?? this.first.reshape(shapes);
    this.#others.delete(key);
    this.#others.set(key, executor);
    const [oldest] = this.#others;
    if (this.#others.size > KEPT && oldest !== undefined) {
      this.#others.delete(oldest[0]);
      this.#retire(oldest[1]);
    }
    return executor;
  }

  dispose(): void {
    for (const executor of this.#others.values()) executor.dispose();
    this.first.dispose();
    this.#previous?.dispose();
  }
}

/** The inputs that the graph has. */
function inputsOf(args: readonly string[], shapes: readonly InputShape[]): InputShape[] {
  return shapes.filter(({ name }) => args.includes(name));
}

function keyOf(inputs: readonly InputShape[]): string {
  return inputs.map(({ name, shape }) => `${name}:${shape.join("x")}`).join(";");
}

function gradReqs({ symbol, dataShapes, labelShapes, ...options }: BindingOptions): GradReq {
  if (!options.forTraining) return "null";
  const { gradReq, inputsNeedGrad, fixedParamNames } = options;
  const all = typeof gradReq === "string" ? gradReq : "write";
  const byName: Record<string, Exclude<GradReq, object>> = {};
  for (const name of symbol.listArguments()) {
    const isData = dataShapes.some((data) => data.name === name);
    const isLabel = labelShapes.some((label) => label.name === name);
    const wanted = isData ? inputsNeedGrad : !isLabel && !fixedParamNames.includes(name);
    byName[name] = wanted ? all : "null";
  }
  return typeof gradReq === "string" ? byName : { ...byName, ...gradReq };
}

/** A cell that has to be there. */
export function cellOf(cells: ReadonlyMap<string, StateCell>, name: string): StateCell {
  const cell = cells.get(name);
  invariant(cell, `array "${name}" has no cell`);
  return cell;
}

/** The arrays of a batch by name. */
export function arraysOf(
  what: string,
  arrays: readonly HostArray[],
  described: readonly { readonly name: string }[],
): Map<string, HostArray> {
  if (arrays.length !== described.length) {
    const names = described.map(({ name }) => `"${name}"`).join(", ") || "none";
    throw new UsageError(
      `The batch has ${arrays.length} ${what} ${arrays.length === 1 ? "array" : "arrays"}, expected ${described.length}: ${names}.`,
      { argument: what, expected: described.length, actual: arrays.length },
    );
  }
  return new Map(described.flatMap(({ name }, i) => (arrays[i] === undefined ? [] : [[name, arrays[i]] as const])));
}
