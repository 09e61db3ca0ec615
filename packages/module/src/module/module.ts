import { didYouMean, type HostArray, Random, UsageError } from "@mxgraft/base";
import type { DataBatch, DataIter } from "@mxgraft/data";
import type { ExecutionMode, Executor, StateCell } from "@mxgraft/executor";
import type { EvalMetric } from "@mxgraft/metric";
import type { Symbol as MxSymbol } from "@mxgraft/symbol";
import { Uniform } from "../initializer/uniform.ts";
import type { Logger } from "../logger.ts";
import { createOptimizer } from "../optimizer/create-optimizer.ts";
import type { Optimizer } from "../optimizer/optimizer.ts";
import { Updater } from "../optimizer/updater.ts";
import { optionName } from "../option-name.ts";
import { BaseModule, type ForwardOptions, type ModuleBatch } from "./base-module.ts";
import { arraysOf, Binding, cellOf } from "./binding.ts";
import { initialValues } from "./initial-values.ts";
import { InputPlan } from "./input-plan.ts";
import { checkInputNames, type InputShape, type InputShapes, listShapes } from "./input-shapes.ts";
import { checkKVStore } from "./kvstore.ts";
import type {
  BindOptions,
  InitOptimizerOptions,
  InitParamsOptions,
  ModuleOptions,
  SetParamsOptions,
} from "./module-options.ts";
import { type ArraysByName, arrayMap, type Parameters } from "./parameters.ts";
import { requireNone } from "./require-none.ts";
import { withoutPad } from "./rows.ts";
import { StepSums } from "./step-sums.ts";
import { storeArrays } from "./store-arrays.ts";
import { type FitOptions, trainingLoop } from "./training-loop.ts";
import type { TrainingState } from "./training-state.ts";

export interface TrainStepOptions {
  /**
   * Whether the metric may lack the last steps until `fetchMetric`. It does only on backends that give values by
   * promise alone (webgpu), and spares a wait for the device there. Default false.
   */
  readonly metricMayLag?: boolean;
}

/**
 * A symbol with its parameters and an optimizer: `mx.mod.Module`.
 *
 *   const module = new Module(symbol, { seed: 1 });
 *   await module.fit(train, { evalData: test, optimizerParams: { learningRate: 0.1 }, numEpoch: 10 });
 *
 * `fit` does all of it; for loops of your own the steps are `bind`, `initParams`, `initOptimizer`, then `forward`,
 * `backward`, `update` for each batch. A batch of another shape than was bound is taken as it is, with the same
 * parameters.
 *
 * @throws UsageError  a data name or fixed parameter is no argument of the symbol.
 */
export class Module extends BaseModule {
  override readonly logger: Logger;
  override readonly symbol: MxSymbol;
  readonly dataNames: readonly string[];
  readonly labelNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Arguments that are no input, in the order of the symbol; their places are the indices the optimizer sees. */
  readonly paramNames: readonly string[];
  readonly auxNames: readonly string[];
  readonly #fixedParamNames: readonly string[];
  #random: Random;
  #executorSeed: number;
  #binding: Binding | undefined;
  /** Parameters that were given before the shapes were known. */
  #preloaded: Parameters | undefined;
  #preloadedStates: { readonly bytes: Uint8Array; readonly file: string | undefined } | undefined;
  #paramsInitialized = false;
  #updater: Updater | undefined;
  #stepSums: StepSums | undefined;
  #inputPlan: InputPlan | undefined;
  #paramIndices: ReadonlyMap<string, number> | undefined;
  readonly #mode: ExecutionMode | undefined;

