import { interleavedAttention } from "./interleaved-attention.ts";

/**
 * The scores of self-attention before softmax, Q K^T / sqrt(d), where d is the size of a head. The projections of a head lie
 * together as query, key, value.
 *
 * Shapes: queries_keys_values (L, N, heads * 3 * d) -> output (N * heads, L, L).
 *
 * @throws ShapeError  the projections have not three axes.
 */
export const interleavedMatmulSelfattQk = interleavedAttention({
  name: "_contrib_interleaved_matmul_selfatt_qk",
  arguments: ["queries_keys_values"],
  shapes: (heads, [length = 0, batch = 0]) => [batch * heads, length, length],
});
