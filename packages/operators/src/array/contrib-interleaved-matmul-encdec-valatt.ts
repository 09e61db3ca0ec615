import { interleavedAttention } from "./interleaved-attention.ts";

/**
 * The values of another sequence weighted by the attention to it.
 *
 * Shapes: keys_values (M, N, heads * 2 * d), attention (N * heads, L, M) -> output (L, N, heads * d).
 *
 * @throws ShapeError  the projections have not three axes.
 */
export const interleavedMatmulEncdecValatt = interleavedAttention({
  name: "_contrib_interleaved_matmul_encdec_valatt",
  arguments: ["keys_values", "attention"],
  shapes: (_, [, batch = 0, projection = 0], attention) => attention && [attention[1] ?? 0, batch, projection / 2],
});