  constructor(symbol: MxSymbol, options: ModuleOptions = {}) {
    super();
    const { dataNames = ["data"], labelNames = ["softmax_label"], fixedParamNames, seed = 0 } = options;
    this.symbol = symbol;
    this.logger = options.logger ?? ((line) => console.error(line));
    this.dataNames = [...(dataNames ?? [])];
    this.labelNames = [...(labelNames ?? [])];
    this.#fixedParamNames = [...(fixedParamNames ?? [])];
    const args = symbol.listArguments();
    requireArguments("dataNames", this.dataNames, args);
    requireArguments("fixedParamNames", this.#fixedParamNames, args);
    const inputs = new Set([...this.dataNames, ...this.labelNames]);
    this.paramNames = args.filter((name) => !inputs.has(name));
    this.auxNames = symbol.listAuxiliaryStates();
    this.outputNames = symbol.listOutputs();
    this.#random = new Random(seed);
    this.#executorSeed = seed;
    this.#mode = options.mode;
  }

  override get bound(): boolean {
    return this.#binding !== undefined;
  }

  override get paramsInitialized(): boolean {
    return this.#paramsInitialized;
  }

  get optimizerInitialized(): boolean {
    return this.#updater !== undefined;
  }

  /** The optimizer, once `initOptimizer` made it. */
  get optimizer(): Optimizer | undefined {
    return this.#updater?.optimizer;
  }

  /** Shapes of the data that was bound last. */
  get dataShapes(): readonly InputShape[] {
    return this.#bindingFor("read dataShapes").dataShapes;
  }

  get labelShapes(): readonly InputShape[] {
    return this.#bindingFor("read labelShapes").labelShapes;
  }

  get outputShapes(): InputShape[] {
    const { executor } = this.#bindingFor("read outputShapes");
    return executor.outputs.map(({ name, shape, dtype }) => ({ name, shape, dtype }));
  }

  /** What the module is bound to: for tools that look at arrays by name. */
  get executor(): Executor {
    return this.#bindingFor("get the executor").executor;
  }

  /**
   * Allocates what the graph needs for inputs of these shapes.
   *
   * @throws UsageError  the names are not those of `dataNames` and `labelNames`.
   * @throws ShapeError  the shapes do not fit the graph.
   */
  bind(options: BindOptions): void {
    const { forTraining = true, inputsNeedGrad = false, forceRebind = false, gradReq = "write" } = options;
    if (this.#binding !== undefined && !forceRebind) {
      this.logger("Already bound, ignoring bind()");
      return;
    }
    if (inputsNeedGrad && !forTraining) {
      throw new UsageError("bind: inputsNeedGrad is true and forTraining false; gradients need forTraining.", {
        argument: "inputsNeedGrad",
      });
    }
    const dataShapes = listShapes(options.dataShapes);
    const labelShapes = listShapes(options.labelShapes ?? []);
    checkInputNames("data", this.dataNames, dataShapes);
    this.#checkLabels(labelShapes);
    this.#binding = new Binding({
      symbol: this.symbol,
      dataShapes,
      labelShapes,
      forTraining,
      inputsNeedGrad,
      gradReq,
      seed: this.#executorSeed,
      fixedParamNames: this.#fixedParamNames,
      previous: this.#binding,
      mode: this.#mode,
      retire: (executor) => {
        if (this.#stepSums === undefined) executor.dispose();
        else this.#stepSums.retire(executor);
      },
    });
    if (this.#preloaded !== undefined) {
      this.#store(this.#preloaded);
      this.#preloaded = undefined;
    }
  }

