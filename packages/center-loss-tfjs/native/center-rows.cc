#include "center-rows.h"

namespace mxgraft {
namespace {

// 16 numbers side by side: one register of AVX-512, two of AVX2, four of SSE. Rows begin at any number, hence the
// alignment of 4 bytes.
typedef float Lanes __attribute__((vector_size(64), aligned(4), may_alias));
constexpr int64_t kLanes = 16;

inline __attribute__((always_inline)) Lanes Load(const float* from) { return *reinterpret_cast<const Lanes*>(from); }
inline __attribute__((always_inline)) void Store(float* to, Lanes values) { *reinterpret_cast<Lanes*>(to) = values; }
inline __attribute__((always_inline)) float Total(Lanes lanes) {
  float total = 0;
  for (int64_t i = 0; i < kLanes; i++) total += lanes[i];
  return total;
}

}  // namespace

// One version per generation of processors, chosen when the library is loaded. The whole file must not be compiled for
// one of them, nor the files that include TensorFlow: its memory layouts depend on it.
#define MXGRAFT_CLONES __attribute__((target_clones("avx512f", "arch=haswell", "default")))

MXGRAFT_CLONES float CompareRow(const float* x, const float* c, float* g, float* sum, int64_t count, float weight) {
  Lanes squares = {};
  int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const Lanes diff = Load(x + i) - Load(c + i);
    Store(g + i, diff * weight);
    Store(sum + i, Load(sum + i) + diff);
    squares += diff * diff;
  }
  // Sixteen additions, each after the other: too many for rows of two numbers.
  float total = i > 0 ? Total(squares) : 0.0f;
  for (; i < count; i++) {
    const float diff = x[i] - c[i];
    g[i] = diff * weight;
    sum[i] += diff;
    total += diff * diff;
  }
  return total;
}

MXGRAFT_CLONES float CompareAndMoveRow(const float* x, float* c, float* g, int64_t count, float weight, float step) {
  Lanes squares = {};
  int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const Lanes center = Load(c + i);
    const Lanes diff = Load(x + i) - center;
    Store(g + i, diff * weight);
    Store(c + i, center + diff * step);
    squares += diff * diff;
  }
  float total = i > 0 ? Total(squares) : 0.0f;
  for (; i < count; i++) {
    const float diff = x[i] - c[i];
    g[i] = diff * weight;
    c[i] += diff * step;
    total += diff * diff;
  }
  return total;
}

MXGRAFT_CLONES void WeighRow(const float* x, float* g, float* sum, int64_t count, float weight) {
  int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const Lanes diff = Load(x + i);
    Store(g + i, diff * weight);
    Store(sum + i, Load(sum + i) + diff);
  }
  for (; i < count; i++) {
    const float diff = x[i];
    g[i] = diff * weight;
    sum[i] += diff;
  }
}

MXGRAFT_CLONES void WeighAndMoveRow(const float* x, float* c, float* g, int64_t count, float weight, float step) {
  int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const Lanes diff = Load(x + i);
    Store(g + i, diff * weight);
    Store(c + i, Load(c + i) + diff * step);
  }
  for (; i < count; i++) {
    const float diff = x[i];
    g[i] = diff * weight;
    c[i] += diff * step;
  }
}

MXGRAFT_CLONES void MoveRow(float* c, const float* sum, int64_t count, float step) {
  int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) Store(c + i, Load(c + i) + Load(sum + i) * step);
  for (; i < count; i++) c[i] += sum[i] * step;
}

}  // namespace mxgraft
