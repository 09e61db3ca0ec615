import { FormatError, type HostArray, UsageError } from "@mxgraft/base";
import { simpleBind } from "@mxgraft/executor";
import { arraysByName, readParams, readStates, toDense, writeStates } from "@mxgraft/files";
import { loadJson } from "@mxgraft/symbol";
import type { Comparison } from "../comparison.ts";
import type { GoldenCase } from "../golden-case.ts";
import { arraysOfState } from "./saved-state.ts";

function fileEndingIn(golden: GoldenCase, ending: string): Uint8Array {
  const name = golden
    .names("files")
    .find((file) => file.endsWith(ending) && !file.includes("/") && !file.includes("\\"));
  if (name === undefined) throw new FormatError(`${golden.id}: no file of the case ends in "${ending}".`);
  return golden.file(name);
}

/** Reads the three files of a checkpoint, compares their content, and runs the loaded model on the case's input. */
export async function replayCheckpoint(golden: GoldenCase, comparison: Comparison): Promise<void> {
  const params = arraysByName(readParams(fileEndingIn(golden, ".params")));
  comparison.same("names_in_params_file", [...params.keys()], golden.facts.names_in_params_file);
  for (const [name, stored] of params) {
    const want = golden.tensors.get(name);
    if (want) comparison.arrays(name, toDense(stored), want);
  }

  const { states } = readStates(fileEndingIn(golden, ".states"));
  for (const [round, saved] of [states, readStates(writeStates(states)).states].entries()) {
    for (const [index, state] of saved) {
      for (const [i, array] of arraysOfState(state).entries()) {
        const want = golden.tensors.get(`state:${index}:${i}`);
        if (want) comparison.arrays(`${round === 0 ? "" : "written "}state:${index}:${i}`, array, want);
      }
    }
    comparison.same(
      "indices of states",
      [...saved.keys()].map(String).sort(),
      Object.keys(golden.object("states")).sort(),
    );
  }

  const symbol = loadJson(new TextDecoder().decode(fileEndingIn(golden, "-symbol.json")));
  comparison.same("list_arguments", symbol.listArguments(), golden.facts.list_arguments);
  comparison.same("list_outputs", symbol.listOutputs(), golden.facts.list_outputs);
  comparison.same("list_auxiliary_states", symbol.listAuxiliaryStates(), golden.facts.list_auxiliary_states);
  const data = golden.tensor("in:data");
  const label = golden.tensors.get("in:label");
  const labels = symbol.listArguments().filter((name) => name.endsWith("label"));
  const inputs = Object.fromEntries([
    ["data", data],
    ...labels.flatMap((name): [string, HostArray][] => (label ? [[name, label]] : [])),
  ]);
  const executor = simpleBind(symbol, {
    shapes: Object.fromEntries(Object.entries(inputs).map(([name, array]) => [name, array.shape])),
    gradReq: "null",
  });
  try {
    for (const [kind, cells] of [
      ["arg", executor.argCells],
      ["aux", executor.auxCells],
    ] as const) {
      for (const [name, cell] of cells) {
        const stored = params.get(`${kind}:${name}`);
        if (stored) cell.set(toDense(stored));
        else if (inputs[name] === undefined) throw new UsageError(`The checkpoint has no "${kind}:${name}".`);
      }
    }
    await executor.forward({ inputs });
    for (const output of executor.outputs) {
      const want = golden.tensors.get(`out:${output.name}`);
      if (want) comparison.arrays(`out:${output.name}`, await output.toHost(), want);
    }
  } finally {
    comparison.compilations.push(executor.compilation);
    executor.dispose();
  }
}
