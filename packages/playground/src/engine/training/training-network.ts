import { toFloat32 } from "@mxgraft/base";
import { type DataBatch, MNISTIter, RepeatLabelIter } from "@mxgraft/data";
import { joinCheckpoint, writeParams } from "@mxgraft/files";
import { Module, type Parameters, Xavier } from "@mxgraft/module";
import { type DigitFeatures, FeatureReader, type HostArray, lenet } from "mxgraft";
import type { ModelFiles, StepFigures } from "../../protocol/training-messages.ts";
import type { TrainingSettings } from "../../protocol/training-settings.ts";
import type { PlaygroundDigits } from "./playground-digits.ts";

const LABELS = ["softmax_label", "center_label"] as const;
const CENTERS = "center_loss__center_bias";
/** What forward keeps for backward: as many rows as a batch has, and nothing learned. */
const DIFFERENCES = "center_loss__diff_bias";
/** Of the parameters and of the order of the digits: runs with other settings compare. */
const SEED = 1;
const MOMENTUM = 0.9;
const WEIGHT_DECAY = 5e-4;

/** What a network has learned, whatever it runs on. */
export interface Learned extends Parameters {
  readonly optimizerStates: Uint8Array;
}

/** LeNet with center loss on the current backend, with its digits. */
export class TrainingNetwork {
  readonly #module: Module;
  readonly #batches: RepeatLabelIter;
  readonly #reader: FeatureReader;
  readonly #digits: PlaygroundDigits;

  constructor(settings: TrainingSettings, digits: PlaygroundDigits, learned?: Learned) {
    const { lambda: scale, alpha, embeddingSize, batchSize, learningRate } = settings;
    const { images: image, labels: label } = digits.train;
    this.#digits = digits;
    this.#batches = new RepeatLabelIter(
      new MNISTIter({ image, label, batchSize, reshuffle: true, seed: SEED, silent: true }),
      LABELS,
    );
    const symbol = lenet({ embeddingSize, alpha, scale, batchSize, lastBias: false });
    const module = new Module(symbol, { labelNames: LABELS, seed: SEED, logger: () => undefined });
    module.bind({ dataShapes: this.#batches.provideData, labelShapes: this.#batches.provideLabel });
    if (learned === undefined) module.initParams({ initializer: new Xavier() });
    else {
      const states = [...learned.auxParams].filter(([name]) => name !== DIFFERENCES);
      module.setParams(learned.argParams, new Map(states), { allowMissing: true });
    }
    module.initOptimizer({ optimizer: "sgd", optimizerParams: { learningRate, momentum: MOMENTUM, wd: WEIGHT_DECAY } });
    if (learned !== undefined) module.setOptimizerStates(learned.optimizerStates);
    this.#module = module;
    const [, ...size] = digits.shown.images.shape;
    this.#reader = new FeatureReader(symbol, { parameters: module.executor, image: size, batchSize: 100 });
  }

  /** Digits of an epoch: those at the end that fill no batch are left out. */
  get batchesPerEpoch(): number {
    const [first] = this.#batches.provideData;
    return Math.floor(this.#digits.train.labels.data.length / (first?.shape[0] ?? 1));
  }

  setLearningRate(rate: number): void {
    this.#module.optimizer?.setLearningRate(rate);
  }

  /** Learns from the next batch. */
  async trainBatch(): Promise<Omit<StepFigures, "step">> {
    const batch = this.#nextBatch();
    await this.#module.forwardBackward(batch);
    await this.#module.update();
    const [scores, centerLoss] = await this.#module.getOutputs();
    return { ...lossOf(scores, batch.label[0]), centerLoss: centerLoss ? (toFloat32(centerLoss)[0] ?? 0) : 0 };
  }

  #nextBatch(): DataBatch {
    const batch = this.#batches.next();
    if (batch !== undefined) return batch;
    this.#batches.reset();
    const first = this.#batches.next();
    if (first === undefined) throw new Error("The batch is larger than all digits.");
    return first;
  }

  async readFeatures(): Promise<DigitFeatures> {
    return this.#reader.read(this.#digits.shown);
  }

  async readCenters(): Promise<Float32Array> {
    const cell = this.#module.executor.auxCells.get(CENTERS);
    if (cell === undefined) throw new Error(`The network has no state "${CENTERS}".`);
    return toFloat32(await cell.toHost());
  }

  /** Everything that has been learned, to go on with elsewhere. */
  async learned(): Promise<Learned> {
    return { ...(await this.#module.getParams()), optimizerStates: await this.#module.getOptimizerStates() };
  }

  /** @param withoutCenterLoss  only what predicts: a graph of built-in operators. */
  async export(withoutCenterLoss: boolean): Promise<Omit<ModelFiles, "epoch">> {
    const whole = this.#module.symbol;
    const symbol = withoutCenterLoss ? whole.getInternals().get("softmax_output") : whole;
    const { argParams, auxParams } = await this.#module.getParams();
    const params = writeParams(
      joinCheckpoint({
        argParams: only(argParams, symbol.listArguments()),
        auxParams: only(auxParams, symbol.listAuxiliaryStates()),
      }),
    );
    return { symbol: symbol.toJSON(), params, prefix: withoutCenterLoss ? "digits-lenet" : "digits-centerloss" };
  }

  dispose(): void {
    this.#reader.dispose();
    this.#module.dispose();
  }
}

function only(arrays: ReadonlyMap<string, HostArray>, names: readonly string[]): Map<string, HostArray> {
  return new Map([...arrays].filter(([name]) => names.includes(name)));
}

/** Cross entropy and share of right answers of `(N, classes)` probabilities. */
function lossOf(scores: HostArray | undefined, labels: HostArray | undefined): { loss: number; accuracy: number } {
  if (scores === undefined || labels === undefined) return { loss: Number.NaN, accuracy: Number.NaN };
  const [rows = 0, width = 0] = scores.shape;
  const [values, classes] = [toFloat32(scores), toFloat32(labels)];
  let loss = 0;
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const own = values[row * width + (classes[row] ?? 0)] ?? Number.NaN;
    loss -= Math.log(Math.max(own, 1e-12));
    if (Number.isNaN(own)) loss = Number.NaN;
    if (!values.subarray(row * width, (row + 1) * width).some((value) => value > own)) right++;
  }
  return { loss: loss / rows, accuracy: right / rows };
}
