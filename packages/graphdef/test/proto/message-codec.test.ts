import { decodeMessage, encodeMessage } from "@mxgraft/graphdef";
import { expect, test } from "vitest";
import recorded from "../cases/op-list.json" with { type: "json" };

const bytes = (hex: string) => Uint8Array.from(hex.split(" "), (byte) => Number.parseInt(byte, 16));

test("writes protobuf's wire format, worked by hand", () => {
  const message = {
    node: [
      {
        name: "x",
        op: "Op",
        input: ["^a"],
        // Keys in order, whatever order they come in; a negative int64 takes ten bytes; a zero is written, too.
        attr: { n: { i: -1 }, f: { f: 0.5 }, b: { b: false } },
      },
    ],
    versions: { producer: 150 },
  };
  const expected = [
    "0a 32 0a 01 78 12 02 4f 70 1a 02 5e 61", // node: name, op, input
    "2a 07 0a 01 62 12 02 28 00", // b: false
    "2a 0a 0a 01 66 12 05 25 00 00 00 3f", // f: 0.5, little-endian
    "2a 10 0a 01 6e 12 0b 18 ff ff ff ff ff ff ff ff ff 01", // n: -1
    "22 03 08 96 01", // versions.producer: 150
  ];
  expect(encodeMessage("GraphDef", message)).toEqual(bytes(expected.join(" ")));
});

test("packs repeated numbers and repeats strings, worked by hand", () => {
  const shape = { dim: [{ size: 2 }, { size: 3 }] };
  const tensor = { dtype: 3, tensor_shape: shape, tensor_content: new Uint8Array([1, 2]) };
  expect(encodeMessage("TensorProto", tensor)).toEqual(bytes("08 03 12 08 12 02 08 02 12 02 08 03 22 02 01 02"));
  const list = { node: [{ name: "", op: "", input: [], attr: { k: { list: { i: [1, 300], f: [1] } } } }] };
  expect(encodeMessage("GraphDef", list)).toEqual(
    bytes("0a 18 0a 00 12 00 2a 12 0a 01 6b 12 0d 0a 0b 1a 03 01 ac 02 22 04 00 00 80 3f"),
  );
});

test("reads what TensorFlow wrote, and leaves out fields it does not know", () => {
  const list = decodeMessage("OpList", Buffer.from(recorded.bytes, "base64"));
  expect(list).toMatchObject({
    op: expect.arrayContaining([
      expect.objectContaining({
        name: "Split",
        input_arg: [
          expect.objectContaining({ name: "split_dim", type: 3 }),
          expect.objectContaining({ type_attr: "T" }),
        ],
        output_arg: [expect.objectContaining({ name: "output", number_attr: "num_split", type_attr: "T" })],
      }),
      expect.objectContaining({ name: "ResourceApplyKerasMomentum", is_stateful: true }),
    ]),
  });
});

test("gives back what it wrote", () => {
  const model = {
    saved_model_schema_version: 1,
    meta_graphs: [
      {
        meta_info_def: { tags: ["serve"] },
        graph_def: {
          node: [{ name: "a", op: "Const", input: [], attr: { T: { type: 1 }, s: { list: { s: [bytes("61 62")] } } } }],
        },
      },
    ],
  };
  expect(decodeMessage("SavedModel", encodeMessage("SavedModel", model))).toMatchObject(model);
});
