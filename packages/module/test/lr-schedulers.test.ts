import { AttributeError, FormatError, RegistryError } from "@mxgraft/base";
import { expect, test } from "vitest";
import { createScheduler } from "../src/lr-scheduler/create-scheduler.ts";
import { FactorScheduler } from "../src/lr-scheduler/factor-scheduler.ts";
import { MultiFactorScheduler } from "../src/lr-scheduler/multi-factor-scheduler.ts";
import golden from "./cases/schedulers.json" with { type: "json" };

test.for(Object.entries(golden))("%s gives MXNet's rates", ([, example]) => {
  const scheduler = createScheduler(example.class, example.params);
  const updates = "num_update" in example ? example.num_update : [...example.rates.keys()];
  for (const [i, numUpdate] of updates.entries()) {
    expect(scheduler.rate(numUpdate)).toBeCloseTo(example.rates[i] ?? Number.NaN, 12);
  }
});

test.for(Object.entries(golden))("%s goes on where its state was taken", ([, example]) => {
  const scheduler = createScheduler(example.class, example.params);
  for (let n = 0; n < 6; n++) scheduler.rate(n);
  const resumed = createScheduler(example.class, example.params);
  resumed.restore(JSON.parse(JSON.stringify(scheduler.state())));
  for (let n = 6; n < 20; n++) expect(resumed.rate(n)).toBe(scheduler.rate(n));
});

test("a scheduler tells when the rate changes, in MXNet's words", () => {
  const scheduler = new FactorScheduler({ step: 2, factor: 0.1, baseLr: 0.05, stopFactorLr: 0.001 });
  const lines: string[] = [];
  scheduler.logger = (line) => lines.push(line);
  for (let n = 1; n < 6; n++) scheduler.rate(n);
  expect(lines).toEqual([
    "Update[3]: Change learning rate to 5.00000e-03",
    "Update[5]: now learning rate arrived at 1.00000e-03, will not change in the future",
  ]);
});

test("a state of another scheduler is refused", () => {
  const factor = new FactorScheduler({ step: 2 });
  expect(() => factor.restore({ baseLr: 1, numbers: [] })).toThrow(FormatError);
});

test.for([
  ["a step of 0", () => createScheduler("factor", { step: 0 }), "expected an integer >= 1"],
  ["a factor above 1", () => createScheduler("factor", { step: 1, factor: 1.5 }), "expected a number <= 1"],
  ["no step", () => createScheduler("factor", {}), 'option "step" is missing'],
  [
    "steps that do not grow",
    () => new MultiFactorScheduler({ step: [3, 3] }),
    "expected a list of growing integers >= 1",
  ],
  ["a poly of 0 updates", () => createScheduler("poly", { max_update: 0 }), "expected an integer >= 1"],
  [
    "a warm-up that goes down",
    () => createScheduler("cosine", { max_update: 5, base_lr: 0.1, warmup_begin_lr: 0.2 }),
    'Learning-rate scheduler: option "warmupBeginLr" is 0.2, expected at most baseLr, which is 0.1: the warm-up goes up.',
  ],
] as const)("%s is refused", ([, make, message]) => {
  expect(make).toThrow(AttributeError);
  expect(make).toThrow(message);
});

test("an unknown name gets a suggestion", () => {
  expect(() => createScheduler("cosin", {})).toThrow(RegistryError);
  expect(() => createScheduler("cosin", {})).toThrow(
    'Learning-rate scheduler "cosin" is not known. Did you mean "cosine"?',
  );
});
