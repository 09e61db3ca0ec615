import {
  BackendError,
  didYouMean,
  type HostArray,
  invariant,
  type Random,
  type RandomState,
  type Shape,
  UsageError,
} from "@mxgraft/base";
import type { GradReq } from "@mxgraft/operator";
import type { Symbol as MxSymbol } from "@mxgraft/symbol";
import { changeLayout, download, readBack, type StateCell, type TensorCell, upload } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { loadCompiled } from "#load-compiled";
import { type BoundOperatorStep, type BoundStep, bindSteps } from "./bound-step.ts";
import { captureInvocations, describedCell, UnreadableCellError } from "./capture-invocations.ts";
import { CarrierError } from "./carrier-error.ts";
import type {
  Compilation,
  CompilationReport,
  CompiledRun,
  EvaluationRequest,
  ParameterUpdate,
  Part,
  Run,
  TrainingStep,
} from "./compilation.ts";
import { compiledModeState } from "./compiled-mode-state.ts";
import { EagerSums } from "./eager-sums.ts";
import type { ExecutionMode } from "./execution-mode.ts";
import type { FusedStep } from "./fuse-steps.ts";
import { FusedEvaluation, type PreparedWeights } from "./fused-evaluation.ts";
import { Gradients } from "./gradients.ts";
import type { Output } from "./output.ts";
import type { LayoutStep, Plan, Slot } from "./plan.ts";
import { requireHead } from "./require-head.ts";
import { Restart } from "./restart.ts";
import { runKernel } from "./run-kernel.ts";
import { SavedCells } from "./saved-cells.ts";
import { type StepExpression, textOfExpressions } from "./step-expression.ts";
import { noSteps, type TakenSums } from "./step-sums.ts";

/** The arrays a bound graph works on, by name. */
export interface ExecutorCells {
  readonly argCells: ReadonlyMap<string, TensorCell>;
  /** Gradients of the arguments whose `gradReq` is not `"null"`. */
  readonly gradCells: ReadonlyMap<string, TensorCell>;
  readonly auxCells: ReadonlyMap<string, StateCell>;
}

export interface ExecutorParts extends ExecutorCells {
  readonly symbol: MxSymbol;
  readonly plan: Plan;
  readonly gradReq: ReadonlyMap<string, GradReq>;
  readonly random: Random;
  readonly mode: ExecutionMode;
  /** Cells that belong to this executor and go with it; the others are shared. */
  readonly owned: readonly StateCell[];
  /** Binds the same symbol to other shapes, sharing the cells whose shape stays. */
  rebind(shapes: Readonly<Record<string, Shape>>): Executor;
}

export interface ForwardOptions {
  /** Whether this is a training step: Dropout drops, BatchNorm takes the statistics of the batch. Default false. */
  readonly isTrain?: boolean;
  /** New values of arguments, by name; the others keep theirs. */
  readonly inputs?: Readonly<Record<string, HostArray>>;
  /** Numbers to add up on the device, as in `TrainStepOptions`. */
  readonly sums?: readonly StepExpression[];
}

export interface TrainStepOptions {
  /** New values of arguments, by name. */
  readonly inputs?: Readonly<Record<string, HostArray>>;
  /** Arguments to update, in order; those without a gradient are passed over. */
  readonly parameters: readonly string[];
  update(name: string, gradient: StateCell, weight: StateCell): void;
  /** Numbers to add up on the device; the same list at each step, since another one is another function. */
  readonly sums?: readonly StepExpression[];
}

const NO_SUMS: readonly StepExpression[] = [];

/**
 * A symbol bound to arrays: runs forward and backward as MXNet's executor does. Made by `simpleBind`.
 *
 * An eager run calls the kernels of the plan in order; a compiled one runs graphs of TensorFlow that were made of
 * them, and kernels where a node cannot be compiled. The methods are asynchronous because a kernel may be, but await
 * only where one is.
 */
