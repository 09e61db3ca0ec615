import { invariant, type Random } from "@mxgraft/base";
import type { GradReq } from "@mxgraft/operator";
import type { BoundOperatorStep, BoundStep } from "../bound-step.ts";
import type {
  Compilation,
  CompilationReport,
  CompiledPart,
  EagerNode,
  NodeCompilation,
  Part,
  TrainingStep,
} from "../compilation.ts";
import type { FusedStep } from "../fuse-steps.ts";
import type { PreparedWeights } from "../fused-evaluation.ts";
import type { Plan } from "../plan.ts";
import { buildTrainingStep, RefusedSumsError, type TrainingDraft } from "./build-training-step.ts";
import type { Carrier } from "./carrier.ts";
import { DeviceSums } from "./device-sums.ts";
import { type Argument, FunctionPart } from "./function-part.ts";
import { loweringOf } from "./lower-step.ts";
import { NotCompilableError } from "./not-compilable.ts";
import { PartDraft, type ResultTarget } from "./part-draft.ts";
import { type BoundGraph, ProgramBuilder, physicalShapeOf } from "./program-builder.ts";

export interface CompilationOptions extends BoundGraph {
  readonly gradReq: ReadonlyMap<string, GradReq>;
  readonly random: Random;
  readonly carrier: Carrier;
  /** Why the carrier is not the fastest one. */
  readonly carrierReason?: string | undefined;
}

/** How many ways of updating one graph keeps compiled. */
const MOST_STEPS = 6;
/** How often one of them has to have run before it makes room: an optimizer that always changes is not worth compiling. */
const LEAST_RUNS = 10;

const NO_SUMS: TrainingStep["sums"] = [];

/** A forward run and the backward runs that belong to it. */
interface Program {
  readonly fed: string;
  readonly forward: readonly Part[];
  /** By the outputs that get a gradient. */
  readonly backward: Map<string, readonly Part[]>;
  /** Compiles backward for other outputs. */
  readonly backwardFor: (heads: readonly number[]) => readonly Part[];
}

/** A compiled training step and what holds for it. */
interface CompiledStep {
  readonly fed: string;
  readonly step: TrainingStep;
  readonly draft: TrainingDraft;
  readonly part: FunctionPart;
  readonly scalars: Float32Array;
  /** How often it was used after it was made. */
  runs: number;
}

/** A bound graph as graphs of TensorFlow that a carrier runs, made when they are first needed. */
export class GraphCompilation implements Compilation {
  readonly #options: CompilationOptions;
  readonly #fed = new Set<string>();
  readonly #functions: FunctionPart[] = [];
  readonly #refused = new Map<string, EagerNode>();
  readonly #nodes = new Map<string, NodeCompilation>();
  readonly #steps: CompiledStep[] = [];
  readonly #evaluation: { program?: Program } = {};
  readonly #training: { program?: Program } = {};
  #fused: { readonly fed: string; readonly parts: readonly Part[] } | undefined;
  #stepReason: string | undefined;
  #refusedSums: { readonly text: string; readonly reason: string } | undefined;
  #share = true;
  #sums: { readonly text: string; readonly device: DeviceSums } | undefined;
  #compiledSteps = 0;

  constructor(options: CompilationOptions) {
    this.#options = options;
  }