  /**
   * Fills parameters and auxiliary states: with given arrays where there are any, else by the initializer, each by
   * its name and the attributes of its variable.
   *
   * @throws UsageError  given arrays lack parameters and `allowMissing` is not set, or a name fits no rule.
   * @throws ShapeError  a given array has another shape than the parameter.
   */
  initParams(options: InitParamsOptions = {}): void {
    const { initializer = new Uniform(0.01), allowMissing = false, forceInit = false } = options;
    const binding = this.#bindingFor("initialize parameters");
    if (this.#paramsInitialized && !forceInit) {
      if (options.argParams)
        this.logger("Parameters already initialized and forceInit is not set, ignoring initParams()");
      return;
    }
    const attributes = this.symbol.attrDict();
    const { argCells, auxCells } = binding.first;
    const common = { initializer, allowMissing, attributes, random: this.#random };
    const argParams = initialValues({ ...common, names: this.paramNames, cells: argCells, given: options.argParams });
    const auxParams = initialValues({ ...common, names: this.auxNames, cells: auxCells, given: options.auxParams });
    this.#store({ argParams, auxParams });
    this.#paramsInitialized = true;
  }

  /**
   * Puts in parameters and auxiliary states. Before `bind` they are kept for it.
   *
   * @throws UsageError  some are missing, or are no parameters of the symbol; see the options.
   * @throws ShapeError  an array has another shape than the parameter.
   */
  setParams(
    argParams: ArraysByName | null,
    auxParams: ArraysByName | null,
    { allowMissing = false, forceInit = true, allowExtra = false }: SetParamsOptions = {},
  ): void {
    if (this.#paramsInitialized && !forceInit) return;
    const args = arrayMap(argParams) ?? new Map<string, HostArray>();
    const aux = arrayMap(auxParams) ?? new Map<string, HostArray>();
    if (!allowMissing) {
      const missing = [
        ...this.paramNames.filter((name) => !args.has(name)),
        ...this.auxNames.filter((name) => !aux.has(name)),
      ];
      requireNone("Parameters", missing, "are missing in what was given. Pass allowMissing to leave them as they are.");
    } else if (!allowExtra) {
      const extra = [...args.keys()].filter((name) => !this.paramNames.includes(name));
      extra.push(...[...aux.keys()].filter((name) => !this.auxNames.includes(name)));
      requireNone("Arrays", extra, "are no parameters of the symbol. Pass allowExtra to ignore them.");
    }
    if (this.#binding === undefined) this.#preloaded = { argParams: args, auxParams: aux };
    else this.#store({ argParams: args, auxParams: aux });
    this.#paramsInitialized = true;
  }

  override async getParams(): Promise<Parameters> {
    if (this.#preloaded !== undefined) return this.#preloaded;
    this.requireReady("get the parameters");
    const { argCells, auxCells } = this.#bindingFor("get the parameters").first;
    const read = async (names: readonly string[], cells: ReadonlyMap<string, StateCell>) => {
      const arrays = new Map<string, HostArray>();
      for (const name of names) arrays.set(name, await cellOf(cells, name).toHost());
      return arrays;
    };
    return { argParams: await read(this.paramNames, argCells), auxParams: await read(this.auxNames, auxCells) };
  }

  /**
   * Makes the optimizer.
   *
   * @throws RegistryError   no optimizer has that name.
   * @throws AttributeError  an option is unknown or does not fit.
   * @throws UsageError      the module has no parameters, or `kvstore` is for several machines.
   */
  initOptimizer(options: InitOptimizerOptions = {}): void {
    const {
      kvstore = "local",
      optimizer = "sgd",
      optimizerParams = { learningRate: 0.01 },
      forceInit = false,
    } = options;
    this.requireReady("initialize the optimizer");
    checkKVStore(kvstore);
    if (this.#updater !== undefined) {
      if (!forceInit) {
        this.logger("optimizer already initialized, ignoring...");
        return;
      }
      this.#updater.dispose();
    }
    const rescaleGrad = 1 / this.#bindingFor("initialize the optimizer").batchSize;
    this.#updater = new Updater(this.#makeOptimizer(optimizer, optimizerParams, rescaleGrad));
    if (this.optimizer?.lrScheduler) this.optimizer.lrScheduler.logger ??= this.logger;
    if (this.#preloadedStates !== undefined) {
      const { bytes, file } = this.#preloadedStates;
      this.#updater.setStates(bytes, file === undefined ? {} : { file });
      this.#preloadedStates = undefined;
    }
  }

  override async forward(batch: ModuleBatch, { isTrain }: ForwardOptions = {}): Promise<void> {
    this.requireReady("run forward");
    const binding = this.#bindingFor("run forward");
    const inputs = this.#inputsOf(batch, binding);
    await binding.executor.forward({ isTrain: isTrain ?? binding.forTraining, inputs });
  }

  /**
   * One step of training: forward, backward, update, and the metric. In compiled mode it is one call of TensorFlow
   * where it can be, and keeps the gradients to itself.
   *
   * @throws UsageError  the module has no optimizer.
   */
  async trainStep(
    batch: ModuleBatch,
    metric?: EvalMetric,
    { metricMayLag = false }: TrainStepOptions = {},
  ): Promise<void> {
    const updater = this.#updaterFor("train");
    const { label = [], pad = 0 } = batch;
    if (this.#hasOwnSteps()) {
      await this.forwardBackward(batch);
      await this.update();
      if (metric) await this.updateMetric(metric, label, { pad });
      return;
    }
    const binding = this.#bindingFor("train");
    const inputs = this.#inputsOf(batch, binding);
    const { executor } = binding;
    const sums = metric && this.#sumsOf(metric, executor, batch, binding);
    const summed = sums ? { sums } : {};
    const before = updater.optimizer.progress();
    const done = await executor.trainStep({
      inputs,
      parameters: this.paramNames,
      update: (name, gradient, weight) => updater.update(this.#paramIndex(name), gradient, weight),
      ...summed,
    });
    let added = done?.sums;
    if (done === undefined) {
      // It only asked what the optimizer would do.
      updater.optimizer.restoreProgress(before);
      added = await executor.forward({ isTrain: true, inputs, ...summed });
      await this.backward();
      await this.update();
    }
    if (!metric) return;
    if (!added) await this.updateMetric(metric, label, { pad });
    if (!metricMayLag) await this.fetchMetric();
  }

  protected override async scoreBatch(batch: DataBatch, metric: EvalMetric): Promise<void> {
    if (this.#hasOwnSteps()) {
      await super.scoreBatch(batch, metric);
      return;
    }
    const binding = this.#bindingFor("score");
    const inputs = this.#inputsOf(batch, binding);
    const sums = this.#sumsOf(metric, binding.executor, batch, binding);
    const added = await binding.executor.forward({ isTrain: false, inputs, ...(sums ? { sums } : {}) });
    if (!added) await this.updateMetric(metric, batch.label, { pad: batch.pad });
  }

  override async fetchMetric(): Promise<void> {
    await this.#stepSums?.fetch();
  }

  override get keepsNoBatch(): boolean {
    return this.trainStep === Module.prototype.trainStep && !this.#hasOwnSteps();
  }

  /** Whether a class of its own, or somebody with an instance, has changed what a step consists of. */
  #hasOwnSteps(): boolean {
    const ours = Module.prototype;
    return (
      this.forward !== ours.forward ||
      this.backward !== ours.backward ||
      this.update !== ours.update ||
      this.updateMetric !== ours.updateMetric ||
      this.forwardBackward !== ours.forwardBackward
    );
  }

  #paramIndex(name: string): number {
    this.#paramIndices ??= new Map(this.paramNames.map((known, index) => [known, index]));
    return this.#paramIndices.get(name) ?? -1;
  }

  /** What a batch adds to a metric, if that can be computed where its outputs are; padding is cut off elsewhere. */
  #sumsOf(
    metric: EvalMetric,
    executor: Executor,
    { label = [], pad = 0, provideLabel }: ModuleBatch,
    binding: Binding,
  ) {
    if (pad > 0) return null;
    const names = this.#metricLabelNames(label, binding);
    // A metric takes labels by their places, the graph by the names that the iterator gives them.
    if (provideLabel?.some(({ name }, i) => name !== names[i])) return null;
    if (this.#stepSums?.metric !== metric) {
      this.#stepSums?.dispose();
      this.#stepSums = new StepSums(metric);
    }
    return this.#stepSums.expressionsFor(executor, () =>
      label.map(({ shape }, i) => ({ name: names[i] ?? `label${i}`, shape })),
    );
  }

  /** The inputs of the graph by name; the binding goes to the executor for their shapes. */
  #inputsOf(batch: ModuleBatch, binding: Binding): Record<string, HostArray> {
    if (!this.#inputPlan?.fits(batch, binding.executor)) {
      const data = arraysOf("data", batch.data, batch.provideData ?? binding.dataShapes);
      const label = this.#labelsOf(batch, binding);
      checkInputNames("data", this.dataNames, shapesOf(data));
      binding.reshape(shapesOf(data), shapesOf(label));
      this.#inputPlan = new InputPlan(binding.executor, batch, data, label);
    }
    return this.#inputPlan.inputsOf(batch);
  }

