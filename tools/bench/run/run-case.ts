import { mkdtemp, rm } from "node:fs/promises";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchCase, Rival } from "../cases/bench-case.ts";
import { peers as allPeers, type Peer, type PeerName } from "../peers/peers.ts";
import { disagreement } from "./check-agreement.ts";
import type { Machine } from "./machine.ts";
import type { Job, Prepared, Settings } from "./protocol.ts";
import type { Facts, Omission, Result } from "./results.ts";
import { exactly, type Quartiles, quartiles } from "./statistics.ts";
import { type Effort, type Samples, takeTurns } from "./take-turns.ts";
import { WorkerError, WorkerProcess } from "./worker-process.ts";

export interface CaseOptions {
  readonly effort: Effort;
  /** Whether peers that have to be set up take part. */
  readonly withPeers: boolean;
  /** Where mxgraft and plain TensorFlow.js compute, unless the case says. */
  readonly backend: string;
  readonly machine?: Machine;
  /** Who is there; by default all that the benchmark knows. */
  readonly peers?: Readonly<Record<PeerName, Peer>>;
  /** Puts into the settings of a job what it needs and the case cannot know, a converted model for instance. */
  complete?(peer: PeerName, job: Job): Promise<Job>;
  /** Takes a line about what goes on. */
  say?(line: string): void;
}

export interface CaseOutcome {
  readonly results: readonly Result[];
  readonly omitted: readonly Omission[];
}

/** In parts of the number; losses after a few steps in another order of additions. */
const TOLERANCE = { relative: 2e-3, absolute: 1e-4 };
/** What a table may take besides itself, MB. */
const MEMORY_ALLOWANCE = 250;

interface Entrant {
  readonly rival: Rival | undefined;
  readonly label: string;
  readonly worker: WorkerProcess;
  readonly prepared: Prepared;
}

/** Starts the workers of a case, checks that they compute the same, and lets them work in turns. */
export async function runCase(benchCase: BenchCase, options: CaseOptions): Promise<CaseOutcome> {
  const { effort, say = () => undefined } = options;
  const omitted: Omission[] = [];
  const omit = (peer: string, reason: string) => {
    omitted.push({ name: benchCase.name, peer, reason });
    say(`${benchCase.name}: without ${peer}: ${reason}`);
  };
  const { memory = 0 } = benchCase;
  if (memory > freemem()) {
    omit("everyone", `it needs ${Math.round(memory / 1e6)} MB of free memory`);
    return { results: [], omitted };
  }
  const known = options.peers ?? allPeers;
  const backend = String(benchCase.settings.backend ?? options.backend);
  const rivals = benchCase.rivals.filter(
    ({ peer, onlyOn = backend }) => onlyOn === backend && (options.withPeers || known[peer].builtIn),
  );
  if (benchCase.measure === "time" && rivals.length === 0) return { results: [], omitted };
  const folder = await mkdtemp(join(tmpdir(), "mxgraft-bench-"));
  const workers: WorkerProcess[] = [];
  const enter = async (rival: Rival | undefined): Promise<Entrant> => {
    const name = rival?.peer ?? "mxgraft";
    const peer = known[name];
    const label = rival?.label ?? peer.title;
    const command = peer.find(process.env);
    if ("missing" in command) throw new WorkerError(command.missing);
    const worker = new WorkerProcess(label, command);
    workers.push(worker);
    const settings: Settings = { ...benchCase.settings, backend, ...rival?.settings };
    const job: Job = { work: benchCase.work, folder, settings };
    const prepared = await worker.prepare((await options.complete?.(name, job)) ?? job);
    return { rival, label, worker, prepared };
  };
  try {
    await benchCase.write(folder);
    const ours = await enter(undefined);
    if (benchCase.measure === "memory") return { results: [memoryResult(benchCase, ours.prepared.facts)], omitted };
    const entrants: (Entrant & { readonly rival: Rival })[] = [];
    for (const rival of rivals) {
      const label = rival.label ?? known[rival.peer].title;
      try {
        const entrant = await enter(rival);
        const problem = differences(ours.prepared, entrant.prepared, rival);
        if (problem === undefined) entrants.push({ ...entrant, rival });
        else omit(label, `it does not compute the same: ${problem}`);
      } catch (error) {
        if (!(error instanceof WorkerError)) throw error;
        omit(label, error.message);
      }
    }
    if (entrants.length === 0) return { results: [], omitted };
    const samples = await takeTurns([ours.worker, ...entrants.map(({ worker }) => worker)], effort);
    const own = samples.get(ours.worker.name);
    const promised = backend === "tensorflow" || benchCase.settings.backend !== undefined;
    const limit = limitOf(benchCase, options);
    const results = entrants.flatMap((entrant): Result[] => {
      const theirs = samples.get(entrant.worker.name);
      if (own === undefined || theirs === undefined) return [];
      return [timeResult(benchCase, { ours, entrant, own, theirs, limit, promised })];
    });
    return { results, omitted };
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
    await rm(folder, { recursive: true, force: true });
  }
}

