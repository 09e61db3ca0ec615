import { float32Array, type HostArray } from "@mxgraft/base";
import { expect, test } from "vitest";
import { create, type MetricExpression } from "../src/index.ts";

interface Batch {
  readonly labels: readonly HostArray[];
  readonly preds: readonly HostArray[];
}

/** The few operators that the expressions use, written down from MXNet's documentation. */
const operators: Record<string, (inputs: number[][], attributes: Record<string, string>, shape: number[]) => number[]> =
  {
    argmax: ([x = []], _, [rows = 0, columns = 1]) =>
      Array.from({ length: rows }, (_, row) => {
        const line = x.slice(row * columns, (row + 1) * columns);
        return line.indexOf(Math.max(...line));
      }),
    Cast: ([x = []], { dtype }) => (dtype === "int32" ? x.map(Math.trunc) : x),
    Reshape: ([x = []]) => x,
    _equal: ([a = [], b = []]) => a.map((value, i) => (value === b[i] ? 1 : 0)),
    sum: ([x = []]) => [x.reduce((a, b) => a + b, 0)],
    pick: ([x = [], index = []], _, [, columns = 1]) =>
      index.map((at, row) => x[row * columns + Math.trunc(at)] ?? Number.NaN),
    _plus_scalar: ([x = []], { scalar }) => x.map((value) => value + Number(scalar)),
    clip: ([x = []], { a_min, a_max }) => x.map((value) => Math.min(Math.max(value, Number(a_min)), Number(a_max))),
    elemwise_mul: ([a = [], b = []]) => a.map((value, i) => value * (b[i] ?? Number.NaN)),
    log: ([x = []]) => x.map(Math.log),
    negative: ([x = []]) => x.map((value) => -value),
    elemwise_add: ([a = [], b = []]) => a.map((value, i) => value + (b[i] ?? Number.NaN)),
  };

function evaluate(expression: MetricExpression, batch: Batch): number[] {
  if ("label" in expression) return Array.from(batch.labels[expression.label]?.data ?? [], Number);
  if ("pred" in expression) return Array.from(batch.preds[expression.pred]?.data ?? [], Number);
  const [first] = expression.inputs;
  const shape = first !== undefined && "pred" in first ? [...(batch.preds[first.pred]?.shape ?? [])] : [];
  const run = operators[expression.operator];
  if (run === undefined) throw new Error(`no operator ${expression.operator}`);
  return run(
    expression.inputs.map((input) => evaluate(input, batch)),
    { ...expression.attributes },
    shape,
  );
}

const label = float32Array([4], [0, 2.7, 1, 0]);
const scores = float32Array([4, 3], [0.6, 0.3, 0.1, 0.2, 0.1, 0.7, 0.5, 0.25, 0.25, 0.4, 0.4, 0.2]);
const loss = float32Array([1], [0.75]);

test.for([
  { name: "acc", labels: [label], preds: [scores] },
  { name: "acc", labels: [label, label], preds: [scores, scores] },
  { name: "acc", labels: [label], preds: [float32Array([4], [0, 2, 2, 0])] },
  { name: "ce", labels: [float32Array([4, 1], [0, 2, 1, 0])], preds: [scores] },
  { name: "nll_loss", labels: [label, label], preds: [scores, scores] },
  { name: "loss", labels: [], preds: [scores, loss] },
  { name: "seed_accuracy", labels: [label, label], preds: [scores, loss] },
  { name: "center_loss", labels: [label, label], preds: [scores, loss] },
])("$name: the expression gives what update adds", ({ name, labels, preds }) => {
  const updated = create(name);
  updated.update(labels, preds);
  const described = create(name);
  const sums = described.sums(
    labels.map(({ shape }) => shape),
    preds.map(({ shape }) => shape),
  );
  expect(sums).not.toBeNull();
  if (sums === null) return;
  expect(JSON.parse(JSON.stringify(sums))).toEqual(sums);
  described.addSums(evaluate(sums.sum, { labels, preds })[0] ?? Number.NaN, sums.count);
  expect(described.getNameValue()).toEqual([[updated.name, expect.closeTo(updated.getNameValue()[0]?.[1] ?? 0, 6)]]);
});

test.for([
  [0, 3, 1, 0],
  [0, -1, 1, 0],
])("ce: a label that is no class, %j, makes the sum infinite", (classes) => {
  const metric = create("ce");
  const sums = metric.sums([[4]], [[4, 3]]);
  const batch = { labels: [float32Array([4], classes)], preds: [scores] };
  expect(() => metric.update(batch.labels, batch.preds)).toThrow("is no class");
  expect(sums && evaluate(sums.sum, batch)).toEqual([Number.POSITIVE_INFINITY]);
});

test.for([
  { name: "acc", why: "as many labels as outputs are needed", labels: [[4]], preds: [[4, 3], [1]] },
  { name: "acc", why: "the sizes differ", labels: [[4]], preds: [[5, 3]] },
  { name: "ce", why: "the rows differ", labels: [[4]], preds: [[5, 3]] },
  { name: "loss", why: "there is no output", labels: [], preds: [] },
  { name: "center_loss", why: "there is no second output", labels: [[4]], preds: [[4, 3]] },
  { name: "f1", why: "it has none", labels: [[4]], preds: [[4, 2]] },
])("$name has no expression when $why", ({ name, labels, preds }) => {
  expect(create(name).sums(labels, preds)).toBeNull();
});
