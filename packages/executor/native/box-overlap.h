// What boxes x1, y1, x2, y2 have in common, and which come first.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

namespace mxgraft {

// The area that two boxes share over the area they cover together, in float32 like MXNet: an overlap may decide which
// box stays. 0 where they cover nothing.
inline float BoxOverlap(const float* a, const float* b) {
  const float width = std::max(0.0f, std::min(a[2], b[2]) - std::max(a[0], b[0]));
  const float height = std::max(0.0f, std::min(a[3], b[3]) - std::max(a[1], b[1]));
  const float shared = width * height;
  const float areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]);
  const float together = areas - shared;
  return together <= 0 ? 0 : shared / together;
}

// 0 .. count - 1, highest score first and equal ones in their order; what is no number comes last.
template <typename ScoreOf>
std::vector<int64_t> ByScore(int64_t count, const ScoreOf& score) {
  std::vector<int64_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int64_t i, int64_t j) {
    const float a = score(i), b = score(j);
    return a > b || (std::isnan(b) && !std::isnan(a));
  });
  return order;
}

}  // namespace mxgraft
