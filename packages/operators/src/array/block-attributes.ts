import { type AttributesOf, integer, required } from "@mxgraft/operator";

/** Attributes of the operators that move blocks of pixels between channels and the plane. */
export const blockAttributes = {
  block_size: required(integer({ min: 1 }), "rows and columns of a block"),
};

export type BlockAttributes = AttributesOf<typeof blockAttributes>;
