import { float32Array, type HostArray, MxgraftError } from "@mxgraft/base";
import * as metric from "../src/index.ts";

export interface PackedTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

type Value = number | string;

/** One call of MXNet 1.9.1 and what it gave; see the note in `cases/README.md`. */
export interface PackedAction {
  readonly action: string;
  readonly labels?: number;
  readonly preds?: number;
  readonly error?: string;
  readonly get?: readonly [string | readonly string[], Value | readonly Value[]];
  readonly get_global?: readonly [string | readonly string[], Value | readonly Value[]];
}

export interface PackedCase {
  readonly name: string;
  readonly constructor?: string;
  readonly actions?: readonly PackedAction[];
  readonly error?: string;
  readonly get?: PackedAction["get"];
  readonly names?: Readonly<Record<string, { readonly error?: string; readonly get?: PackedAction["get"] }>>;
  readonly tensors?: Readonly<Record<string, PackedTensor>>;
}

const absolute = (label: HostArray, pred: HostArray) => {
  let sum = 0;
  for (let i = 0; i < label.data.length; i++) sum += Math.abs(Number(label.data[i]) - Number(pred.data[i]));
  return sum;
};

const argmaxRate = (label: HostArray, pred: HostArray) => {
  const classes = pred.shape[1] ?? 1;
  let right = 0;
  for (let row = 0; row < label.data.length; row++) {
    const scores = Array.from(pred.data.slice(row * classes, (row + 1) * classes), Number);
    if (scores.indexOf(Math.max(...scores)) === Number(label.data[row])) right++;
  }
  return right / label.data.length;
};

/** The constructors of the cases, by the Python that made them. */
const constructors: Readonly<Record<string, () => metric.EvalMetric>> = {
  "Accuracy()": () => new metric.Accuracy(),
  "Accuracy(axis=1)": () => new metric.Accuracy({ axis: 1 }),
  "Accuracy(name='acc')": () => new metric.Accuracy({ name: "acc" }),
  "Accuracy(output_names=['softmax_output'], label_names=['softmax_label'])": () =>
    new metric.Accuracy({ outputNames: ["softmax_output"], labelNames: ["softmax_label"] }),
  "TopKAccuracy(top_k=2)": () => new metric.TopKAccuracy({ topK: 2 }),
  "TopKAccuracy(top_k=7)": () => new metric.TopKAccuracy({ topK: 7 }),
  "TopKAccuracy(top_k=1)": () => new metric.TopKAccuracy({ topK: 1 }),
  "F1()": () => new metric.F1(),
  "F1(average='macro')": () => new metric.F1({ average: "macro" }),
  "F1(average='micro')": () => new metric.F1({ average: "micro" }),
  "MCC()": () => new metric.MCC(),
  "MCC(average='macro')": () => new metric.MCC({ average: "macro" }),
  "MCC(average='micro')": () => new metric.MCC({ average: "micro" }),
  "Perplexity(ignore_label=None)": () => new metric.Perplexity({ ignoreLabel: null }),
  "Perplexity(ignore_label=0)": () => new metric.Perplexity({ ignoreLabel: 0 }),
  "MAE()": () => new metric.MAE(),
  "MSE()": () => new metric.MSE(),
  "RMSE()": () => new metric.RMSE(),
  "CrossEntropy()": () => new metric.CrossEntropy(),
  "CrossEntropy(eps=0.1)": () => new metric.CrossEntropy({ eps: 0.1 }),
  "NegativeLogLikelihood()": () => new metric.NegativeLogLikelihood(),
  "NegativeLogLikelihood(eps=0.1)": () => new metric.NegativeLogLikelihood({ eps: 0.1 }),
  "PearsonCorrelation()": () => new metric.PearsonCorrelation(),
  "PearsonCorrelation(average='macro')": () => new metric.PearsonCorrelation({ average: "macro" }),
  "PearsonCorrelation(average='micro')": () => new metric.PearsonCorrelation({ average: "micro" }),
  "PCC()": () => new metric.PCC(),
  "Loss()": () => new metric.Loss(),
  "Torch()": () => new metric.Torch(),
  "Caffe()": () => new metric.Caffe(),
  "CustomMetric(feval) with feval = sum |label - pred|": () => metric.create((label, pred) => absolute(label, pred)),
  "CustomMetric(feval, name='total') with feval = (sum |label - pred|, count)": () =>
    new metric.CustomMetric((label, pred) => [absolute(label, pred), label.data.length], { name: "total" }),
  "metric.np(feval, name='mine') with feval = mean(label == argmax pred)": () =>
    metric.np(argmaxRate, { name: "mine" }),
  "CustomMetric(feval, allow_extra_outputs=True)": () => metric.create(() => 1, { allowExtraOutputs: true }),
  "CustomMetric(feval)": () => metric.create(() => 1),
  "CompositeEvalMetric([Accuracy(), CrossEntropy(), TopKAccuracy(top_k=2)])": () =>
    new metric.CompositeEvalMetric({ metrics: ["acc", "ce", new metric.TopKAccuracy({ topK: 2 })] }),
  "create(['acc', 'mse'])": () => metric.create(["acc", "mse"]),
  "CompositeEvalMetric()": () => new metric.CompositeEvalMetric(),
  "Accuracy() of the seed": () => new metric.SeedAccuracy(),
  "CenterLossMetric() of the seed": () => new metric.CenterLossMetric(),
  "CompositeEvalMetric with the two of the seed": () => metric.create(["seed_accuracy", "center_loss"]),
};

