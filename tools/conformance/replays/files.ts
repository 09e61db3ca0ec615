import { FormatError, type HostArray, MxgraftError } from "@mxgraft/base";
import {
  arraysByName,
  isSparse,
  type ParamsEntry,
  type ParamsFile,
  readParams,
  readRecords,
  type StoredArray,
  toDense,
  writeParams,
} from "@mxgraft/files";
import { loadJson } from "@mxgraft/symbol";
import type { Comparison } from "../comparison.ts";
import { type Facts, type GoldenCase, isFacts, oursOf } from "../golden-case.ts";
import { NotSupported } from "../replay.ts";

/** The parts under which a case stores an array: its name, or its position in a list. */
function compareStored(golden: GoldenCase, comparison: Comparison, key: string, got: StoredArray): void {
  const want = (part: string): HostArray | undefined =>
    golden.tensors.get(`array:${key}${part}`) ?? golden.tensors.get(`f64:array:${key}${part}`);
  const check = (part: string, array: HostArray) => {
    const expected = want(part);
    if (expected) comparison.arrays(`array:${key}${part}`, array, expected);
  };
  if (!isSparse(got)) {
    check("", got);
    return;
  }
  check(":dense", toDense(got));
  check(":data", got.data);
  check(":indices", got.indices);
  if (got.stype === "csr") check(":indptr", got.indptr);
}

/** The arrays of a file; in a dictionary the last of one name counts. */
function entriesOf(golden: GoldenCase, file: ParamsFile): ParamsEntry[] {
  if (golden.text("container") !== "dict") return [...file.entries];
  return [...arraysByName(file)].map(([name, array]) => ({ name, array }));
}

/** Reads a .params file, and what is written of it once more. */
export function replayParams(golden: GoldenCase, comparison: Comparison): void {
  const bytes = golden.file(golden.text("file") ?? "");
  const read = entriesOf(golden, readParams(bytes));
  // Scalars and arrays without elements need the format of NumPy's shapes.
  const numpyShape = read.some(({ array }) => array.shape.length === 0 || array.shape.includes(0));
  const again = entriesOf(golden, readParams(writeParams(read, { numpyShape })));
  for (const [round, entries] of [read, again].entries()) {
    const label = round === 0 ? "read" : "written and read";
    const described = golden.list("arrays").filter(isFacts);
    comparison.same(
      `${label} names`,
      entries.map(({ name }) => name ?? null),
      described.map(({ name }) => name),
    );
    for (const [i, { name, array }] of entries.entries()) {
      const facts = described[i] ?? {};
      comparison.same(`${label} ${i} shape`, array.shape, facts.shape);
      comparison.same(`${label} ${i} dtype`, array.dtype, facts.dtype);
      comparison.same(`${label} ${i} stype`, isSparse(array) ? array.stype : "default", facts.stype);
      compareStored(golden, comparison, name ?? String(i), array);
    }
  }
}

/** Reads symbol JSON of any age and compares the names and shapes. */
export function replaySymbol(golden: GoldenCase, comparison: Comparison): void {
  const { facts } = golden;
  const read = loadJson(golden.symbolJson);
  for (const symbol of [read, loadJson(read.toJSON())]) {
    comparison.same("list_arguments", symbol.listArguments(), facts.list_arguments);
    comparison.same("list_outputs", symbol.listOutputs(), facts.list_outputs);
    comparison.same("list_auxiliary_states", symbol.listAuxiliaryStates(), facts.list_auxiliary_states);
    if (facts.internals !== undefined)
      comparison.same("internals", symbol.getInternals().listOutputs(), facts.internals);
    if (facts.attr_dict !== undefined) comparison.same("attr_dict", sorted(symbol.attrDict()), sorted(facts.attr_dict));
    if (facts.arg_shapes === undefined) continue;
    const inferred = symbol.inferShape(golden.shapes("input_shapes"));
    comparison.same("arg_shapes", inferred.argShapes, facts.arg_shapes);
    comparison.same("out_shapes", inferred.outShapes, facts.out_shapes);
    comparison.same("aux_shapes", inferred.auxShapes, facts.aux_shapes);
  }
}

/** Plain data with the keys of its objects in order. */
function sorted(value: unknown): unknown {
  if (value instanceof Map) return sorted(Object.fromEntries(value));
  if (!isFacts(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** Reads damaged files, which must be refused with an error of ours, loaded, or either, as each entry says. */
export function replayCorrupt(golden: GoldenCase, comparison: Comparison): void {
  for (const entry of golden.list("files")) {
    if (!isFacts(entry) || typeof entry.file !== "string")
      throw new FormatError(`${golden.id}: an entry names no file.`);
    const read = readerOf(entry.file, golden.file(entry.file));
    let thrown: unknown;
    try {
      read();
    } catch (error) {
      thrown = error;
    }
    compareOutcome(comparison, entry.file, entry, thrown);
  }
}

function readerOf(path: string, bytes: Uint8Array): () => unknown {
  if (path.endsWith(".params")) return () => readParams(bytes);
  if (path.endsWith(".json")) return () => loadJson(new TextDecoder().decode(bytes));
  if (path.endsWith(".rec")) return () => [...readRecords(bytes)];
  throw new NotSupported(`files of this kind are not read yet: ${path.slice(path.lastIndexOf("."))}`);
}

function compareOutcome(comparison: Comparison, name: string, entry: Facts, thrown: unknown): void {
  const isOurs = (error: unknown) => error instanceof MxgraftError;
  const ours = oursOf(entry);
  if (ours === "error" || (ours === undefined && entry.error !== undefined)) {
    comparison.refused(name, thrown, isOurs);
  } else if (ours === "any") {
    comparison.compared++;
    if (thrown !== undefined && !isOurs(thrown)) comparison.differences.push(`${name}: ${String(thrown)}`);
  } else {
    comparison.same(`${name} loads`, thrown === undefined ? "loaded" : String(thrown), "loaded");
  }
}
