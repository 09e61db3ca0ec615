import { type DType, FormatError, type HostArray, isDType, MxgraftError, type Shape, toFloat32 } from "@mxgraft/base";
import { type Executor, simpleBind } from "@mxgraft/executor";
import { loadJson, type Symbol as MxSymbol } from "@mxgraft/symbol";
import type { Comparison } from "../comparison.ts";
import { withExactValues } from "../exact-values.ts";
import { formula } from "../formula.ts";
import { type GoldenCase, numberOf } from "../golden-case.ts";
import { KNOWN_FAULTS } from "../known-faults.ts";
import type { Folders } from "../replay.ts";
import { modelOf } from "./model.ts";

function isGradReq(value: unknown): value is "null" | "write" | "add" {
  return value === "null" || value === "write" || value === "add";
}

function gradReqOf(golden: GoldenCase): Record<string, "null" | "write" | "add"> {
  return Object.fromEntries(
    Object.entries(golden.object("grad_req")).map(([name, req]) => {
      if (!isGradReq(req)) throw new FormatError(`${golden.id}: grad_req of "${name}" is ${JSON.stringify(req)}.`);
      return [name, req];
    }),
  );
}

function typesOf(golden: GoldenCase): Record<string, DType> {
  return Object.fromEntries(
    Object.entries(golden.object("input_types")).map(([name, type]) => {
      if (typeof type !== "string" || !isDType(type))
        throw new FormatError(`${golden.id}: type of "${name}" is unknown.`);
      return [name, type];
    }),
  );
}

/** The values a case starts an argument or auxiliary state with. */
function initialValue(golden: GoldenCase, kind: "arg" | "aux", name: string, shape: Shape): HostArray | undefined {
  const stored = golden.tensors.get(`${kind}:${name}`);
  if (stored) return stored;
  const described = golden.text(name)?.startsWith("formula(") ?? false;
  if (golden.text("fill") !== "formula" && !described) return undefined;
  const scale = golden.object("input_scale")[name];
  const isPair = Array.isArray(scale) && typeof scale[0] === "number" && typeof scale[1] === "number";
  return formula(name, shape, {
    salt: golden.text("salt") ?? "",
    numClass: golden.facts.num_class === undefined ? 1 : golden.number("num_class"),
    index: golden.names("index_inputs").includes(name),
    ...(isPair ? { scale: [scale[0], scale[1]] } : {}),
  });
}

/** Compares the names and shapes that a case repeats with what the symbol says. */
function compareStructure(golden: GoldenCase, comparison: Comparison, symbol: MxSymbol): void {
  const { facts } = golden;
  comparison.same("list_arguments", symbol.listArguments(), facts.list_arguments);
  comparison.same("list_outputs", symbol.listOutputs(), facts.list_outputs);
  comparison.same("list_auxiliary_states", symbol.listAuxiliaryStates(), facts.list_auxiliary_states);
  const inferred = symbol.inferShape(golden.shapes("input_shapes"));
  comparison.same("arg_shapes", inferred.argShapes, facts.arg_shapes);
  comparison.same("out_shapes", inferred.outShapes, facts.out_shapes);
  comparison.same("aux_shapes", inferred.auxShapes, facts.aux_shapes);
  if (facts.internals !== undefined) comparison.same("internals", symbol.getInternals().listOutputs(), facts.internals);
  if (facts.internal_shapes !== undefined) {
    const internals = symbol.getInternals().inferShape(golden.shapes("input_shapes"));
    comparison.same("internal_shapes", internals.outShapes, facts.internal_shapes);
  }
}

async function fill(golden: GoldenCase, executor: Executor, params: ReadonlyMap<string, HostArray>): Promise<void> {
  for (const [name, cell] of executor.argCells) {
    const value = initialValue(golden, "arg", name, cell.shape) ?? params.get(`arg:${name}`);
    if (value) cell.set(value);
  }
  await fillStates(golden, executor, params);
  for (const [name, cell] of executor.gradCells) {
    const before = golden.tensors.get(`grad_before:${name}`);
    if (before) cell.set(before);
  }
}

async function fillStates(
  golden: GoldenCase,
  executor: Executor,
  params: ReadonlyMap<string, HostArray>,
): Promise<void> {
  for (const [name, cell] of executor.auxCells) {
    const value = initialValue(golden, "aux", name, cell.shape) ?? params.get(`aux:${name}`);
    if (value) cell.set(value);
  }
}

/** The names of the outputs as the cases give them: one that occurs twice has `#index` appended. */
function outputNames(executor: Executor): string[] {
  const names = executor.outputs.map((output) => output.name);
  return names.map((name, i) => (names.indexOf(name) !== i || names.lastIndexOf(name) !== i ? `${name}#${i}` : name));
}

async function compareOutputs(golden: GoldenCase, comparison: Comparison, executor: Executor, prefixes: string[]) {
  for (const [i, name] of outputNames(executor).entries()) {
    for (const prefix of prefixes) {
      const plain = executor.outputs[i]?.name;
      const key = [`${prefix}:${name}`, `${prefix}:${plain}`].find((candidate) => golden.tensors.has(candidate));
      if (key === undefined) continue;
      const got = await executor.outputs[i]?.toHost();
      if (got) comparison.arrays(key, got, golden.tensor(key), golden.tensors.get(`native:${key}`));
      break;
    }
  }
}

