import type { EncodedFunction } from "@mxgraft/graphdef";
import { loadNativeOperators, stringAttribute, type TensorId, tfjsNodeBackend, uniqueName } from "@mxgraft/tfjs";
import type { GraphFunction } from "./function-part.ts";

/** Functions that were added, by the bytes of their body. */
interface Entry {
  readonly name: string;
  users: number;
}

const entries = new Map<string, Entry>();

/** What was loaded when TensorFlow runs functions of ours; the reason why not otherwise. */
export function functionLibraryState() {
  return loadNativeOperators("function-library");
}

function text(operator: string, bytes: Uint8Array): void {
  const { binding } = tfjsNodeBackend();
  const id = binding.createTensor([], binding.TF_STRING, [bytes]);
  try {
    binding.executeOp(operator, [], [id], 0);
  } finally {
    binding.deleteTensor(id);
  }
}

/**
 * Adds a function to TensorFlow's eager context; one with the same body is shared.
 *
 * @param optimize  whether Grappler rewrites it at its first call, which fuses layers of an evaluation. A training step
 *   gains nothing by it, and its first call takes longer.
 */
export function addFunction({ body, library }: EncodedFunction, optimize: boolean): GraphFunction {
  let entry = entries.get(body);
  if (entry === undefined) {
    // A name that was removed is not used again: TensorFlow caches what it made of it.
    entry = { name: uniqueName("mxgraft_function"), users: 0 };
    text("MxgraftAddFunctions", library(entry.name));
    entries.set(body, entry);
  }
  entry.users++;
  const { name } = entry;
  const backend = tfjsNodeBackend();
  // Without this attribute TensorFlow leaves the function as it is; an empty configuration is the usual one.
  const attributes = optimize ? [stringAttribute(backend.binding, "config_proto", "")] : [];
  let live = true;
  return {
    call: (inputs: readonly TensorId[], results: number) =>
      backend.binding.executeOp(name, attributes, inputs, results),
    dispose() {
      if (!live) return;
      live = false;
      const own = entries.get(body);
      if (own === undefined || --own.users > 0) return;
      entries.delete(body);
      text("MxgraftRemoveFunction", new TextEncoder().encode(name));
    },
  };
}

/** How many functions are in TensorFlow's library for us. */
export function functionCount(): number {
  return entries.size;
}
