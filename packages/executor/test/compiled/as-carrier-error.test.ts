import { expect, test } from "vitest";
import { asCarrierError, isUnknownGraph } from "../../src/compiled/as-carrier-error.ts";

// As tfjs-node 4.22 reports what TensorFlow 2.21 says.
const cases = [
  {
    name: "an operator that is not there",
    message:
      "Invalid TF_Status: 5\nMessage: Op type not registered 'Newer' in binary running on vm. Make sure the Op and Kernel are registered in the binary running in this process.",
    unknown: true,
    text: "Op type not registered 'Newer' in binary running on vm",
  },
  { name: "an index out of range", message: "Invalid TF_Status: 3\nMessage: indices[0] = 7 is not in [0, 2)" },
  { name: "no memory", message: "Invalid TF_Status: 8\nMessage: out of memory" },
];
test.for(cases)("$name", ({ message, unknown = false, text }) => {
  const error = new Error(message);
  expect(isUnknownGraph(error)).toBe(unknown);
  if (text !== undefined) expect(asCarrierError(error).message).toBe(`TensorFlow does not load the graph: ${text}`);
});
