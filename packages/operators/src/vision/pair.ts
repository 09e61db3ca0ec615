import { type AttributeType, realTuple, tuple } from "@mxgraft/operator";

function counted(
  type: AttributeType<readonly number[]>,
  count: number,
  expected: string,
): AttributeType<readonly number[]> {
  return {
    expected,
    parse(text) {
      const values = type.parse(text);
      return values?.length === count ? values : undefined;
    },
  };
}

/** Two integers >= 1, height and width: `"(7, 7)"`. */
export const sizePair: AttributeType<readonly number[]> = {
  expected: 'two integers >= 1 such as "(7, 7)"',
  parse(text) {
    const values = tuple.parse(text);
    return values?.length === 2 && values.every((size) => size >= 1) ? values : undefined;
  },
};

/** Two numbers, for y and x: `"(0.5, 0.5)"`. */
export const realPair: AttributeType<readonly number[]> = counted(realTuple, 2, 'two numbers such as "(0.5, 0.5)"');

/** Four numbers, for x, y, width and height: `"(0.1, 0.1, 0.2, 0.2)"`. */
export const boxVariances: AttributeType<readonly number[]> = counted(
  realTuple,
  4,
  'four numbers such as "(0.1, 0.1, 0.2, 0.2)"',
);
