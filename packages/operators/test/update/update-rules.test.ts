import { AttributeError } from "@mxgraft/base";
import type { OperatorSpec } from "@mxgraft/operator";
import { expect, test } from "vitest";
import { updateRules } from "../../src/update/update-rules.ts";

const rules: Readonly<Record<string, OperatorSpec>> = updateRules;

// From the signatures of mxnet.nd in MXNet 1.9.1.
test.for([
  {
    name: "sgd_update",
    names: "weight grad",
    mutates: [],
    defaults: { wd: 0, rescale_grad: 1, clip_gradient: -1, lazy_update: true },
  },
  { name: "sgd_mom_update", names: "weight grad mom", mutates: [2], defaults: { momentum: 0, lazy_update: true } },
  { name: "nag_mom_update", names: "weight grad mom", mutates: [2], defaults: { momentum: 0 } },
  {
    name: "adam_update",
    names: "weight grad mean var",
    mutates: [2, 3],
    defaults: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  },
  {
    name: "rmsprop_update",
    names: "weight grad n",
    mutates: [2],
    defaults: { gamma1: 0.95, epsilon: 1e-8, clip_weights: -1 },
  },
  {
    name: "rmspropalex_update",
    names: "weight grad n g delta",
    mutates: [2, 3, 4],
    defaults: { gamma1: 0.95, gamma2: 0.9 },
  },
  { name: "ftrl_update", names: "weight grad z n", mutates: [2, 3], defaults: { lamda1: 0.01, beta: 1 } },
  { name: "signum_update", names: "weight grad mom", mutates: [2], defaults: { wd_lh: 0 } },
])("$name has MXNet's arguments and defaults", ({ name, names, mutates, defaults }) => {
  const spec = rules[name];
  if (!spec) throw new Error(`no rule ${name}`);
  const attributes = spec.parse(new Map([["lr", "0.1"]]));
  expect(attributes).toMatchObject({ lr: 0.1, ...defaults });
  expect(spec.arguments(attributes).join(" ")).toBe(names);
  expect(spec.mutates(attributes)).toEqual(mutates);
  expect(spec.differentiable).toBe(false);
  const known = { arguments: spec.arguments(attributes).map(() => undefined), outputs: [[3, 4]], auxiliaryStates: [] };
  expect(spec.inferShape(attributes, known).arguments?.every((shape) => shape?.join() === "3,4")).toBe(true);
});

test("a rule without a learning rate is refused", () => {
  expect(() => updateRules.sgd_update.parse(new Map())).toThrow(AttributeError);
});

test("every rule is listed under its own name", () => {
  for (const [name, spec] of Object.entries(rules)) expect(spec.name).toBe(name);
});
