import { interleavedAttention } from "./interleaved-attention.ts";

/**
 * The values of self-attention weighted by the attention.
 *
 * Shapes: queries_keys_values (L, N, heads * 3 * d), attention (N * heads, L, L) -> output (L, N, heads * d).
 *
 * @throws ShapeError  the projections have not three axes.
 */
export const interleavedMatmulSelfattValatt = interleavedAttention({
  name: "_contrib_interleaved_matmul_selfatt_valatt",
  arguments: ["queries_keys_values", "attention"],
  shapes: (_, [length = 0, batch = 0, projection = 0]) => [length, batch, projection / 3],
});
