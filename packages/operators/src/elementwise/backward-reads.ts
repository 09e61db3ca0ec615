/** What the gradient of an operator of elements is computed from. */
export type Reads = "nothing" | "arguments" | "output" | "everything";

/** The indices that a spec's `backwardReads` gives. */
export function backwardReads(reads: Reads, argumentCount: number): { arguments: number[]; outputs: number[] } {
  const args = reads === "arguments" || reads === "everything";
  const outputs = reads === "output" || reads === "everything";
  return { arguments: args ? [...new Array(argumentCount).keys()] : [], outputs: outputs ? [0] : [] };
}
