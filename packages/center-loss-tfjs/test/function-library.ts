/** Protocol buffers, as much of them as one function needs: every field is a number or a length and bytes. */
type Field = readonly [number: number, value: number | string | Uint8Array];

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function message(...fields: readonly Field[]): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([number, value]) => {
      if (typeof value === "number") return [...varint(number * 8), ...varint(value)];
      const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
      return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
    }),
  );
}

interface Argument {
  readonly name: string;
  /** TensorFlow's number of the type: 1 float, 3 int32, 20 resource. */
  readonly type: number;
}

/**
 * A FunctionDefLibrary with one function that calls one operator with its own arguments.
 *
 * @param types  type attributes of the operator.
 */
export function functionOf(
  name: string,
  operator: string,
  inputs: readonly Argument[],
  outputs: readonly Argument[],
  types: Readonly<Record<string, number>>,
): Uint8Array {
  const argument =
    (field: number) =>
    (one: Argument): Field => [field, message([1, one.name], [3, one.type])];
  const signature = message([1, name], ...inputs.map(argument(2)), ...outputs.map(argument(3)), [17, 1]);
  const attributes = Object.entries(types).map(([key, type]): Field => [5, message([1, key], [2, message([6, type])])]);
  const node = message([1, "call"], [2, operator], ...inputs.map((one): Field => [3, one.name]), ...attributes);
  const returned = outputs.map((one): Field => [4, message([1, one.name], [2, `call:${one.name}:0`])]);
  return message([1, message([1, signature], [3, node], ...returned)]);
}