async function compareStates(golden: GoldenCase, comparison: Comparison, executor: Executor, prefix: string) {
  for (const [name, want] of golden.withPrefix(prefix)) {
    const cell = executor.auxCells.get(name);
    if (cell)
      comparison.arrays(`${prefix}:${name}`, await cell.toHost(), want, golden.tensors.get(`native:${prefix}:${name}`));
  }
}

async function compareGradients(golden: GoldenCase, comparison: Comparison, executor: Executor): Promise<void> {
  const norms = golden.object("grad_norm");
  for (const [name, cell] of executor.gradCells) {
    const want = golden.tensors.get(`grad:${name}`);
    const head = golden.tensors.get(`grad_head:${name}`);
    if (!want && !head && norms[name] === undefined) continue;
    if (KNOWN_FAULTS[golden.id]?.[`grad:${name}`] !== undefined) continue;
    const got = await cell.toHost();
    if (want) {
      const key = `grad:${name}`;
      comparison.arrays(key, got, want, golden.tensors.get(`native:${key}`), withExactValues(golden, key, want));
    }
    const values = toFloat32(got);
    if (head) {
      const first = { dtype: "float32" as const, shape: head.shape, data: values.slice(0, head.data.length) };
      comparison.arrays(`grad_head:${name}`, first, head);
    }
    if (norms[name] !== undefined) {
      comparison.numbers(`grad_norm ${name}`, Math.hypot(...chunkNorms(values)), numberOf(norms[name]));
    }
  }
  for (const [name, want] of golden.withPrefix("arg_after")) {
    const cell = executor.argCells.get(name);
    if (cell) comparison.arrays(`arg_after:${name}`, await cell.toHost(), want);
  }
}

/** Norms of parts of an array, few enough to be arguments of one call. */
function chunkNorms(values: Float32Array): number[] {
  const norms: number[] = [];
  for (let start = 0; start < values.length; start += 4096) {
    let sum = 0;
    for (const value of values.subarray(start, start + 4096)) sum += value * value;
    norms.push(Math.sqrt(sum));
  }
  return norms;
}

/** Binds, runs the inference forward, the training forward and backward, as "Graph cases" of the README.md says. */
export async function replayGraph(golden: GoldenCase, comparison: Comparison, folders: Folders): Promise<void> {
  if (golden.ours === "error") {
    let thrown: unknown;
    try {
      await run(golden, comparison, folders);
    } catch (error) {
      thrown = error;
    }
    comparison.differences.length = 0;
    comparison.refused("forward", thrown, (error) => error instanceof MxgraftError);
    return;
  }
  await run(golden, comparison, folders);
}

async function run(golden: GoldenCase, comparison: Comparison, folders: Folders): Promise<void> {
  const model = modelOf(golden, folders);
  const symbol = model?.symbol ?? loadJson(golden.symbolJson);
  const params = model?.params ?? new Map<string, HostArray>();
  compareStructure(golden, comparison, symbol);
  const executor = simpleBind(symbol, {
    shapes: golden.shapes("input_shapes"),
    types: typesOf(golden),
    gradReq: gradReqOf(golden),
  });
  try {
    await fill(golden, executor, params);
    await executor.forward({ isTrain: false });
    await compareOutputs(golden, comparison, executor, ["out"]);
    await compareStates(golden, comparison, executor, "aux_inference");
    const hasTraining = golden.facts.train_equals_inference === true || golden.withPrefix("out_train").length > 0;
    const gradients = [...golden.tensors.keys()].some(
      (name) => name.startsWith("grad:") || name.startsWith("grad_head:"),
    );
    if (!hasTraining && !gradients) return;
    await fillStates(golden, executor, params);
    await executor.forward({ isTrain: true });
    await compareOutputs(golden, comparison, executor, ["out_train", "out"]);
    await compareStates(golden, comparison, executor, "aux_forward");
    if (!gradients) return;
    const names = outputNames(executor);
    const heads = names.map(
      (name, i) => golden.tensors.get(`ograd:${name}`) ?? golden.tensors.get(`ograd:${executor.outputs[i]?.name}`),
    );
    await executor.backward(heads);
    await compareStates(golden, comparison, executor, "aux_after");
    await compareGradients(golden, comparison, executor);
  } finally {
    comparison.compilations.push(executor.compilation);
    executor.dispose();
  }
}

/** Multiply-adds of the forward pass, for backends that are too slow for large networks. */
export function multiplyAdds(golden: GoldenCase, folders: Folders): number {
  const symbol = modelOf(golden, folders)?.symbol ?? loadJson(golden.symbolJson);
  const internals = symbol.getInternals();
  const shapes = internals.inferShapePartial(golden.shapes("input_shapes")).outShapes;
  const shapeOf = new Map(internals.listOutputs().map((name, i): [string, Shape | undefined] => [name, shapes[i]]));
  let total = 0;
  for (const [name, shape] of shapeOf) {
    const weight = name.endsWith("_output") ? shapeOf.get(`${name.slice(0, -"_output".length)}_weight`) : undefined;
    if (!shape || !weight) continue;
    const [, ...reduced] = weight;
    total += [...shape, ...reduced].reduce((product, axis) => product * axis, 1);
  }
  return total;
}