  get report(): CompilationReport {
    const { carrier, carrierReason } = this.#options;
    const nodes = new Map([...this.#refused.values()].map((node) => [`${node.node} ${node.reason}`, node]));
    return {
      mode: "compiled",
      carrier: carrier.name,
      ...(carrierReason === undefined ? {} : { reason: carrierReason }),
      eagerNodes: [...nodes.values()],
      nodes: [...this.#nodes.values()],
      compiledSteps: this.#compiledSteps,
      ...(this.#stepReason === undefined ? {} : { stepReason: this.#stepReason }),
      ...(this.#refusedSums === undefined ? {} : { sumsReason: this.#refusedSums.reason }),
    };
  }

  forward(isTrain: boolean, fed: readonly string[]): readonly Part[] {
    const key = this.#key(fed);
    const place = isTrain ? this.#training : this.#evaluation;
    if (place.program?.fed !== key) place.program = this.#build(isTrain, key);
    return place.program.forward;
  }

  fuses(step: BoundOperatorStep): boolean {
    return loweringOf(step)?.fused !== undefined;
  }

  evaluate(
    steps: readonly (BoundStep | FusedStep)[],
    prepared: PreparedWeights,
    fed: readonly string[],
  ): readonly Part[] {
    const key = this.#key(fed);
    if (this.#fused?.fed === key) return this.#fused.parts;
    const builder = this.#builder();
    builder.evaluation(steps, prepared);
    const used = builder.parts.filter((part) => !(part instanceof PartDraft) || isUsed(part));
    const parts = used.map((part) => (part instanceof PartDraft ? this.#compile(part, true) : part));
    this.#fused = { fed: key, parts };
    return parts;
  }

  backward(heads: readonly number[]): readonly Part[] {
    const { program } = this.#training;
    invariant(program, "backward was asked for before forward");
    const known = program.backward.get(heads.join());
    if (known !== undefined) return known;
    const made = program.backwardFor(heads);
    program.backward.set(heads.join(), made);
    return made;
  }

  train(given: TrainingStep, fed: readonly string[]): ReturnType<Compilation["train"]> {
    if (this.#stepReason !== undefined) return undefined;
    const sums = given.sums.length > 0 && textOf(given.sums) !== this.#refusedSums?.text;
    const step = sums ? given : { ...given, sums: NO_SUMS };
    const key = this.#key(fed);
    const known = this.#steps.findIndex((compiled) => compiled.fed === key && fits(compiled, step));
    if (known > 0) this.#steps.unshift(...this.#steps.splice(known, 1));
    const [first] = this.#steps;
    if (known >= 0 && first) {
      if (writeScalars(first, step)) {
        first.runs++;
        return { part: first.part, sums };
      }
      // What was the same in several updates is so no more: from now on each has its own.
      this.#share = false;
      this.#steps.shift();
      this.#drop(first.part);
    }
    try {
      this.#makeRoom();
      const made = this.#buildStep(step, key);
      this.#steps.unshift(made);
      const written = writeScalars(made, step);
      invariant(written, "a step does not fit what it was made of");
      return { part: made.part, sums };
    } catch (error) {
      if (!(error instanceof NotCompilableError)) throw error;
      if (error instanceof RefusedSumsError) {
        this.#refusedSums = { text: textOf(step.sums), reason: error.message };
        return this.train(given, fed);
      }
      this.#stepReason = error.message;
      return undefined;
    }
  }

  takeSums(): number[] {
    return this.#sums?.device.take() ?? [];
  }

  dispose(): void {
    for (const part of this.#functions) part.dispose();
    this.#functions.length = 0;
    this.#sums?.device.dispose();
    this.#sums = undefined;
  }

  /** Arguments that were fed once count as fed from then on; the functions made before fit no more. */
  #key(fed: readonly string[]): string {
    for (const name of fed) this.#fed.add(name);
    return [...this.#fed].join();
  }

  #builder(): ProgramBuilder {
    return new ProgramBuilder(this.#options, this.#options.carrier, this.#fed, this.#refused, this.#nodes);
  }

  #build(isTrain: boolean, fed: string): Program {
    const { plan } = this.#options;
    const needed = plan.steps.some((step) => step.kind === "operator" && step.wanted.includes(true));
    const builder = this.#builder();
    builder.forward(isTrain);
    const forwardParts = builder.parts.slice();
    const made = new Map<PartDraft, CompiledPart>();
    const compile = (part: PartDraft | BoundStep): Part => {
      if (!(part instanceof PartDraft)) return part;
      const known = made.get(part) ?? this.#compile(part, !isTrain);
      made.set(part, known);
      return known;
    };
    const compileAll = (parts: readonly (PartDraft | BoundStep)[]) =>
      parts.filter((part) => !(part instanceof PartDraft) || isUsed(part)).map(compile);
    const drafts = new Map<string, readonly (PartDraft | BoundStep)[]>();
    // Which outputs get a gradient is known only later, but what forward has to keep for it has to be said now: what
    // is needed when none or all of them get one is enough for all others.
    if (isTrain && needed)
      for (const heads of headChoices(plan)) drafts.set(heads.join(), builder.backwardParts(heads));
    return {
      fed,
      forward: compileAll(forwardParts),
      backward: new Map(Array.from(drafts, ([heads, parts]) => [heads, compileAll(parts)])),
      backwardFor: (heads) => compileAll(builder.backwardParts(heads)),
    };
  }

  #buildStep(step: TrainingStep, fed: string): CompiledStep {
    const { plan, gradReq } = this.#options;
    for (const [name, req] of gradReq) {
      if (req === "add") throw new NotCompilableError(`the gradient of "${name}" is added to the one before`);
    }
    const builder = this.#builder();
    builder.forward(true);
    builder.backward([]);
    const [eager] = builder.eagerNodes;
    if (eager) throw new NotCompilableError(`${eager.node} (${eager.operator}) stays eager: ${eager.reason}`);
    this.#prepareSums(step.sums);
    const outputs = plan.outputs.map(({ slot }) => slot);
    const draft = buildTrainingStep(builder, this.#options, outputs, step, this.#share);
    const { current } = builder;
    invariant(builder.parts.length === 1, "a training step is one function");
    const scalars = new Float32Array(draft.scalars.length);
    const part = this.#compile(current, false, scalars);
    this.#compiledSteps++;
    return { fed, step, draft, scalars, part, runs: 0 };
  }

  /** Forgets the step that was used longest ago when there are too many. */
  #makeRoom(): void {
    const oldest = this.#steps.at(-1);
    if (this.#steps.length < MOST_STEPS || oldest === undefined) return;
    if (oldest.runs < LEAST_RUNS) throw new NotCompilableError("the optimizer changes from step to step");
    this.#steps.pop();
    this.#drop(oldest.part);
  }

  #drop(part: FunctionPart): void {
    this.#functions.splice(this.#functions.indexOf(part), 1);
    part.dispose();
  }

  /** The variable of the sums; steps with other sums go with theirs. */
  #prepareSums(expressions: TrainingStep["sums"]): void {
    const text = textOf(expressions);
    if (expressions.length === 0 || this.#sums?.text === text) return;
    this.#sums?.device.dispose();
    this.#sums = { text, device: new DeviceSums(expressions.length) };
    for (const { part } of this.#steps) this.#drop(part);
    this.#steps.length = 0;
  }

  #compile(part: PartDraft, optimize: boolean, scalars?: Float32Array): FunctionPart {
    const { carrier, plan, random } = this.#options;
    const { slots } = plan;
    const changed = part.graph.changedArguments.map(({ index }) => index);
    const byValue = carrier.states === "value";
    const newValues = (byValue ? changed : []).map((i): ResultTarget => {
      const source = part.arguments[i];
      invariant(
        source?.kind === "state" && source.cell.kind === "tensor",
        `argument ${i} is no array that a run changes`,
      );
      return { kind: "state", cell: source.cell };
    });
    const made = new FunctionPart({
      call: carrier.load(part.graph, optimize),
      arguments: part.arguments.map((source, i): Argument => {
        switch (source.kind) {
          case "state":
            if (source.cell.kind === "variable") return { kind: "variable", cell: source.cell };
            if (byValue) return { kind: "fed", cell: source.cell };
            return { kind: "state", cell: source.cell, changes: changed.includes(i) };
          case "gradient": {
            const slot = slots[source.slot];
            invariant(slot, `slot ${source.slot} is not there`);
            return { ...source, shape: physicalShapeOf(slot) };
          }
          default:
            return source;
        }
      }),
      results: [...part.results, ...newValues],
      random,
      sums: this.#sums?.device,
      ...(scalars === undefined ? {} : { scalars }),
    });
    this.#functions.push(made);
    return made;
  }
}

/** For which outputs backward is compiled at once: all, and none where all of them are losses. */
function headChoices({ outputs, steps }: Plan): number[][] {
  const all = outputs.map(({ slot }) => slot);
  const needs = steps.some(
    (step) => step.kind === "operator" && step.needsHeadGradient && step.outputs.some((id) => all.includes(id)),
  );
  return needs ? [all] : [[], all];
}

/** Whether running a part makes a difference. */
function isUsed({ graph, results }: PartDraft): boolean {
  return results.length > 0 || graph.nodes.some(({ isEffect }) => isEffect);
}

const sumsTexts = new WeakMap<TrainingStep["sums"], string>();

/** The same text for sums of the same expressions: each call of `fit` makes its metric, and so its sums, anew. */
function textOf(sums: TrainingStep["sums"]): string {
  let text = sumsTexts.get(sums);
  if (text === undefined) {
    text = JSON.stringify(sums);
    sumsTexts.set(sums, text);
  }
  return text;
}

/** Whether a step does what a compiled one does, but for the numbers that are given at each run. */
function fits({ step, draft }: CompiledStep, { updates, sums }: TrainingStep): boolean {
  if (step.updates.length !== updates.length || textOf(step.sums) !== textOf(sums)) return false;
  for (let u = 0; u < updates.length; u++) {
    const [before, now] = [step.updates[u], updates[u]];
    if (before?.weight !== now?.weight || before?.invocations.length !== now?.invocations.length) return false;
    for (let i = 0; i < (now?.invocations.length ?? 0); i++) {
      const [old, fresh] = [before?.invocations[i], now?.invocations[i]];
      if (old?.operator !== fresh?.operator || old?.inputs.length !== fresh?.inputs.length) return false;
      if (old?.inputs.some((cell, k) => cell !== fresh?.inputs[k])) return false;
      const attributes: Readonly<Record<string, unknown>> = { ...fresh?.attributes };
      for (const [name, value] of draft.fixed[u]?.[i] ?? []) if (attributes[name] !== value) return false;
    }
  }
  return true;
}

/** Writes the numbers of a step; `false` when one place of a shared number has another. */
function writeScalars({ draft, scalars }: CompiledStep, { updates }: TrainingStep): boolean {
  for (const [index, { attribute, places }] of draft.scalars.entries()) {
    for (const [k, { update, invocation }] of places.entries()) {
      const attributes: Readonly<Record<string, unknown>> = { ...updates[update]?.invocations[invocation]?.attributes };
      const value = Math.fround(Number(attributes[attribute]));
      if (k > 0 && value !== scalars[index]) return false;
      scalars[index] = value;
    }
  }
  return true;
}
