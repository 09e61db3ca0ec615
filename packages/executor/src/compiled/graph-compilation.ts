import { invariant, type Random, sizeOf } from "@mxgraft/base";
import type { GradReq } from "@mxgraft/operator";
import type { BoundOperatorStep, BoundStep } from "../bound-step.ts";
import type {
  Compilation,
  CompilationReport,
  CompiledPart,
  CompiledRun,
  EagerNode,
  EvaluationRequest,
  NodeCompilation,
  Part,
  Run,
  TrainingStep,
} from "../compilation.ts";
import type { FusedStep } from "../fuse-steps.ts";
import type { PreparedWeights } from "../fused-evaluation.ts";
import type { Plan } from "../plan.ts";
import { type StepExpression, textOfExpressions } from "../step-expression.ts";
import { noSteps, type TakenSums } from "../step-sums.ts";
import { buildSums, RefusedSumsError } from "./build-sums.ts";
import { buildTrainingStep, type TrainingDraft } from "./build-training-step.ts";
import type { Carrier } from "./carrier.ts";
import { DeviceSums } from "./device-sums.ts";
import { type Argument, FunctionPart } from "./function-part.ts";
import { loweringOf } from "./lower-step.ts";
import { NotCompilableError } from "./not-compilable.ts";
import { PartDraft, type ResultTarget } from "./part-draft.ts";
import { type BoundGraph, ProgramBuilder, physicalShapeOf } from "./program-builder.ts";
import { WeightPacking } from "./weight-packing.ts";

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
/**
 * How many numbers computed arrays have on average from which on every operator of a training step keeps all threads busy:
 * measured on two cores, where LeNet at batch 100 gains 8 % by running them one after the other, nothing at batch 10,
 * and loses 6 % at batch 1.
 */
const BUSY = 2 ** 16;
/** How many ways of evaluating one graph, with and without sums, fused or not, keeps compiled. */
const MOST_EVALUATIONS = 8;

const NO_SUMS: readonly StepExpression[] = [];

/** Forward of a training step and the backward runs that belong to it. */
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
  readonly sums: DeviceSums | undefined;
  readonly scalars: Float32Array;
  /** How often it was used after it was made. */
  runs: number;
}

/** A bound graph as graphs of TensorFlow that a carrier runs, made when they are first needed. */
export class GraphCompilation implements Compilation {
  readonly #options: CompilationOptions;
  readonly #fed = new Set<string>();
  #fedKey = "";
  readonly #functions: FunctionPart[] = [];
  readonly #refused = new Map<string, EagerNode>();
  readonly #nodes = new Map<string, NodeCompilation>();
  readonly #steps: CompiledStep[] = [];
  /** By what they were asked for with, the one used last at the end. */
  readonly #evaluations = new Map<string, Run>();
  #training: Program | undefined;
  #packing: { readonly packing: WeightPacking; readonly part: FunctionPart | undefined } | undefined;
  /** Whether a training step keeps all threads busy with one operator at a time. */
  readonly #isBusy: boolean;
  #stepReason: string | undefined;
  /** Why sums cannot be computed in a function, by their text. */
  readonly #refusedSums = new Map<string, string>();
  #share = true;
  /** By their text. */
  readonly #sums = new Map<string, DeviceSums>();
  #compiledSteps = 0;

  constructor(options: CompilationOptions) {
    this.#options = options;
    const computed = options.plan.slots.filter(({ variable }) => variable === undefined);
    this.#isBusy = computed.reduce((sum, { shape }) => sum + sizeOf(shape), 0) >= BUSY * computed.length;
  }

