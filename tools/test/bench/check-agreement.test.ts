import { expect, test } from "vitest";
import { disagreement } from "../../bench/run/check-agreement.ts";

const tolerance = { relative: 1e-2, absolute: 1e-3 };

const cases = [
  { name: "equal numbers agree", ours: { loss: [1, 2] }, theirs: { loss: [1, 2] }, expected: undefined },
  { name: "near numbers agree", ours: { loss: [100] }, theirs: { loss: [100.9] }, expected: undefined },
  { name: "small numbers agree", ours: { loss: [0] }, theirs: { loss: [9e-4] }, expected: undefined },
  { name: "only what both give is compared", ours: { a: [1], b: [2] }, theirs: { a: [1] }, expected: undefined },
  {
    name: "another number is told with its place",
    ours: { loss: [1, 2] },
    theirs: { loss: [1, 2.1] },
    expected: '"loss"[1] is 2 with us and 2.1 with them',
  },
  { name: "NaN, null in JSON, agrees with nothing", ours: { loss: [0] }, theirs: { loss: [null] }, expected: "null" },
  {
    name: "lists of another length",
    ours: { loss: [1] },
    theirs: { loss: [1, 2] },
    expected: '"loss" has 1 numbers with us and 2 with them',
  },
  { name: "nothing in common", ours: { a: [1] }, theirs: { b: [1] }, expected: "no number in common" },
];

test.for(cases)("$name", ({ ours, theirs, expected }) => {
  // What comes from another process may hold null where the type says number.
  const problem = disagreement(ours as never, theirs as never, tolerance);
  if (expected === undefined) expect(problem).toBeUndefined();
  else expect(problem).toContain(expected);
});
