import { FormatError, type HostArray, MxgraftError } from "@mxgraft/base";
import {
  CenterLossMetric,
  CompositeEvalMetric,
  CustomMetric,
  create,
  type EvalMetric,
  type MetricResult,
  np,
  SeedAccuracy,
} from "@mxgraft/metric";
import type { Comparison } from "../comparison.ts";
import { type Facts, type GoldenCase, isFacts, numberOf } from "../golden-case.ts";
import { camelCase, isPythonCall, type PythonCall, type PythonValue, parsePythonCall } from "../python-call.ts";
import { NotSupported } from "../replay.ts";

function sumOfDifferences(label: HostArray, pred: HostArray): number {
  let sum = 0;
  for (let i = 0; i < label.data.length; i++) sum += Math.abs(Number(label.data[i]) - Number(pred.data[i]));
  return sum;
}

function rateOfRightRows(label: HostArray, pred: HostArray): number {
  const classes = pred.shape[1] ?? 1;
  let right = 0;
  for (let row = 0; row < label.data.length; row++) {
    const scores = Array.from(pred.data.slice(row * classes, (row + 1) * classes), Number);
    if (scores.indexOf(Math.max(...scores)) === Number(label.data[row])) right++;
  }
  return right / label.data.length;
}

/** Constructors that no call describes: functions of the recorder, and the two metrics of the seed. */
const described: Readonly<Record<string, () => EvalMetric>> = {
  "Accuracy() of the seed": () => new SeedAccuracy(),
  "CenterLossMetric() of the seed": () => new CenterLossMetric(),
  "CompositeEvalMetric with the two of the seed": () =>
    new CompositeEvalMetric({ metrics: [new SeedAccuracy(), new CenterLossMetric()] }),
  "CustomMetric(feval) with feval = sum |label - pred|": () => create((label, pred) => sumOfDifferences(label, pred)),
  "CustomMetric(feval, name='total') with feval = (sum |label - pred|, count)": () =>
    new CustomMetric((label, pred) => [sumOfDifferences(label, pred), label.data.length], { name: "total" }),
  "metric.np(feval, name='mine') with feval = mean(label == argmax pred)": () => np(rateOfRightRows, { name: "mine" }),
  "CustomMetric(feval, allow_extra_outputs=True)": () => new CustomMetric(() => 1, { allowExtraOutputs: true }),
  "CustomMetric(feval)": () => new CustomMetric(() => 1),
};

function optionsOf(call: PythonCall): Record<string, unknown> {
  return Object.fromEntries([...call.keywords].map(([key, value]) => [camelCase(key), value]));
}

function itemOf(item: PythonValue | PythonCall): EvalMetric {
  if (typeof item === "string") return create(item);
  if (!Array.isArray(item) || typeof item[0] !== "string")
    throw new FormatError(`${JSON.stringify(item)} names no metric.`);
  const [name, ...options] = item;
  const pairs = options.map((pair) => (Array.isArray(pair) ? [camelCase(String(pair[0])), pair[1]] : []));
  return create(name, Object.fromEntries(pairs));
}

function construct(text: string): EvalMetric {
  const known = Object.hasOwn(described, text) ? described[text] : undefined;
  if (known) return known();
  const call = parsePythonCall(text);
  const [first] = call.positional;
  const list = Array.isArray(first) ? first : undefined;
  if (call.name === "create") return create((list ?? []).map(itemOf));
  if (call.name === "CompositeEvalMetric") return new CompositeEvalMetric({ metrics: (list ?? []).map(itemOf) });
  if (isPythonCall(first) || call.positional.length > 0) throw new NotSupported(`constructor ${text}`);
  return create(call.name, optionsOf(call));
}

function compareResult(comparison: Comparison, what: string, got: MetricResult, want: unknown): void {
  if (!Array.isArray(want)) return;
  comparison.same(`${what} name`, got[0], want[0]);
  const values = [got[1]].flat();
  for (const [i, value] of [want[1]].flat().entries())
    comparison.numbers(what, values[i] ?? Number.NaN, numberOf(value));
}

function arraysAt(golden: GoldenCase, update: number, kind: string, count: unknown): HostArray[] {
  const wanted = typeof count === "number" ? count : 0;
  return Array.from({ length: wanted }, (_, i) => golden.tensor(`${update}:${kind}:${i}`));
}

function replayActions(golden: GoldenCase, comparison: Comparison, metric: EvalMetric): void {
  for (const [i, action] of golden.list("actions").entries()) {
    if (!isFacts(action)) throw new FormatError(`${golden.id}: action ${i} is no object.`);
    // Arrays are numbered from the action after "created".
    const failure = failureOf(() => act(golden, metric, action, i - 1));
    if (action.error !== undefined)
      comparison.refused(`action ${i}`, failure, (error) => error instanceof MxgraftError);
    else if (failure !== undefined) throw failure;
    compareResult(comparison, `action ${i} get`, metric.get(), action.get);
    compareResult(comparison, `action ${i} get_global`, metric.getGlobal(), action.get_global);
    if (action.get_name_value !== undefined) {
      comparison.same(
        `action ${i} get_name_value`,
        metric.getNameValue().map(([name]) => name),
        pairNames(action),
      );
    }
  }
}

function pairNames(action: Facts): unknown[] {
  const pairs = action.get_name_value;
  return Array.isArray(pairs) ? pairs.map((pair) => (Array.isArray(pair) ? pair[0] : pair)) : [];
}

function act(golden: GoldenCase, metric: EvalMetric, action: Facts, update: number): void {
  switch (action.action) {
    case "created":
      return;
    case "update":
      metric.update(arraysAt(golden, update, "label", action.labels), arraysAt(golden, update, "pred", action.preds));
      return;
    case "reset":
      metric.reset();
      return;
    case "reset_local":
      metric.resetLocal();
      return;
    default:
      throw new NotSupported(`action ${JSON.stringify(action.action)}`);
  }
}

function failureOf(run: () => void): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof NotSupported) throw error;
    return error;
  }
}

/** The original metric as it stands, which MXNet 1.9.1 cannot run: `num` is meant to be left out. */
const SEED_ACCURACY_IN_1_9_1 = "Accuracy() of the seed, as it is, in 1.9.1";

function updateOf(golden: GoldenCase): Facts {
  const action = golden.list("actions").find((entry) => isFacts(entry) && entry.action === "update");
  return isFacts(action) ? action : {};
}

/** Replays the calls on a metric. */
export function replayMetric(golden: GoldenCase, comparison: Comparison): void {
  const written = golden.text("constructor");
  // MXNet's failure of the original metric is a fault that ours does not have: it computes, with `num` left out.
  if (written === SEED_ACCURACY_IN_1_9_1) {
    comparison.same(
      "update",
      failureOf(() => act(golden, new SeedAccuracy(), updateOf(golden), 0)),
      undefined,
    );
    return;
  }
  if (written === undefined) throw new NotSupported("the case names no constructor");
  if (golden.facts.error !== undefined) {
    comparison.refused(
      written,
      failureOf(() => {
        construct(written);
      }),
      (error) => error instanceof MxgraftError,
    );
    return;
  }
  const metric = construct(written);
  if (golden.facts.actions !== undefined) {
    replayActions(golden, comparison, metric);
    return;
  }
  const named = (kind: string) => new Map(golden.withPrefix(kind));
  metric.updateDict(named("label"), named("pred"));
  compareResult(comparison, "get", metric.get(), golden.facts.get);
}
