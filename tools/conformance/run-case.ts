import { BackendError, RegistryError } from "@mxgraft/base";
import { Comparison } from "./comparison.ts";
import type { CasePlace } from "./find-cases.ts";
import { GoldenCase } from "./golden-case.ts";
import { type Folders, NotSupported, type Replay } from "./replay.ts";
import { replayOrder, replayTrace } from "./replays/center-loss.ts";
import { replayCheckpoint } from "./replays/checkpoint.ts";
import { replayCustom } from "./replays/custom.ts";
import { replayCorrupt, replayParams, replaySymbol } from "./replays/files.ts";
import { multiplyAdds, replayGraph } from "./replays/graph.ts";
import { replayInitializer } from "./replays/initializer.ts";
import { replayMetric } from "./replays/metric.ts";
import { replayOptimizer, replayScheduler } from "./replays/optimizer.ts";
import { replayRecordIO } from "./replays/record-io.ts";
import { replayTraining } from "./replays/training.ts";

/** `prose`: the case is text, and is not counted. */
export type Status = "passed" | "failed" | "skipped" | "prose";

export interface CaseResult {
  readonly group: string;
  readonly name: string;
  readonly operator: string;
  readonly status: Status;
  /** Why it was skipped, or what differs. */
  readonly problems: readonly string[];
  /** How many tensors, values and errors were compared. */
  readonly compared: number;
}

/** Multiply-adds of a forward pass that the cpu backend is asked for at most. */
const CPU_LIMIT = 5_000_000;

function replayOf(golden: GoldenCase): Replay {
  const { group, name } = golden;
  switch (group) {
    case "checkpoint":
      return replayCheckpoint;
    case "training":
      return replayTraining;
    case "metrics":
      return replayMetric;
    case "initializers":
      return replayInitializer;
    case "optimizers":
      return golden.facts.rates === undefined ? replayOptimizer : replayScheduler;
    case "files":
      if (name.startsWith("params/")) return replayParams;
      if (name.startsWith("symbols/")) return replaySymbol;
      if (name.startsWith("recordio/")) return replayRecordIO;
      if (name.startsWith("corrupt_")) return replayCorrupt;
      throw new NotSupported("files of this kind are not read yet");
    case "custom":
      return replayCustom;
    default:
      if (golden.tensors.has("steps:data")) return replayTrace;
      return golden.facts.actions === undefined ? replayGraph : replayOrder;
  }
}

function tooLargeForCpu(golden: GoldenCase, replay: Replay, folders: Folders): boolean {
  return replay === replayTraining
    ? golden.facts.crop === undefined
    : replay === replayGraph && multiplyAdds(golden, folders) > CPU_LIMIT;
}

/** Replays one case; whatever is in it, the outcome is a result, never an exception. */
export async function runCase(root: string, place: CasePlace, folders: Folders, backend: string): Promise<CaseResult> {
  const base = { ...place, operator: place.name.split("/")[0] ?? place.name };
  let comparison: Comparison | undefined;
  try {
    const golden = new GoldenCase(root, place.group, place.name);
    if (golden.text("kind") === "prose") return { ...base, status: "prose", problems: [], compared: 0 };
    comparison = new Comparison(golden.tolerance);
    const replay = replayOf(golden);
    if (backend === "cpu" && tooLargeForCpu(golden, replay, folders)) {
      throw new NotSupported("more multiply-adds than the cpu backend is asked for");
    }
    await replay(golden, comparison, folders);
  } catch (error) {
    const compared = comparison?.compared ?? 0;
    // What is not there is not wrong: an operator, optimizer or kernel that mxgraft does not have yet.
    const missing = error instanceof NotSupported || error instanceof RegistryError || error instanceof BackendError;
    const problem = error instanceof Error ? error.message : String(error);
    return { ...base, status: missing ? "skipped" : "failed", problems: [problem], compared };
  }
  const { differences, compared } = comparison;
  if (compared === 0) return { ...base, status: "failed", problems: ["nothing was compared"], compared };
  return { ...base, status: differences.length === 0 ? "passed" : "failed", problems: differences, compared };
}