function arrayOf(tensor: PackedTensor | undefined, name: string): HostArray {
  if (tensor === undefined) throw new Error(`case has no tensor ${name}`);
  return float32Array(tensor.shape, tensor.data);
}

/** The arrays of call `index`, in order. */
export function arraysOf(golden: PackedCase, index: number, kind: "label" | "pred", count: number): HostArray[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `${index}:${kind}:${i}`;
    return arrayOf(golden.tensors?.[name], name);
  });
}

function number(value: Value | undefined): number {
  return value === "NaN" ? Number.NaN : Number(value);
}

function agrees(got: number, want: number): boolean {
  return Number.isNaN(want) ? Number.isNaN(got) : Math.abs(got - want) <= 1e-5 + 1e-4 * Math.abs(want);
}

/** What differs between a result and the recorded one, in words. */
export function differences(what: string, got: metric.MetricResult, want: PackedAction["get"]): string[] {
  if (want === undefined) return [];
  const gotNames = [got[0]].flat();
  const wantNames = [want[0]].flat();
  if (Array.isArray(got[0]) !== Array.isArray(want[0]) || gotNames.join() !== wantNames.join()) {
    return [`${what}: names ${gotNames}, expected ${wantNames}`];
  }
  const wantValues = [want[1]].flat();
  return [got[1]].flat().flatMap((value, i) => {
    const expected = number(wantValues[i]);
    return agrees(value, expected) ? [] : [`${what}: ${gotNames[i]} is ${value}, expected ${expected}`];
  });
}

function errorOf(call: () => void): MxgraftError | null {
  try {
    call();
    return null;
  } catch (error) {
    if (error instanceof MxgraftError) return error;
    throw error;
  }
}

function replayActions(golden: PackedCase, made: metric.EvalMetric): string[] {
  const problems: string[] = [];
  for (const [i, { action, labels = 0, preds = 0, error, get, get_global }] of (golden.actions ?? []).entries()) {
    const failure = errorOf(() => {
      if (action === "update") {
        // The arrays are numbered without the first entry, "created".
        made.update(arraysOf(golden, i - 1, "label", labels), arraysOf(golden, i - 1, "pred", preds));
      } else if (action === "reset") made.reset();
      else if (action === "reset_local") made.resetLocal();
      else if (action !== "created") throw new Error(`unknown action ${action}`);
    });
    if ((failure !== null) !== (error !== undefined)) {
      problems.push(`action ${i} (${action}): ${failure?.message ?? "no error"}, expected ${error ?? "none"}`);
    }
    problems.push(...differences(`action ${i} (${action}) get`, made.get(), get));
    if (get_global !== undefined) problems.push(...differences(`action ${i} getGlobal`, made.getGlobal(), get_global));
  }
  return problems;
}

/** The metric of a case, new. */
export function makeMetric(golden: PackedCase): metric.EvalMetric {
  const make = constructors[golden.constructor ?? ""];
  if (make === undefined) throw new Error(`constructor ${golden.constructor} is not known to the replay`);
  return make();
}

/** Replays one recorded case; the list of differences is empty when all is as in MXNet. */
export function replay(golden: PackedCase): string[] {
  if (golden.names !== undefined) {
    return Object.entries(golden.names).flatMap(([name, want]) => {
      const failure = errorOf(() => metric.create(name));
      if ((failure !== null) !== (want.error !== undefined))
        return [`create("${name}"): ${failure?.message ?? "made"}`];
      return failure === null ? differences(`create("${name}")`, metric.create(name).get(), want.get) : [];
    });
  }
  if (golden.error !== undefined) {
    return errorOf(() => makeMetric(golden)) === null ? [`${golden.constructor}: expected an error`] : [];
  }
  const made = makeMetric(golden);
  if (golden.actions !== undefined) return replayActions(golden, made);
  const named = (kind: string) =>
    new Map(
      Object.entries(golden.tensors ?? {}).flatMap(([name, tensor]) =>
        name.startsWith(`${kind}:`) ? [[name.slice(kind.length + 1), arrayOf(tensor, name)] as const] : [],
      ),
    );
  made.updateDict(named("label"), named("pred"));
  return differences("get", made.get(), golden.get);
}
