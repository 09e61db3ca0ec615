import { testGradients } from "./difference-cases.ts";

// What the recorded cases leave out.
testGradients([
  { name: "wide windows", operator: "LRN", attributes: { nsize: "7", alpha: "0.5" }, arguments: [[2, 4, 2, 3]] },
  { name: "first axis", operator: "LayerNorm", attributes: { axis: "0" }, arguments: [[4, 3], [4], [4]] },
  {
    name: "one axis of places",
    operator: "GroupNorm",
    attributes: { num_groups: "3" },
    arguments: [[2, 6, 4], [3], [3]],
  },
  { name: "five axes", operator: "L2Normalization", attributes: { mode: "channel" }, arguments: [[2, 3, 2, 2, 2]] },
  {
    name: "temperature and axis",
    operator: "log_softmax",
    attributes: { axis: "1", temperature: "0.5" },
    arguments: [[2, 4, 3]],
  },
]);