export class Executor implements ExecutorCells {
  readonly symbol: MxSymbol;
  readonly argCells: ReadonlyMap<string, TensorCell>;
  readonly gradCells: ReadonlyMap<string, TensorCell>;
  readonly auxCells: ReadonlyMap<string, StateCell>;
  readonly outputs: readonly Output[];
  readonly #parts: ExecutorParts;
  readonly #plan: Plan;
  readonly #steps: readonly BoundStep[];
  /** Values by slot, of the last forward; variables are read from their cells. */
  readonly #values: (tf.Tensor | undefined)[];
  /** Cells of the variables, by slot. */
  readonly #cells: readonly (TensorCell | undefined)[];
  /** Where the gradients of variables go, by slot, and whether they are added there. */
  readonly #gradients: readonly ({ readonly cell: TensorCell; readonly adds: boolean } | undefined)[];
  #state: "bound" | "ran" | "disposed" = "bound";
  /** `"eager"` when there is none; not decided before the first run. */
  #compilation: Compilation | "eager" | undefined;
  #eagerReason: string | undefined;
  /** A compilation whose carrier did not take all graphs; the sums of those it took can still be asked for. */
  #givenUp: Compilation | undefined;
  /** Whether the last forward left what only compiled parts understand, or nothing for backward. */
  #lastRun: "eager" | "training" | "evaluation" = "eager";
  /** Made at the first evaluation. */
  #fused: FusedEvaluation | undefined;
  /** By their text. */
  readonly #eagerSums = new Map<string, EagerSums>();
  readonly #restart: Restart;

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
    this.#plan = parts.plan;
    this.symbol = parts.symbol;
    this.argCells = parts.argCells;
    this.gradCells = parts.gradCells;
    this.auxCells = parts.auxCells;
    this.#steps = bindSteps(parts.plan, parts);
    this.#restart = new Restart(parts.random, parts.mode, new Set(this.#steps.flatMap(changedCells)));
    this.#values = new Array<tf.Tensor | undefined>(parts.plan.slots.length);
    this.#cells = parts.plan.slots.map(({ variable }) =>
      variable === undefined ? undefined : parts.argCells.get(variable),
    );
    this.#gradients = parts.plan.slots.map(({ variable }) => {
      const cell = variable === undefined ? undefined : parts.gradCells.get(variable);
      return cell && { cell, adds: parts.gradReq.get(cell.name) === "add" };
    });
    this.outputs = parts.plan.outputs.map(({ name, slot, shape, dtype }) => ({
      name,
      shape,
      dtype,
      toHost: async () => {
        this.#requireRun(`read output "${name}"`);
        return download(this.#valueOf(slot), shape, dtype, this.#slot(slot).layout);
      },
    }));
  }

  /** State of the seeded stream that Dropout and the like draw from. */
  get randomState(): RandomState {
    return this.#parts.random.state();
  }

  /** Goes on drawing from a state, in executors that `reshape` made too. */
  set randomState(state: RandomState) {
    this.#parts.random.restore(state);
  }

  /**
   * Runs the graph on the arguments and auxiliary states as they are.
   *
   * @returns whether the sums were added to; they are not where reading the outputs costs nothing and no function
   *   computes them.
   * @throws UsageError  an input is no argument of the symbol.
   * @throws ShapeError  an input has another shape than was bound.
   */
  async forward({ isTrain = false, inputs = {}, sums = NO_SUMS }: ForwardOptions = {}): Promise<boolean> {
    this.#requireLive("forward");
    for (const [name, array] of Object.entries(inputs)) this.#argument(name).set(array);
    this.#release();
    const options = { isTrain, inputs, sums };
    try {
      return await this.#runGraph(options);
    } catch (error) {
      if (!(error instanceof CarrierError)) throw error;
      this.#giveUpCompilation(error);
      this.#state = "bound";
      this.#restart.requireSaved("Forward", error);
      this.#restart.goBack();
      return await this.#runGraph(options);
    }
  }

  async #runGraph({ isTrain, inputs, sums }: Required<ForwardOptions>): Promise<boolean> {
    this.#restart.forget();
    const compilation = this.#compilation ?? (await this.#compile());
    // A step in place would copy the array that prepared weights share with the parameter.
    if (isTrain) this.#fused?.release();
    const fused = isTrain ? undefined : this.#fusedEvaluation(compilation);
    const random = this.#parts.random.state();
    const { parts, sums: added } = this.#forwardRun(compilation, isTrain, fused, { inputs, sums });
    await this.#restart.begin(parts, random, compilation !== "eager" && (isTrain || parts.length > 1));
    if (compilation === "eager") this.#lastRun = fused === undefined ? "eager" : "evaluation";
    else this.#lastRun = isTrain ? "training" : "evaluation";
    await this.#forwardThrough(parts, isTrain, this.#lastRun !== "training", fused?.prepared);
    if (this.#lastRun === "evaluation") this.#restart.prove();
    this.#state = "ran";
    added?.added();
    return added !== undefined || this.#addEagerly(sums);
  }

  #forwardRun(
    compilation: Compilation | "eager",
    isTrain: boolean,
    fused: EvaluationRequest["fused"],
    { inputs, sums }: Required<Pick<ForwardOptions, "inputs" | "sums">>,
  ): { readonly parts: readonly (Part | FusedStep)[]; readonly sums?: Run["sums"] } {
    if (compilation === "eager") return { parts: fused?.steps ?? this.#steps };
    const fed = Object.keys(inputs);
    return isTrain ? { parts: compilation.forward(fed) } : compilation.evaluate({ fused, sums, fed });
  }

  /** Adds what the outputs give to the sums, where that spares a wait for the device. */
  async #addEagerly(expressions: readonly StepExpression[]): Promise<boolean> {
    if (expressions.length === 0 || readBack() === "free") return false;
    const text = textOfExpressions(expressions);
    const sums = this.#eagerSums.get(text) ?? new EagerSums(this.#plan, expressions);
    this.#eagerSums.set(text, sums);
    await sums.add((slot) => this.#valueOf(slot));
    return true;
  }

  /** The steps of an evaluation with neighbours fused, when that is worth while now. */
  #fusedEvaluation(compilation: Compilation | "eager"): EvaluationRequest["fused"] {
    this.#fused ??= new FusedEvaluation(
      {
        plan: this.#plan,
        steps: this.#steps,
        argCells: this.argCells,
        accepts: (step) => compilation === "eager" || compilation.fuses(step),
      },
      this.#plan.steps.some((step) => step.kind === "operator" && step.wanted.includes(true)),
      (steps, prepared) => (compilation === "eager" ? prepared : compilation.pack(steps, prepared)),
    );
    const prepared = this.#fused.prepare();
    return prepared && { steps: this.#fused.steps, prepared };
  }

  async #forwardThrough(
    parts: readonly (Part | FusedStep)[],
    isTrain: boolean,
    frees: boolean,
    prepared: PreparedWeights = [],
  ): Promise<void> {
    for (const part of parts) {
      if (part.kind === "compiled") {
        part.run({ values: this.#values, prepared });
        continue;
      }
      if (part.kind === "layout") this.#convert(part);
      else if (part.kind === "fused") this.#runFused(part, prepared[part.index] ?? []);
      else {
        const running = this.#runForward(part, isTrain);
        if (running) await running;
      }
      if (frees) for (const id of part.frees) this.#free(id);
    }
  }

  /**
   * Computes the gradients of the arguments from the values of the last forward and puts them where `gradReq` says.
   *
   * @param headGradients  gradient of each output, in order; may be left out when all outputs are losses.
   * @throws UsageError    forward has not run, or an output that is no loss got no gradient.
   * @throws BackendError  TensorFlow does not take the compiled backward, and forward cannot be run again eagerly.
   */
  async backward(headGradients: readonly (HostArray | undefined)[] = []): Promise<void> {
    this.#requireRun("backward");
    const heads = this.#plan.outputs.filter((_, i) => headGradients[i]).map(({ slot }) => slot);
    let sums: SavedCells | undefined;
    try {
      const parts = await this.#backwardParts(heads);
      const saves = this.#lastRun === "training" && !this.#restart.isProven(parts);
      if (saves) sums = await SavedCells.of(this.#addedGradients());
      await this.#runGradients(parts, headGradients);
      if (this.#lastRun === "training") this.#restart.prove(parts);
    } catch (error) {
      if (!(error instanceof CarrierError)) throw error;
      this.#giveUpCompilation(error);
      sums?.restore();
      await this.#forwardAgain(error);
      await this.#runGradients(this.#steps.toReversed(), headGradients);
    }
  }

  async #runGradients(parts: readonly Part[], headGradients: readonly (HostArray | undefined)[]): Promise<void> {
    const gradients = new Gradients(this.#plan.slots);
    try {
      for (const [i, { slot }] of this.#plan.outputs.entries()) {
        const given = headGradients[i];
        if (given) gradients.add(slot, upload(given, this.#slot(slot).layout));
      }
      for (const part of parts) {
        if (part.kind === "compiled") part.run({ values: this.#values, gradients });
        else if (part.kind === "layout") this.#convertGradient(part, gradients);
        else {
          const running = this.#runBackward(part, gradients);
          if (running) await running;
        }
      }
      this.#storeGradients(gradients);
    } finally {
      gradients.dispose();
    }
  }

  async #backwardParts(heads: readonly number[]): Promise<readonly Part[]> {
    const compilation = this.#compilation;
    if (compilation === undefined || this.#lastRun === "eager") return this.#steps.toReversed();
    if (this.#lastRun === "training" && compilation !== "eager") return compilation.backward(heads);
    // An evaluation keeps nothing for backward. It changes nothing either, so it can be run again.
    this.#restart.goBack();
    await this.#forwardEagerly(false);
    return this.#steps.toReversed();
  }

  async #forwardEagerly(isTrain: boolean): Promise<void> {
    this.#release();
    this.#lastRun = "eager";
    await this.#forwardThrough(this.#steps, isTrain, true);
  }

  /** A compiled training forward keeps nothing for an eager backward, so it is run again from where it began. */
  async #forwardAgain(error: CarrierError): Promise<void> {
    this.#state = "bound";
    this.#restart.requireSaved("Backward", error);
    this.#restart.goBack();
    await this.#forwardEagerly(true);
    this.#state = "ran";
  }

  /** The gradients that are added to those of the runs before. */
  #addedGradients(): TensorCell[] {
    return [...this.gradCells.values()].filter(({ name }) => this.#parts.gradReq.get(name) === "add");
  }

  /**
   * A whole training step in one call of TensorFlow: forward, backward, and the updates of the parameters. The
   * gradients stay inside: those in `gradCells` are not those of this step.
   *
   * @param options.update  asks for the update of one parameter through `invoke` alone; called once for each.
   * @returns `undefined` when the step cannot be one call. Nothing has happened then, except that
   *   `update` was called. `sums` says whether the sums were added to.
   */
  async trainStep({
    inputs = {},
    parameters,
    update,
    sums = NO_SUMS,
  }: TrainStepOptions): Promise<{ readonly sums: boolean } | undefined> {
    this.#requireLive("train");
    const compilation = this.#compilation ?? (await this.#compile());
    if (compilation === "eager" || (this.#eagerReason ?? compilation.stepReason) !== undefined) return undefined;
    const updates = this.#captureUpdates(parameters, update);
    if (updates === undefined) return undefined;
    for (const [name, array] of Object.entries(inputs)) this.#argument(name).set(array);
    const run = this.#runStep(compilation, { updates, sums }, Object.keys(inputs));
    if (run === undefined) return undefined;
    run.sums?.added();
    // What this step leaves serves no backward.
    this.#lastRun = "evaluation";
    this.#restart.forget();
    this.#state = "ran";
    return { sums: run.sums !== undefined };
  }

  #runStep(compilation: Compilation, step: TrainingStep, fed: readonly string[]): CompiledRun | undefined {
    try {
      const run = compilation.train(step, fed);
      if (run === undefined) return undefined;
      this.#release();
      this.#fused?.release();
      run.part.run({ values: this.#values });
      return run;
    } catch (error) {
      if (!(error instanceof CarrierError)) throw error;
      this.#giveUpCompilation(error);
      return undefined;
    }
  }

  /**
   * What sums of `forward` and `trainStep` have come to since the last call. Where only a promise gives values (on
   * webgpu) they are those of the steps before the last `fetchSums`.
   */
  takeSums(sums: readonly StepExpression[]): TakenSums {
    const eager = this.#eagerSums.get(textOfExpressions(sums))?.take();
    const compilation = this.#compilation === "eager" ? this.#givenUp : this.#compilation;
    if (compilation === undefined) return eager ?? noSteps(sums);
    const compiled = compilation.takeSums(sums);
    if (eager === undefined) return compiled;
    const values = compiled.values.map((value, i) => value + (eager.values[i] ?? 0));
    return { steps: compiled.steps + eager.steps, values };
  }

  /** Whether steps have added up what `takeSums` gives only after `fetchSums`. */
  get sumsNeedFetch(): boolean {
    for (const sums of this.#eagerSums.values()) if (sums.needsFetch) return true;
    return false;
  }

  /** Brings what steps have added up to JavaScript, for `takeSums`. */
  async fetchSums(sums: readonly StepExpression[]): Promise<void> {
    await this.#eagerSums.get(textOfExpressions(sums))?.fetch();
  }

  /** How the graph runs; what stays eager is known once it has run. */
  get compilation(): CompilationReport {
    if (this.#compilation !== undefined && this.#compilation !== "eager") {
      const { report } = this.#compilation;
      return this.#eagerReason === undefined ? report : { ...report, stepReason: this.#eagerReason };
    }
    return { mode: "eager", eagerNodes: [], ...(this.#eagerReason === undefined ? {} : { reason: this.#eagerReason }) };
  }

  #captureUpdates(parameters: readonly string[], update: TrainStepOptions["update"]): ParameterUpdate[] | undefined {
    const updates: ParameterUpdate[] = [];
    try {
      for (const name of parameters) {
        const gradient = this.gradCells.get(name);
        if (gradient === undefined) continue;
        const weight = this.#argument(name);
        const invocations = captureInvocations(() => update(name, describedCell(gradient), describedCell(weight)));
        updates.push({ weight, gradient, invocations });
      }
    } catch (error) {
      if (!(error instanceof UnreadableCellError)) throw error;
      this.#eagerReason = `the optimizer does more than update operators: ${error.message}`;
      return undefined;
    }
    return updates;
  }

  async #compile(): Promise<Compilation | "eager"> {
    const { mode, random, gradReq } = this.#parts;
    if (mode === "eager") {
      this.#compilation = "eager";
      return "eager";
    }
    const state = await compiledModeState();
    if (!state.available) return this.#withoutCompilation(state.reason);
    const compiled = await loadCompiled();
    compiled.registerBuiltinLowerings();
    this.#compilation = new compiled.GraphCompilation({
      plan: this.#plan,
      steps: this.#steps,
      argCells: this.argCells,
      gradCells: this.gradCells,
      auxCells: this.auxCells,
      gradReq,
      random,
      carrier: state.carrier === "function" ? compiled.functionCarrier : compiled.sessionCarrier,
      carrierReason: state.reason,
    });
    return this.#compilation;
  }

  /** @throws BackendError  as `#withoutCompilation`. */
  #giveUpCompilation({ message }: CarrierError): void {
    const given = this.#compilation;
    this.#fused?.release();
    this.#fused = undefined;
    this.#withoutCompilation(message);
    if (given !== "eager") this.#givenUp = given;
  }

  /** @throws BackendError  the graph was to be compiled and nothing else. */
  #withoutCompilation(reason: string): "eager" {
    if (this.#parts.mode === "compiled") {
      throw new BackendError(`Mode "compiled" is not available: ${reason}. Use mode "auto" or "eager".`, {
        argument: "mode",
        actual: this.#parts.mode,
      });
    }
    // Of other backends nobody expects it.
    if (tf.getBackend() === "tensorflow") this.#eagerReason = reason;
    this.#compilation = "eager";
    return "eager";
  }

  /** The same graph for other shapes of the inputs, with the same parameters, gradients and states. */
  reshape(shapes: Readonly<Record<string, Shape>>): Executor {
    this.#requireLive("reshape");
    return this.#parts.rebind(shapes);
  }

  /** Frees the values of the last step and the arrays this executor allocated itself. */
  dispose(): void {
    if (this.#state === "disposed") return;
    this.#release();
    this.#state = "disposed";
    this.#fused?.release();
    this.#givenUp?.dispose();
    if (this.#compilation !== undefined && this.#compilation !== "eager") this.#compilation.dispose();
    for (const sums of this.#eagerSums.values()) sums.dispose();
    for (const cell of this.#parts.owned) cell.dispose();
  }

  #requireLive(what: string): void {
    if (this.#state === "disposed")
      throw new UsageError(`Cannot ${what}: the executor was disposed. Bind the symbol again.`);
  }

  #requireRun(what: string): void {
    this.#requireLive(what);
    if (this.#state !== "ran") throw new UsageError(`Cannot ${what}: forward has not run. Call forward() first.`);
  }

  #argument(name: string): TensorCell {
    const cell = this.argCells.get(name);
    if (cell) return cell;
    throw new UsageError(
      `Input "${name}" is no argument of the symbol, whose arguments are ${[...this.argCells.keys()].map((known) => `"${known}"`).join(", ")}.${didYouMean(name, this.argCells.keys())}`,
      { argument: name },
    );
  }

  #slot(id: number): Slot {
    const slot = this.#plan.slots[id];
    invariant(slot, `slot ${id} is not there`);
    return slot;
  }

  #valueOf(id: number): tf.Tensor {
    const value = this.#cells[id]?.read() ?? this.#values[id];
    invariant(value, `slot ${id} has no value`);
    return value;
  }

  #free(id: number): void {
    // The disposed tensor stays in its place: a kernel that reads what its spec did not declare fails loudly.
    this.#values[id]?.dispose();
  }

  /** Frees what the last step left. */
  #release(): void {
    for (const value of this.#values) if (value && !value.isDisposed) value.dispose();
    this.#values.fill(undefined);
  }

  #convert({ from, to }: LayoutStep): void {
    const source = this.#slot(from);
    this.#values[to] = changeLayout(this.#valueOf(from), source.shape, source.layout, this.#slot(to).layout);
  }

  #convertGradient({ from, to }: LayoutStep, gradients: Gradients): void {
    const gradient = gradients.of(to);
    if (!gradient) return;
    const source = this.#slot(from);
    gradients.add(from, changeLayout(gradient, source.shape, this.#slot(to).layout, source.layout));
    gradients.free(to);
  }

  #runForward(step: BoundOperatorStep, isTrain: boolean): Promise<void> | undefined {
    const call = {
      attributes: step.operator.attributes,
      inputs: step.inputs.map((id) => this.#valueOf(id)),
      states: step.stateCells,
      outputShapes: step.outputShapes,
      isTrain,
      random: this.#parts.random,
    };
    return runKernel(
      step,
      step.kernel.asynchronous,
      () => step.kernel.forward(call),
      (results) => {
        for (const [i, id] of step.outputs.entries()) this.#values[id] = results[i];
        for (const [i, cell] of step.mutatedCells.entries()) {
          const value = results[step.outputs.length + i];
          if (cell === undefined) value?.dispose();
          else if (value) cell.write(value);
        }
      },
    );
  }

  #runFused(step: FusedStep, prepared: readonly tf.Tensor[]): void {
    const { linear, kernel, algorithm, residual, activation } = step;
    const call = {
      attributes: linear.operator.attributes,
      algorithm,
      data: this.#valueOf(step.data),
      prepared,
      residual: residual === undefined ? undefined : this.#valueOf(residual),
      activation,
      inputShapes: linear.inputShapes,
      outputShape: this.#slot(step.output).shape,
    };
    runKernel(
      linear,
      false,
      () => [kernel.forward(call)],
      ([result]) => {
        this.#values[step.output] = result;
      },
    );
  }

  #runBackward(step: BoundOperatorStep, gradients: Gradients): Promise<void> | undefined {
    if (!step.wanted.includes(true)) return undefined;
    const headGradients = step.outputs.slice(0, step.visibleOutputs).map((id) => gradients.of(id));
    if (step.needsHeadGradient && headGradients.every((gradient) => gradient === undefined)) {
      requireHead(this.#plan, step);
      // MXNet calls a custom operator even when no gradient reaches it, with zeros: it may change its states there.
      if (!step.operator.spec.createOperator) return undefined;
    }
    const { backward } = step.kernel;
    if (!backward) {
      throw new UsageError(
        `${step.node} (${step.operator.spec.name}): the operator has no gradient. Set gradReq "null" for the arguments before it, or put BlockGrad behind it.`,
        { node: step.node, operator: step.operator.spec.name },
      );
    }
    const sums = step.kernel.addsToGradients ? step.inputs.map((id) => this.#ownSum(id)) : [];
    const call = {
      attributes: step.operator.attributes,
      headGradients,
      inputs: step.inputs.map((id) => this.#valueOf(id)),
      outputs: step.outputs.map((id) => this.#valueOf(id)),
      states: step.stateCells,
      wanted: step.wanted,
      present: sums.map((cell) => cell?.read()),
      inputShapes: step.inputShapes,
      random: this.#parts.random,
    };
    return runKernel(
      step,
      step.kernel.asynchronous,
      () => backward.call(step.kernel, call),
      (results) => {
        for (const [i, id] of step.inputs.entries()) {
          const gradient = results[i];
          if (!gradient) continue;
          const sum = sums[i];
          if (sum) sum.write(gradient);
          else if (step.wanted[i]) gradients.add(id, gradient);
          else gradient.dispose();
        }
        for (const id of step.outputs) gradients.free(id);
      },
    );
  }

  /** The cell a variable's gradients add up in, when nothing else adds to it in this run. */
  #ownSum(id: number): TensorCell | undefined {
    const target = this.#gradients[id];
    return target?.adds && this.#slot(id).users === 1 ? target.cell : undefined;
  }

  #storeGradients(gradients: Gradients): void {
    for (const id of this.#plan.variables) {
      const target = this.#gradients[id];
      if (!target) continue;
      const { cell, adds } = target;
      const gradient = gradients.take(id);
      if (!adds) cell.write(gradient ?? tf.zerosLike(cell.read()));
      else if (gradient) {
        cell.write(tf.add(cell.read(), gradient));
        gradient.dispose();
      }
    }
  }
}

function changedCells(step: BoundStep): StateCell[] {
  if (step.kind === "layout") return [];
  return [...step.stateCells, ...step.mutatedCells.filter((cell) => cell !== undefined)];
}
