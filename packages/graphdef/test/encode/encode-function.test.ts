import { decodeMessage, encodeFunction, GraphDraft } from "@mxgraft/graphdef";
import { expect, test } from "vitest";

test("a function that gives its argument back, byte by byte", () => {
  const draft = new GraphDraft();
  draft.result(draft.argument("float32"));
  const expected = [
    "0a 1f 0a 13 0a 01 66", // library, function, signature: name f
    "12 06 0a 02 61 30 18 01 1a 06 0a 02 72 30 18 01", // a0 and r0, both float32
    "22 08 0a 02 72 30 12 02 61 30", // ret: r0 is a0
  ];
  const bytes = expected.join(" ").split(" ");
  expect(encodeFunction(draft).library("f")).toEqual(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
});

function split(): GraphDraft {
  const draft = new GraphDraft();
  const [x, total] = [draft.argument("float32"), draft.state("float32", [])];
  const [, second] = draft.node("Split", [draft.constant(0, "int32"), x], { num_split: 2 });
  if (second) draft.result(second);
  draft.effect("AssignAddVariableOp", [total.handle, draft.one("Sum", [x, draft.constant([0], "int32")])], [total]);
  return draft;
}

test("outputs are named, effects are control outputs, handles are resources", () => {
  expect(decodeMessage("FunctionDefLibrary", encodeFunction(split()).library("step"))).toMatchObject({
    function: [
      {
        signature: {
          name: "step",
          input_arg: [
            { name: "a0", type: 1 },
            { name: "a1", type: 20 },
          ],
          output_arg: [{ name: "r0", type: 1 }],
          is_stateful: true,
          control_output: ["n4_AssignAddVariableOp"],
        },
        ret: { r0: "n1_Split:output:1" },
        control_ret: { n4_AssignAddVariableOp: "n4_AssignAddVariableOp" },
      },
    ],
  });
});

test("the body does not depend on the name or on what was left out", () => {
  const other = split();
  other.one("Exp", [other.constant(3)]);
  expect(encodeFunction(other).body).toBe(encodeFunction(split()).body);
  expect(encodeFunction(split()).library("a")).not.toEqual(encodeFunction(split()).library("b"));
});

test("functions that do different things have different bodies", () => {
  const other = split();
  other.result(other.argument("float32"));
  expect(encodeFunction(other).body).not.toBe(encodeFunction(split()).body);
});
