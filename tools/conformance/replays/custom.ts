import { events, registerPortedOperators } from "../../../test/ported-operators.ts";
import type { Comparison } from "../comparison.ts";
import { type GoldenCase, isFacts } from "../golden-case.ts";
import type { Folders } from "../replay.ts";
import { replayGraph } from "./graph.ts";

let registered = false;

/** One call of an operator, as text; the order of independent calls may vary, so the calls are compared sorted. */
function callText(call: unknown, isTrain: unknown, req: unknown): string {
  return JSON.stringify([call, typeof isTrain === "boolean" ? Number(isTrain) : (isTrain ?? null), req]);
}

/** A graph with operators that were Python, ported line by line, and the calls they saw. */
export async function replayCustom(golden: GoldenCase, comparison: Comparison, folders: Folders): Promise<void> {
  if (!registered) registerPortedOperators();
  registered = true;
  events.length = 0;
  await replayGraph(golden, comparison, folders);
  const recorded = golden.list("events").filter(isFacts);
  if (recorded.length === 0) return;
  const want = recorded.map(({ call, is_train: isTrain, req }) => callText(call, isTrain, req));
  const got = events.map(([call, isTrain, req]) => callText(call, isTrain, req));
  comparison.same("events", got.sort(), want.sort());
}
