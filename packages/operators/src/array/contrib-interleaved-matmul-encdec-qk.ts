import { interleavedAttention } from "./interleaved-attention.ts";

/**
 * The scores of attention to another sequence before softmax, Q K^T / sqrt(d). The projections of a head of the other
 * sequence lie together as key, value.
 *
 * Shapes: queries (L, N, heads * d), keys_values (M, N, heads * 2 * d) -> output (N * heads, L, M).
 *
 * @throws ShapeError  the projections have not three axes.
 */
export const interleavedMatmulEncdecQk = interleavedAttention({
  name: "_contrib_interleaved_matmul_encdec_qk",
  arguments: ["queries", "keys_values"],
  shapes: (heads, [length = 0, batch = 0], other) => other && [batch * heads, length, other[0] ?? 0],
});
