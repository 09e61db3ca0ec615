// One tile of a sum of products of matrices, computed in registers. Included by files that say first for which
// processor they compile, hence no include guard around a shared definition: each gets its own.
#pragma once

namespace mxgraft {
namespace {

// Eight numbers side by side: one register of AVX2, half a one of AVX-512. Wider ones compute no faster on processors
// that split them, and round the number of filters up to 16. Rows begin at any number, hence the alignment of 4 bytes.
typedef float Lanes __attribute__((vector_size(32), aligned(4), may_alias));
constexpr int kLanes = 8;

#define MXGRAFT_INLINE inline __attribute__((always_inline))

MXGRAFT_INLINE Lanes Load(const float* from) { return *reinterpret_cast<const Lanes*>(from); }
MXGRAFT_INLINE void Store(float* to, Lanes values) { *reinterpret_cast<Lanes*>(to) = values; }

// Up to eight numbers; zeros behind them.
MXGRAFT_INLINE Lanes LoadSome(const float* from, int64_t count) {
  if (count >= kLanes) return Load(from);
  Lanes values = {};
  for (int64_t i = 0; i < count; i++) values[i] = from[i];
  return values;
}

MXGRAFT_INLINE void StoreSome(float* to, Lanes values, int64_t count) {
  if (count >= kLanes) return Store(to, values);
  for (int64_t i = 0; i < count; i++) to[i] = values[i];
}

// c[r][:] = start + sum over segments s and steps k of
//   a[s * a_segment + a_rows[r] + k * a_step] * b[s * b_segment + k * b_step + :]
// where r * a_row stands for a_rows[r] if there are none, and start is c itself, or `start` or 0; in the second case `residual`, which lies as c does, is added, and what is
// below `floor` becomes it. The rows of c may overlap when they are added to.
struct Product {
  const float* a;
  // Where rows of a begin that do not lie equally far apart.
  const int32_t* a_rows = nullptr;
  int64_t a_row, a_step, a_segment;
  const float* b;
  int64_t b_step, b_segment;
  int64_t steps, segments;
  float* c;
  int64_t c_row;
  const float* start = nullptr;
  const float* residual = nullptr;
  float floor = -__builtin_inff();
  // How many numbers of the last register of a row of c are stored.
  int64_t tail = kLanes;
};

template <int kVectors, int kRows, bool kAdds>
void ComputeTile(const Product& p) {
  Lanes sums[kRows][kVectors];
#pragma GCC unroll 8
  for (int r = 0; r < kRows; r++) {
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; v++) sums[r][v] = Lanes{};
  }
  const int64_t a_step = p.a_step, b_step = p.b_step, steps = p.steps;
  int64_t rows[kRows];
#pragma GCC unroll 8
  for (int r = 0; r < kRows; r++) rows[r] = p.a_rows ? p.a_rows[r] : r * p.a_row;
  for (int64_t s = 0; s < p.segments; s++) {
    const float* a = p.a + s * p.a_segment;
    const float* b = p.b + s * p.b_segment;
    for (int64_t k = 0; k < steps; k++, a += a_step, b += b_step) {
      Lanes row[kVectors];
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; v++) row[v] = Load(b + v * kLanes);
#pragma GCC unroll 8
      for (int r = 0; r < kRows; r++) {
        const Lanes factor = a[rows[r]] - Lanes{};
#pragma GCC unroll 8
        for (int v = 0; v < kVectors; v++) sums[r][v] += factor * row[v];
      }
    }
  }
  const Lanes floor = p.floor - Lanes{};
#pragma GCC unroll 8
  for (int r = 0; r < kRows; r++) {
    float* c = p.c + r * p.c_row;
    const float* residual = p.residual ? p.residual + r * p.c_row : nullptr;
#pragma GCC unroll 8
    for (int v = 0; v < kVectors; v++) {
      const int64_t at = v * kLanes;
      const int64_t count = v < kVectors - 1 ? kLanes : p.tail;
      Lanes sum = sums[r][v];
      if constexpr (kAdds) {
        sum += Load(c + at);
      } else {
        if (p.start) sum += Load(p.start + at);
        if (residual) sum += LoadSome(residual + at, count);
        // NaN stays NaN.
        sum = sum < floor ? floor : sum;
      }
      StoreSome(c + at, sum, count);
    }
  }
}

// As many rows as leave registers for a row of b and a factor, out of 32 or of 16.
#ifdef MXGRAFT_32_REGISTERS
constexpr int kMostVectors = 7;
constexpr int kMostRows[kMostVectors + 1] = {0, 8, 8, 8, 6, 4, 4, 3};
#else
constexpr int kMostVectors = 3;
constexpr int kMostRows[kMostVectors + 1] = {0, 8, 6, 4};
#endif

// Rows in tiles of kRows, or one fewer where they do not come out even: a tile of few rows reads b too often.
template <int kVectors, int kRows, bool kAdds>
void ComputeEvenly(Product p, int64_t rows, int64_t tiles) {
  for (; tiles > 0; tiles--) {
    if constexpr (kRows > 1) {
      if (rows <= tiles * (kRows - 1)) return ComputeEvenly<kVectors, kRows - 1, kAdds>(p, rows, tiles);
    }
    ComputeTile<kVectors, kRows, kAdds>(p);
    rows -= kRows;
    if (p.a_rows) {
      p.a_rows += kRows;
    } else {
      p.a += kRows * p.a_row;
    }
    p.c += kRows * p.c_row;
    if (p.residual) p.residual += kRows * p.c_row;
  }
}

template <int kVectors, bool kAdds>
void ComputeRows(const Product& p, int64_t rows) {
  constexpr int kMost = kMostRows[kVectors];
  ComputeEvenly<kVectors, kMost, kAdds>(p, rows, (rows + kMost - 1) / kMost);
}

template <int kVectors, bool kAdds>
void ComputePanel(int vectors, const Product& p, int64_t rows) {
  if (vectors == kVectors) {
    ComputeRows<kVectors, kAdds>(p, rows);
  } else if constexpr (kVectors > 1) {
    ComputePanel<kVectors - 1, kAdds>(vectors, p, rows);
  }
}

// Calls `visit` with each panel of `vectors` registers: its first register and how many it has.
template <typename Visit>
void EachPanel(int64_t vectors, const Visit& visit) {
  int64_t first = 0;
  for (int64_t panels = (vectors + kMostVectors - 1) / kMostVectors; panels > 0; panels--) {
    const int64_t own = (vectors - first) / panels;
    visit(first, own);
    first += own;
  }
}

// Adds the product for `rows` rows and all columns to c.
void Add(Product p, int64_t rows, int64_t vectors) {
  EachPanel(vectors, [&](int64_t, int64_t own) {
    ComputePanel<kMostVectors, true>(static_cast<int>(own), p, rows);
    p.b += own * kLanes;
    p.c += own * kLanes;
  });
}

}  // namespace
}  // namespace mxgraft
