import { ValueError } from "@mxgraft/base";
import { expect, test } from "vitest";
import { asValueError } from "../../src/compiled/as-value-error.ts";

// As tfjs-node 4.22 reports what TensorFlow 2.21 says.
const REFUSED =
  'Invalid TF_Status: 3\nMessage: {{function_node __wrapped__step}} {{function_node step}} centerloss: argument "label" is -1 in row 0.\n\t [[{{node n2}}]]';

test("a value that an operator refuses is a ValueError, in the operator's words", () => {
  const error = asValueError(new Error(REFUSED));
  expect(error).toBeInstanceOf(ValueError);
  expect(error).toMatchObject({ message: 'centerloss: argument "label" is -1 in row 0.' });
  expect(asValueError(new Error("Invalid TF_Status: 11\nMessage: indices[3] = 7 is not in [0, 4)"))).toMatchObject({
    name: "ValueError",
    message: "indices[3] = 7 is not in [0, 4)",
  });
});

test("so it is in a session, which gives the text alone", () => {
  const message = "Session fail to run with error: indices[0] = 5 is not in [0, 3)\n\t [[{{node n1_GatherV2}}]]";
  expect(asValueError(new Error(message))).toMatchObject({
    name: "ValueError",
    message: "indices[0] = 5 is not in [0, 3)",
  });
});

test("other errors stay what they are", () => {
  for (const error of [
    new Error("Invalid TF_Status: 8\nMessage: out of memory"),
    new Error("Session fail to run with error: OOM when allocating tensor"),
    new TypeError("no"),
    "text",
  ]) {
    expect(asValueError(error)).toBe(error);
  }
});
