import { hostArray } from "@mxgraft/base";
import { loadNativeOperators, type OpAttribute, ResourceVariable, setBackend, tfjsNodeBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";

await setBackend("tensorflow").catch(() => undefined);
const state = tf.getBackend() === "tensorflow" ? loadNativeOperators("training") : undefined;
if (!state?.available) console.log(`skipped: native operators "training": ${state?.reason ?? "no tensorflow"}`);

interface Case {
  readonly name: string;
  readonly operator: string;
  /** lr, wd, rescale_grad, momentum. */
  readonly rates: readonly number[];
  readonly attributes: Readonly<Record<string, number>>;
  readonly expected: readonly (readonly number[])[];
}

const GRADIENT = [0.3, -4, 0, 7.5, -0.125];
const BEFORE = [
  [0.5, -1.25, 2, 0, 3.5],
  [0.1, -0.2, 0, 1, 0.5],
  [0.04, 0.09, 0, 1, 0.25],
];

// `expected`: the weight and what belongs to it after MXNet 1.9.1's operator of that name, on the arrays above.
const cases: readonly Case[] = [
  {
    name: "sgd_update, plain",
    operator: "MxgraftSgdUpdate",
    rates: [0.1, 0, 1],
    attributes: { clip_gradient: -1 },
    expected: [[0.4699999988079071, -0.8500000238418579, 2, -0.75, 3.512500047683716]],
  },
  {
    name: "sgd_update, scaled, cut and decayed",
    operator: "MxgraftSgdUpdate",
    rates: [0.1, 0.01, 0.5],
    attributes: { clip_gradient: 1 },
    expected: [[0.484499990940094, -1.1487499475479126, 1.9980000257492065, -0.10000000149011612, 3.5027499198913574]],
  },
  {
    name: "sgd_mom_update, plain",
    operator: "MxgraftSgdMomUpdate",
    rates: [0.1, 0, 1, 0.9],
    attributes: { clip_gradient: -1 },
    expected: [
      [0.5600000023841858, -1.0299999713897705, 2, 0.1499999761581421, 3.9625000953674316],
      [0.059999994933605194, 0.2200000137090683, 0, 0.1499999761581421, 0.4624999761581421],
    ],
  },
  {
    name: "sgd_mom_update, scaled, cut and decayed",
    operator: "MxgraftSgdMomUpdate",
    rates: [0.05, 0.2, 2, 0.5],
    attributes: { clip_gradient: 0.7 },
    expected: [
      [0.5149999856948853, -1.3025000095367432, 1.9800000190734863, 0.4650000035762787, 3.7274999618530273],
      [0.015000000596046448, -0.05249999836087227, -0.020000001415610313, 0.4650000035762787, 0.22750000655651093],
    ],
  },
  {
    name: "adam_update, plain",
    operator: "MxgraftAdamUpdate",
    rates: [0.01, 0, 1],
    attributes: { clip_gradient: -1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    expected: [
      [0.4940037429332733, -1.2321778535842896, 2, -0.01606225036084652, 3.491245985031128],
      [0.12000000476837158, -0.580000102519989, 0, 1.6500000953674316, 0.4375],
      [0.040049999952316284, 0.1059098020195961, 0, 1.0552493333816528, 0.24976563453674316],
    ],
  },
  {
    name: "adam_update, scaled, decayed and cut",
    operator: "MxgraftAdamUpdate",
    rates: [0.02, 0.1, 0.25],
    attributes: { clip_gradient: 0.5, beta1: 0.8, beta2: 0.9, epsilon: 1e-3 },
    expected: [
      [0.4892202913761139, -1.2340772151947021, 1.987547755241394, -0.018696069717407227, 3.480912923812866],
      [0.10500000417232513, -0.25999999046325684, 0.03999999910593033, 0.8999999761581421, 0.4637500047683716],
      [0.037562496960163116, 0.10600000619888306, 0.00400000112131238, 0.9249999523162842, 0.23516015708446503],
    ],
  },
];

/** Runs a rule on variables (rows, 5). */
function update(
  { operator, rates, attributes }: Case,
  variables: readonly ResourceVariable[],
  gradient: tf.Tensor,
): void {
  const backend = tfjsNodeBackend();
  const { binding } = backend;
  const facts = Object.entries(attributes).map(
    ([name, value]): OpAttribute => ({ name, type: binding.TF_ATTR_FLOAT, value }),
  );
  const scalars = rates.map((rate) => binding.createTensor([], binding.TF_FLOAT, Float32Array.of(rate)));
  try {
    const inputs = [...variables.map(({ handle }) => handle), ...backend.getInputTensorIds([gradient]), ...scalars];
    binding.executeOp(operator, facts, inputs, 0);
  } finally {
    for (const id of scalars) binding.deleteTensor(id);
  }
}

function repeated(row: readonly number[], rows: number): number[] {
  return Array.from({ length: rows }, () => row).flat();
}

function variable(row: readonly number[], rows: number): ResourceVariable {
  const made = new ResourceVariable([rows, row.length]);
  made.set(hostArray("float32", [rows, row.length], Float32Array.from(repeated(row, rows))));
  return made;
}

describe.skipIf(!state?.available)("native update rules", () => {
  // The second size is computed in several parts, each with an end that fills no register.
  test.for(cases.flatMap((one) => [1, 4001].map((rows) => ({ ...one, rows }))))("$name, $rows rows", (one) => {
    const { expected, rows } = one;
    const variables = expected.map((_, i) => variable(BEFORE[i] ?? [], rows));
    update(one, variables, tf.tensor2d(repeated(GRADIENT, rows), [rows, GRADIENT.length]));
    for (const [i, own] of variables.entries()) {
      const { data } = own.readRows(0, rows);
      const row = expected[i] ?? [];
      const worst = data.reduce((most, value, j) => Math.max(most, Math.abs(value - (row[j % row.length] ?? 0))), 0);
      expect(worst).toBeLessThan(3e-7);
      own.dispose();
    }
  });

  test("refuses a gradient of another shape and leaves the weight", () => {
    const [plain] = cases;
    if (plain === undefined) throw new Error("there are no cases");
    const weight = variable([1, 2], 1);
    expect(() => update(plain, [weight], tf.ones([1, 3]))).toThrow("expected float [1,3] as the gradient");
    expect([...weight.readRows(0, 1).data]).toEqual([1, 2]);
    weight.dispose();
  });
});
