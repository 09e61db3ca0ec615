import { BackendError, RegistryError } from "@mxgraft/base";
import { toleranceOn } from "./backend-tolerances.ts";
import type { CasePlace } from "./case-place.ts";
import { Comparison } from "./comparison.ts";
import type { FileSource } from "./file-source.ts";
import { GoldenCase } from "./golden-case.ts";
import { KNOWN_DIFFERENCES } from "./known-faults.ts";
import { type OperatorRun, operatorRuns } from "./operator-run.ts";
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
  /** In a compiled graph, how each operator ran; absent where all graphs were eager. */
  readonly compiled?: readonly OperatorRun[];
}

/** Where a case is replayed. */
export interface Place {
  readonly backend: string;
  /** Multiply-adds of a forward pass that the backend is asked for at most; no limit when left out. */
  readonly limit?: number;
}

/** Limits of backends that are too slow for large networks wherever they run. */
export const LIMITS: Readonly<Record<string, number>> = { cpu: 5_000_000 };

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

function tooLarge(golden: GoldenCase, replay: Replay, folders: Folders, limit: number): boolean {
  // Training on whole digits is LeNet, 150 million multiply-adds a batch; the small cases crop them.
  return replay === replayTraining
    ? golden.facts.crop === undefined
    : replay === replayGraph && multiplyAdds(golden, folders) > limit;
}

/** Replays one case; whatever is in it, the outcome is a result, never an exception. */
export async function runCase(
  files: FileSource,
  place: CasePlace,
  folders: Folders,
  { backend, limit = LIMITS[backend] }: Place,
): Promise<CaseResult> {
  const base = { ...place, operator: place.name.split("/")[0] ?? place.name };
  let comparison: Comparison | undefined;
  try {
    const golden = new GoldenCase(files, place.group, place.name);
    if (golden.text("kind") === "prose") return { ...base, status: "prose", problems: [], compared: 0 };
    comparison = new Comparison(toleranceOn(backend, golden));
    const difference = KNOWN_DIFFERENCES[backend]?.[golden.id];
    if (difference !== undefined) throw new NotSupported(difference);
    const replay = replayOf(golden);
    if (limit !== undefined && tooLarge(golden, replay, folders, limit)) {
      throw new NotSupported(`more multiply-adds than backend "${backend}" is asked for`);
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
  const runs = operatorRuns(comparison.compilations);
  const status = differences.length === 0 ? "passed" : "failed";
  return { ...base, status, problems: differences, compared, ...(runs.length === 0 ? {} : { compiled: runs }) };
}