function differences(ours: Prepared, theirs: Prepared, { checked, tolerance = TOLERANCE }: Rival): string | undefined {
  if (checked === 0) return undefined;
  const first = Object.entries(theirs.check).map(([name, list]) => [name, list.slice(0, checked)] as const);
  const own = Object.entries(ours.check).map(([name, list]) => [name, list.slice(0, checked)] as const);
  return disagreement(Object.fromEntries(own), Object.fromEntries(first), tolerance);
}

function timeResult(
  { name, title }: BenchCase,
  about: {
    readonly ours: Entrant;
    readonly entrant: Entrant & { readonly rival: Rival };
    readonly own: Samples;
    readonly theirs: Samples;
    readonly limit: number | null;
    /** Whether targets hold on this backend. */
    readonly promised: boolean;
  },
): Result {
  const { ours, entrant, own, theirs, limit, promised } = about;
  const { atMost = false } = entrant.rival;
  const target = (promised ? entrant.rival.target : undefined) ?? null;
  const through = (mine: Quartiles, other: Quartiles) =>
    atMost ? mine.median / other.median : other.median / mine.median;
  const [all, others] = [quartiles(own.rounds.flat()), quartiles(theirs.rounds.flat())];
  const ratio = through(all, others);
  const byRound = own.rounds.map((times, round) => through(quartiles(times), quartiles(theirs.rounds[round] ?? times)));
  return {
    name,
    title,
    peer: entrant.label,
    ratio,
    target,
    atMost,
    met: target === null ? null : atMost ? ratio <= target : ratio >= target,
    ratios: quartiles(byRound),
    unit: "ms",
    ours: all,
    theirs: others,
    limit,
    facts: { ours: ours.prepared.facts, theirs: entrant.prepared.facts },
  };
}

function memoryResult({ name, title }: BenchCase, facts: Facts): Result {
  const [table, before, peak] = ["table", "before", "peak"].map((fact) => Number(facts[fact])) as [
    number,
    number,
    number,
  ];
  const [grown, allowed] = [peak - before, table + MEMORY_ALLOWANCE];
  const ratio = grown / allowed;
  return {
    name,
    title,
    peer: `the table (${table} MB) and ${MEMORY_ALLOWANCE} MB`,
    ratio,
    target: 1,
    atMost: true,
    met: ratio <= 1,
    ratios: exactly(ratio),
    unit: "MB",
    ours: exactly(grown),
    theirs: exactly(allowed),
    limit: null,
    facts: { ours: facts, theirs: {} },
  };
}

/** Arithmetic at the rate of matrix products, or memory at the rate of STREAM's triad, whichever takes longer. */
function limitOf({ cost, settings }: BenchCase, { machine }: CaseOptions): number | null {
  if (cost === undefined || machine === undefined) return null;
  const rate = settings.backend === "wasm" ? machine.matrices.wasm : machine.matrices.backend;
  return 1e3 * Math.max(cost.flops / (rate * 1e9), cost.bytes / (machine.bandwidth.triad * 1e9));
}