  #metricLabelNames(labels: readonly HostArray[], { labelShapes }: Binding): readonly string[] {
    return labelShapes.length === labels.length ? labelShapes.map(({ name }) => name) : this.labelNames;
  }

  override async backward(headGradients?: readonly HostArray[]): Promise<void> {
    this.requireReady("run backward");
    const binding = this.#bindingFor("run backward");
    if (!binding.forTraining) {
      throw new UsageError("Cannot run backward: the module is not bound for training. Call bind() with forTraining.");
    }
    await binding.executor.backward(headGradients);
  }

  /** @throws UsageError  the module has no optimizer. */
  override async update(): Promise<void> {
    const updater = this.#updaterFor("update");
    const { argCells, gradCells } = this.#bindingFor("update").first;
    for (const [index, name] of this.paramNames.entries()) {
      const grad = gradCells.get(name);
      if (grad !== undefined) updater.update(index, grad, cellOf(argCells, name));
    }
  }

  override async getOutputs(): Promise<HostArray[]> {
    this.requireReady("get the outputs");
    const { executor } = this.#bindingFor("get the outputs");
    const outputs: HostArray[] = [];
    for (const output of executor.outputs) outputs.push(await output.toHost());
    return outputs;
  }

  /**
   * Gradients of the data, in the order of `dataNames`.
   *
   * @throws UsageError  the module was not bound with `inputsNeedGrad`.
   */
  async getInputGrads(): Promise<HostArray[]> {
    const { executor, inputsNeedGrad } = this.#bindingFor("get gradients of the inputs");
    if (!inputsNeedGrad) {
      throw new UsageError("Cannot get gradients of the inputs: the module was bound without inputsNeedGrad.");
    }
    const gradients: HostArray[] = [];
    for (const name of this.dataNames) gradients.push(await cellOf(executor.gradCells, name).toHost());
    return gradients;
  }

  override async updateMetric(
    metric: EvalMetric,
    labels: readonly HostArray[],
    { pad = 0 }: { pad?: number } = {},
  ): Promise<void> {
    const outputs = await this.getOutputs();
    const binding = this.#bindingFor("update a metric");
    const cut = (array: HostArray) => withoutPad(array, binding.batchSize, pad);
    const names = this.#metricLabelNames(labels, binding);
    metric.updateDict(
      new Map(labels.map((label, i) => [names[i] ?? `label${i}`, cut(label)])),
      new Map(outputs.map((output, i) => [this.outputNames[i] ?? `output${i}`, cut(output)])),
    );
  }

  /** Trains: binds to the shapes of the data, initializes, and goes through the data `numEpoch` times. */
  async fit(trainData: DataIter, options: FitOptions): Promise<void> {
    await trainingLoop(this, trainData, options);
  }

  /** Binds to other shapes, with the same parameters; `forward` does it by itself where a batch needs it. */
  reshape(dataShapes: InputShapes, labelShapes: InputShapes | null = null): void {
    const binding = this.#bindingFor("reshape");
    const data = listShapes(dataShapes);
    checkInputNames("data", this.dataNames, data);
    binding.reshape(data, listShapes(labelShapes ?? []));
  }

  /** The bytes of a `.states` file: the slots of the optimizer. */
  async getOptimizerStates(): Promise<Uint8Array> {
    return this.#updaterFor("save the optimizer's state").getStates();
  }

  /**
   * Goes on from the bytes of a `.states` file; before `initOptimizer` they are kept for it.
   *
   * @throws FormatError  the bytes are no such file, or belong to another optimizer.
   * @throws ShapeError   a slot has another shape than its parameter.
   */
  setOptimizerStates(bytes: Uint8Array, { file }: { readonly file?: string } = {}): void {
    if (this.#updater === undefined) this.#preloadedStates = { bytes, file };
    else this.#updater.setStates(bytes, file === undefined ? {} : { file });
  }

  /**
   * Where training stands, besides parameters and slots.
   *
   * @param epoch  the epoch that comes next.
   */
  trainingState(epoch: number, trainData?: DataIter): TrainingState {
    const { optimizer } = this.#updaterFor("save the training state");
    const data = trainData?.state?.();
    return {
      format: "mxgraft-training-1",
      epoch,
      optimizer: optimizer.name,
      progress: optimizer.progress(),
      ...(data === undefined ? {} : { data }),
      random: { initializer: this.#random.state(), executor: this.executor.randomState },
    };
  }

  /** @throws UsageError  the state is that of another optimizer. */
  restoreTrainingState(state: TrainingState): void {
    const { optimizer } = this.#updaterFor("resume training");
    if (optimizer.name !== state.optimizer) {
      throw new UsageError(
        `Cannot resume training: the checkpoint was written with optimizer "${state.optimizer}", this run has "${optimizer.name}".`,
        { argument: "resume", expected: state.optimizer, actual: optimizer.name },
      );
    }
    optimizer.restoreProgress(state.progress);
    this.#random = new Random(state.random.initializer);
    this.executor.randomState = state.random.executor;
  }

  /** Frees everything the backend holds for the module. It cannot be used afterwards, except to bind it anew. */
  dispose(): void {
    this.#stepSums?.dispose();
    this.#stepSums = undefined;
    this.#updater?.dispose();
    this.#updater = undefined;
    this.#binding?.dispose();
    this.#binding = undefined;
    this.#inputPlan = undefined;
    this.#paramsInitialized = false;
  }

  #bindingFor(what: string): Binding {
    if (this.#binding !== undefined) return this.#binding;
    throw new UsageError(`Cannot ${what}: the module is not bound. Call bind() with the shapes of the data first.`);
  }

  #updaterFor(what: string): Updater {
    this.requireReady(what);
    if (this.#updater !== undefined) return this.#updater;
    throw new UsageError(`Cannot ${what}: the module has no optimizer. Call initOptimizer() first.`);
  }

  /** Labels that the symbol does not have only go to the metric and may be anything. */
  #checkLabels(labelShapes: readonly InputShape[]): void {
    if (labelShapes.length === 0) return;
    const args = this.symbol.listArguments();
    const known = (name: string) => args.includes(name);
    checkInputNames(
      "label",
      this.labelNames.filter(known),
      labelShapes.filter(({ name }) => known(name)),
    );
  }

  #labelsOf(batch: ModuleBatch, binding: Binding): Map<string, HostArray> {
    const { label = [] } = batch;
    if (label.length === 0) return new Map();
    const bound = binding.labelShapes.length > 0 ? binding.labelShapes : this.labelNames.map((name) => ({ name }));
    return arraysOf("label", label, batch.provideLabel ?? (bound.length > 0 ? bound : label.map(() => ({ name: "" }))));
  }

  #store({ argParams, auxParams }: Parameters): void {
    const { argCells, auxCells } = this.#bindingFor("set parameters").first;
    storeArrays([
      { names: this.paramNames, cells: argCells, arrays: argParams },
      { names: this.auxNames, cells: auxCells, arrays: auxParams },
    ]);
  }

  #makeOptimizer(optimizer: string | Optimizer, options: object, rescaleGrad: number): Optimizer {
    const idx2name = new Map(this.paramNames.map((name, index) => [index, name]));
    if (typeof optimizer === "string") {
      const given = Object.keys(options).some((key) => optionName(key) === "rescaleGrad");
      return createOptimizer(optimizer, {
        sym: this.symbol,
        paramIdx2name: idx2name,
        ...(given ? {} : { rescaleGrad }),
        ...options,
      });
    }
    if (optimizer.rescaleGrad !== rescaleGrad) {
      this.logger(
        `Optimizer created outside the module has rescaleGrad ${optimizer.rescaleGrad}, not 1 / batch size (${rescaleGrad}). Is this intended?`,
      );
    }
    // As in MXNet, the rule that biases do not decay is not applied to an optimizer made without names.
    if (optimizer.idx2name.size === 0) optimizer.idx2name = idx2name;
    return optimizer;
  }
}

function shapesOf(arrays: ReadonlyMap<string, HostArray>): InputShape[] {
  return Array.from(arrays, ([name, { shape }]) => ({ name, shape }));
}

function requireArguments(option: string, names: readonly string[], args: readonly string[]): void {
  const missing = names.filter((name) => !args.includes(name));
  const [first] = missing;
  if (first === undefined) return;
  const inputs = args.filter((name) => !["_weight", "_bias", "_gamma", "_beta"].some((end) => name.endsWith(end)));
  throw new UsageError(
    `${option} names ${missing.map((name) => `"${name}"`).join(", ")}, which the symbol does not have; its inputs are ${inputs.map((name) => `"${name}"`).join(", ")}.${didYouMean(first, args)}`,
    { argument: option, actual: missing, expected: args },
  );
}
