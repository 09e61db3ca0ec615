// Functions of eight numbers at once, to about two units in the last place. Included by files that say first for which
// processor they compile.
#pragma once

#include "product-tile.h"

namespace mxgraft {
namespace {

typedef int32_t IntLanes __attribute__((vector_size(32), aligned(4), may_alias));

MXGRAFT_INLINE Lanes All(float value) { return value - Lanes{}; }
MXGRAFT_INLINE Lanes Choose(IntLanes mask, Lanes a, Lanes b) {
  return (Lanes)((mask & (IntLanes)a) | (~mask & (IntLanes)b));
}

// e^x as 2^n e^r with r in -ln 2 / 2 .. ln 2 / 2; the polynomial is that of Cephes' expf. Beyond +-87 the result stays
// what it is there, which the functions below do not notice.
MXGRAFT_INLINE Lanes Exp(Lanes x) {
  x = Choose(x > All(87.0f), All(87.0f), x);
  x = Choose(x < All(-87.0f), All(-87.0f), x);
  // Adding 1.5 * 2^23 rounds to a whole number, which is then in the low bits.
  const Lanes shifted = x * 1.44269504088896341f + 12582912.0f;
  const Lanes n = shifted - 12582912.0f;
  const Lanes r = x - n * 0.693359375f + n * 2.12194440e-4f;
  Lanes p = All(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  const Lanes e = p * r * r + r + 1.0f;
  return (Lanes)((IntLanes)e + ((IntLanes)shifted << 23));
}

MXGRAFT_INLINE Lanes Sigmoid(Lanes x) { return 1.0f / (1.0f + Exp(-x)); }

// Cephes' tanhf: a polynomial near 0, where the formula would lose digits.
MXGRAFT_INLINE Lanes Tanh(Lanes x) {
  const Lanes z = x * x;
  Lanes p = All(-5.70498872745e-3f);
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  const Lanes near = p * z * x + x;
  const Lanes far = 1.0f - 2.0f / (Exp(x + x) + 1.0f);
  return Choose(z < All(0.390625f), near, far);
}

}  // namespace
}  // namespace mxgraft