  get report(): CompilationReport {
    const { carrier, carrierReason } = this.#options;
    const nodes = new Map([...this.#refused.values()].map((node) => [`${node.node} ${node.reason}`, node]));
    const [sumsReason] = this.#refusedSums.values();
    return {
      mode: "compiled",
      carrier: carrier.name,
      ...(carrierReason === undefined ? {} : { reason: carrierReason }),
      eagerNodes: [...nodes.values()],
      nodes: [...this.#nodes.values()],
      compiledSteps: this.#compiledSteps,
      ...(this.#stepReason === undefined ? {} : { stepReason: this.#stepReason }),
      ...(sumsReason === undefined ? {} : { sumsReason }),
    };
  }

  get stepReason(): string | undefined {
    return this.#stepReason;
  }

  forward(fed: readonly string[]): readonly Part[] {
    const key = this.#key(fed);
    if (this.#training?.fed !== key) this.#training = this.#buildTraining(key);
    return this.#training.forward;
  }

  fuses(step: BoundOperatorStep): boolean {
    return loweringOf(step, this.#options.carrier)?.fused !== undefined;
  }

  pack(steps: readonly FusedStep[], prepared: PreparedWeights): PreparedWeights {
    if (this.#packing === undefined) {
      const packing = new WeightPacking(this.#options.carrier, steps, prepared);
      this.#packing = { packing, part: packing.isNeeded ? this.#compile(packing.draft, false) : undefined };
    }
    const { packing, part } = this.#packing;
    return part === undefined ? prepared : packing.run(part, prepared);
  }

  evaluate(request: EvaluationRequest): Run {
    const sums = this.#acceptedSums(request.sums);
    const fed = this.#key(request.fed);
    const key = `${request.fused === undefined ? "" : "fused "}${fed} ${textOfExpressions(sums)}`;
    const known = this.#evaluations.get(key);
    if (known !== undefined) {
      this.#evaluations.delete(key);
      this.#evaluations.set(key, known);
      return known;
    }
    try {
      const made = this.#buildEvaluation(request.fused, sums);
      this.#evaluations.set(key, made);
      this.#forgetEvaluations();
      return made;
    } catch (error) {
      if (!(error instanceof RefusedSumsError)) throw error;
      this.#refusedSums.set(textOfExpressions(sums), error.message);
      return this.evaluate(request);
    }
  }

  backward(heads: readonly number[]): readonly Part[] {
    const program = this.#training;
    invariant(program, "backward was asked for before forward");
    const known = program.backward.get(heads.join());
    if (known !== undefined) return known;
    const made = program.backwardFor(heads);
    program.backward.set(heads.join(), made);
    return made;
  }

  train(given: TrainingStep, fed: readonly string[]): CompiledRun | undefined {
    if (this.#stepReason !== undefined) return undefined;
    const step = { ...given, sums: this.#acceptedSums(given.sums) };
    const key = this.#key(fed);
    const known = this.#steps.findIndex((compiled) => compiled.fed === key && fits(compiled, step));
    if (known > 0) this.#steps.unshift(...this.#steps.splice(known, 1));
    const [first] = this.#steps;
    if (known >= 0 && first) {
      if (writeScalars(first, step)) {
        first.runs++;
        return { part: first.part, sums: first.sums };
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
      return { part: made.part, sums: made.sums };
    } catch (error) {
      if (!(error instanceof NotCompilableError)) throw error;
      if (error instanceof RefusedSumsError) {
        this.#refusedSums.set(textOfExpressions(step.sums), error.message);
        return this.train(given, fed);
      }
      this.#stepReason = error.message;
      return undefined;
    }
  }

  takeSums(sums: readonly StepExpression[]): TakenSums {
    return this.#sums.get(textOfExpressions(sums))?.take() ?? noSteps(sums);
  }

  dispose(): void {
    for (const part of this.#functions) part.dispose();
    this.#functions.length = 0;
    this.#packing = undefined;
    for (const sums of this.#sums.values()) sums.dispose();
    this.#sums.clear();
  }

  /** Arguments that were fed once count as fed from then on; the functions made before fit no more. */
  #key(fed: readonly string[]): string {
    const known = this.#fed.size;
    for (const name of fed) this.#fed.add(name);
    if (this.#fed.size > known) this.#fedKey = [...this.#fed].join();
    return this.#fedKey;
  }

  #buildTraining(fed: string): Program {
    const { plan } = this.#options;
    const needed = plan.steps.some((step) => step.kind === "operator" && step.wanted.includes(true));
    const builder = this.#builder();
    builder.forward();
    const forwardParts = builder.parts.slice();
    const made = new Map<PartDraft, CompiledPart>();
    const compileAll = (parts: readonly (PartDraft | BoundStep)[]) => this.#compileAll(parts, false, made);
    const drafts = new Map<string, readonly (PartDraft | BoundStep)[]>();
    // Which outputs get a gradient is known only later, but what forward has to keep for it has to be said now: what
    // is needed when none or all of them get one is enough for all others.
    if (needed) for (const heads of headChoices(plan)) drafts.set(heads.join(), builder.backwardParts(heads));
    return {
      fed,
      forward: compileAll(forwardParts),
      backward: new Map(Array.from(drafts, ([heads, parts]) => [heads, compileAll(parts)])),
      backwardFor: (heads) => compileAll(builder.backwardParts(heads)),
    };
  }

  #buildEvaluation(fused: EvaluationRequest["fused"], expressions: readonly StepExpression[]): Run {
    const builder = this.#builder();
    builder.evaluation(fused?.steps ?? this.#options.steps, fused?.prepared ?? []);
    const sums = this.#sumsOf(expressions);
    if (sums !== undefined) buildSums(builder, sums);
    return { parts: this.#compileAll(builder.parts, true), sums };
  }

  /** Forgets the evaluation that was used longest ago when there are too many. */
  #forgetEvaluations(): void {
    const [oldest] = this.#evaluations;
    if (this.#evaluations.size <= MOST_EVALUATIONS || oldest === undefined) return;
    this.#evaluations.delete(oldest[0]);
    for (const part of oldest[1].parts) if (part instanceof FunctionPart) this.#drop(part);
  }

  #builder(): ProgramBuilder {
    return new ProgramBuilder(this.#options, this.#options.carrier, this.#fed, this.#refused, this.#nodes);
  }

  #buildStep(step: TrainingStep, fed: string): CompiledStep {
    const { gradReq } = this.#options;
    for (const [name, req] of gradReq) {
      if (req === "add") throw new NotCompilableError(`the gradient of "${name}" is added to the one before`);
    }
    const builder = this.#builder();
    builder.forward();
    builder.backward([]);
    const [eager] = builder.eagerNodes;
    if (eager) throw new NotCompilableError(`${eager.node} (${eager.operator}) stays eager: ${eager.reason}`);
    const sums = this.#sumsOf(step.sums);
    const draft = buildTrainingStep(builder, this.#options, step.updates, sums, this.#share);
    const { current } = builder;
    invariant(builder.parts.length === 1, "a training step is one function");
    const scalars = new Float32Array(draft.scalars.length);
    const part = this.#compile(current, false, scalars);
    this.#compiledSteps++;
    return { fed, step, draft, scalars, part, sums, runs: 0 };
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

  /** None when it is known that they cannot be computed in a function. */
  #acceptedSums(expressions: readonly StepExpression[]): readonly StepExpression[] {
    const isRefused = this.#refusedSums.size > 0 && this.#refusedSums.has(textOfExpressions(expressions));
    return isRefused ? NO_SUMS : expressions;
  }

  /** The array of sums, one for all graphs that add to the same. */
  #sumsOf(expressions: readonly StepExpression[]): DeviceSums | undefined {
    if (expressions.length === 0) return undefined;
    const text = textOfExpressions(expressions);
    const sums = this.#sums.get(text) ?? new DeviceSums(expressions);
    this.#sums.set(text, sums);
    return sums;
  }

  /** @param made  functions of drafts that were compiled before. */
  #compileAll(
    parts: readonly (PartDraft | BoundStep)[],
    evaluates: boolean,
    made = new Map<PartDraft, CompiledPart>(),
  ): Part[] {
    const used = parts.filter((part) => !(part instanceof PartDraft) || isUsed(part));
    return used.map((part) => {
      if (!(part instanceof PartDraft)) return part;
      const compiled = made.get(part) ?? this.#compile(part, evaluates);
      made.set(part, compiled);
      return compiled;
    });
  }

  #compile(part: PartDraft, evaluates: boolean, scalars?: Float32Array): FunctionPart {
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
      call: carrier.load(part.graph, { rewritten: evaluates, inOrder: evaluates || this.#isBusy }),
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

/** Whether a step does what a compiled one does, but for the numbers that are given at each run. */
function fits({ step, draft }: CompiledStep, { updates, sums }: TrainingStep): boolean {
  if (step.updates.length !== updates.length) return false;
  if (step.sums !== sums && textOfExpressions(step.sums) !== textOfExpressions(sums)) return false;
  for (let u = 0; u < updates.length; u++) {
    const [before, now] = [step.updates[u], updates[u]];
    if (before === undefined || now === undefined || before.weight !== now.weight) return false;
    if (before.invocations.length !== now.invocations.length) return false;
    for (let i = 0; i < now.invocations.length; i++) {
      const [old, fresh] = [before.invocations[i], now.invocations[i]];
      if (old === undefined || fresh === undefined || old.operator !== fresh.operator) return false;
      if (old.inputs.length !== fresh.inputs.length) return false;
      for (let k = 0; k < old.inputs.length; k++) if (old.inputs[k] !== fresh.inputs[k]) return false;
      for (const name of draft.fixed[u]?.[i] ?? []) if (fresh.attributes[name] !== old.attributes[name]) return false;
    }
  }
  return true;
}

/** Writes the numbers of a step; `false` when one place of a shared number has another. */
function writeScalars({ draft, scalars }: CompiledStep, { updates }: TrainingStep): boolean {
  for (let index = 0; index < draft.scalars.length; index++) {
    const source = draft.scalars[index];
    invariant(source, `number ${index} has no source`);
    const { attribute, places } = source;
    for (let k = 0; k < places.length; k++) {
      const { update = -1, invocation = -1 } = places[k] ?? {};
      const value = Math.fround(Number(updates[update]?.invocations[invocation]?.attributes[attribute]));
      if (k > 0 && value !== scalars[index]) return false;
      scalars[index] = value;
    }
  }
  return true;
}
