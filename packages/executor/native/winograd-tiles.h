// Convolutions with kernels of 3 x 3 points and strides of 1 by Winograd's algorithm: Lavin and Gray, "Fast Algorithms
// for Convolutional Neural Networks", CVPR 2016. A tile of outputs is the transform of point-wise products of its
// transformed data and the transformed filters; over all tiles and channels, the products at one point are one product
// of matrices. Included by files that say first for which processor they compile.
#pragma once

#include "product-tile.h"

namespace mxgraft {
namespace {

// Transforms along one axis of kTile outputs, kTile + 2 points: of a filter, of data, and of sums to outputs.
template <int kTile>
struct Winograd;

// The polynomials' points are 0, 1, -1 and infinity.
template <>
struct Winograd<2> {
  static constexpr int kPoints = 4;
  static constexpr double kFilter[kPoints][3] = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
  static MXGRAFT_INLINE void TransformData(const Lanes* d, Lanes* points) {
    points[0] = d[0] - d[2];
    points[1] = d[1] + d[2];
    points[2] = d[2] - d[1];
    points[3] = d[3] - d[1];
  }
  static MXGRAFT_INLINE void TransformSums(const Lanes* p, Lanes* outputs) {
    outputs[0] = p[0] + p[1] + p[2];
    outputs[1] = p[1] - p[2] + p[3];
  }
};

// The points are 0, +-sqrt(1/2), +-sqrt(2) and infinity: they round better than 0, +-1, +-2 and infinity do.
template <>
struct Winograd<4> {
  static constexpr int kPoints = 6;
  static constexpr double kRoot = 1.41421356237309504880;
  static constexpr double kFilter[kPoints][3] = {
      {1, 0, 0},
      {-2.0 / 3, -kRoot / 3, -1.0 / 3},
      {-2.0 / 3, kRoot / 3, -1.0 / 3},
      {1.0 / 6, kRoot / 6, 1.0 / 3},
      {1.0 / 6, -kRoot / 6, 1.0 / 3},
      {0, 0, 1}};
  static MXGRAFT_INLINE void TransformData(const Lanes* d, Lanes* points) {
    constexpr float kLarge = kRoot, kSmall = kRoot / 2;
    const Lanes even_small = d[4] - 2.0f * d[2], odd_small = kSmall * d[3] - kLarge * d[1];
    const Lanes even_large = d[4] - 0.5f * d[2], odd_large = kLarge * d[3] - kSmall * d[1];
    points[0] = d[0] - 2.5f * d[2] + d[4];
    points[1] = even_small + odd_small;
    points[2] = even_small - odd_small;
    points[3] = even_large + odd_large;
    points[4] = even_large - odd_large;
    points[5] = d[1] - 2.5f * d[3] + d[5];
  }
  static MXGRAFT_INLINE void TransformSums(const Lanes* p, Lanes* outputs) {
    constexpr float kLarge = kRoot, kSmall = kRoot / 2;
    const Lanes even_small = p[1] + p[2], odd_small = p[1] - p[2];
    const Lanes even_large = p[3] + p[4], odd_large = p[3] - p[4];
    outputs[0] = p[0] + even_small + even_large;
    outputs[1] = kSmall * odd_small + kLarge * odd_large;
    outputs[2] = 0.5f * even_small + 2.0f * even_large;
    outputs[3] = 0.5f * kSmall * odd_small + 2.0f * kLarge * odd_large + p[5];
  }
};

// The tiles of a part of a forward pass, and where they begin in the outputs.
class PartTiles {
 public:
  struct Place {
    int64_t image, y, x;
  };
  PartTiles(const ConvolutionSizes& s, const ConvolutionPart& part)
      : image_(part.images[0]), row_(part.rows[0]), rows_(part.rows[1] - row_), columns_(s.columns()), side_(s.tile),
        count_((part.images[1] - image_) * rows_ * columns_) {}
  int64_t count() const { return count_; }
  Place operator[](int64_t tile) const {
    const int64_t row = tile / columns_;
    return {image_ + row / rows_, (row_ + row % rows_) * side_, tile % columns_ * side_};
  }

 private:
  int64_t image_, row_, rows_, columns_, side_, count_;
};

// One panel, (points, points, channels, filters of the panel).
template <int kTile>
void PackTransformedPanel(const ConvolutionSizes& s, const float* filter, FilterPanel panel, float* packed) {
  constexpr int kPoints = Winograd<kTile>::kPoints;
  constexpr auto& kFilter = Winograd<kTile>::kFilter;
  for (int64_t channel = 0; channel < s.channels; channel++) {
    const float* const from = filter + channel * s.filters + panel.first;
    float* const to = packed + channel * panel.count;
    for (int64_t o = 0; o < panel.count; o++) {
      double half[kPoints][3] = {};
      for (int64_t k = 0; o < panel.present && k < 9; k++) {
        const double weight = from[k * s.channels * s.filters + o];
        for (int y = 0; y < kPoints; y++) half[y][k % 3] += kFilter[y][k / 3] * weight;
      }
      for (int y = 0; y < kPoints; y++) {
        for (int x = 0; x < kPoints; x++) {
          const double sum = kFilter[x][0] * half[y][0] + kFilter[x][1] * half[y][1] + kFilter[x][2] * half[y][2];
          to[(y * kPoints + x) * s.channels * panel.count + o] = static_cast<float>(sum);
        }
      }
    }
  }
}

// Which points of a tile's data lie inside the image, along one axis.
struct Inside {
  int64_t from, to;
  bool has(int64_t point) const { return point >= from && point < to; }
};

// `data` is where the tile's first point is, or would be. kWhole: all points lie inside.
template <int kTile, bool kWhole>
void TransformTile(const ConvolutionSizes& s, const float* data, Inside ys, Inside xs, float* to, int64_t to_point) {
  constexpr int kPoints = Winograd<kTile>::kPoints;
  for (int64_t next = 0; next < s.channels; next += kLanes) {
    // The last channels once more where they do not fill a register.
    const int64_t channel = std::min(next, s.channels - kLanes);
    Lanes half[kPoints][kPoints];
#pragma GCC unroll 8
    for (int x = 0; x < kPoints; x++) {
      Lanes column[kPoints], points[kPoints];
#pragma GCC unroll 8
      for (int y = 0; y < kPoints; y++) {
        const bool there = kWhole || (ys.has(y) && xs.has(x));
        column[y] = there ? Load(data + (y * s.width + x) * s.channels + channel) : Lanes{};
      }
      Winograd<kTile>::TransformData(column, points);
#pragma GCC unroll 8
      for (int y = 0; y < kPoints; y++) half[y][x] = points[y];
    }
#pragma GCC unroll 8
    for (int y = 0; y < kPoints; y++) {
      Lanes points[kPoints];
      Winograd<kTile>::TransformData(half[y], points);
#pragma GCC unroll 8
      for (int x = 0; x < kPoints; x++) Store(to + (y * kPoints + x) * to_point + channel, points[x]);
    }
  }
}

// The outputs of one tile and register of filters, from sums that lie `point` apart. `at`: where the first one lies.
template <int kTile>
void FinishTile(const ConvolutionSizes& s, const ConvolutionForward& f, const float* sums, int64_t point, Lanes bias,
                int64_t at, int64_t rows, int64_t columns, int64_t count) {
  constexpr int kPoints = Winograd<kTile>::kPoints;
  const Lanes floor = f.floor - Lanes{};
  Lanes half[kTile][kPoints];
#pragma GCC unroll 8
  for (int x = 0; x < kPoints; x++) {
    Lanes column[kPoints], outputs[kTile];
#pragma GCC unroll 8
    for (int y = 0; y < kPoints; y++) column[y] = Load(sums + (y * kPoints + x) * point);
    Winograd<kTile>::TransformSums(column, outputs);
#pragma GCC unroll 8
    for (int y = 0; y < kTile; y++) half[y][x] = outputs[y];
  }
  for (int64_t y = 0; y < rows; y++, at += s.out_width * s.filters) {
    Lanes outputs[kTile];
    Winograd<kTile>::TransformSums(half[y], outputs);
    for (int64_t x = 0; x < columns; x++) {
      const int64_t to = at + x * s.filters;
      Lanes output = outputs[x] + bias;
      if (f.residual) output += LoadSome(f.residual + to, count);
      // NaN stays NaN.
      output = output < floor ? floor : output;
      StoreSome(f.output + to, output, count);
    }
  }
}

// How many tiles meet a panel of filters before the next one does: their data stay in a cache of the second level, but
// are more where the filters, which are read again for all of them, are much larger. Not more than a few megabytes:
// memory beyond that comes anew from the system each time. In eights, as products like them.
int64_t TilesTogether(const ConvolutionSizes& s, int64_t tiles) {
  const int64_t numbers = std::clamp<int64_t>(s.packed_filter() / 4, kCachedNumbers, int64_t{1} << 20);
  return std::max<int64_t>(8, std::min(tiles, numbers / (s.points() * s.channels) / 8 * 8));
}

// Between the numbers of two points: without it they would meet in the same lines of the cache.
constexpr int64_t kApart = 16;

int64_t TilesScratch(const ConvolutionSizes& s, int64_t images) {
  const int64_t together = TilesTogether(s, images * s.rows() * s.columns());
  return s.points() * (together * (s.channels + kPanelVectors * kLanes) + 2 * kApart);
}

template <int kTile>
void ForwardTiles(const ConvolutionSizes& s, const ConvolutionForward& f, const ConvolutionPart& part, float* scratch) {
  constexpr int kPoints = Winograd<kTile>::kPoints;
  const FilterPanels panels(s.filters);
  const PartTiles tiles(s, part);
  const int64_t together = TilesTogether(s, tiles.count());
  const int64_t data_point = together * s.channels + kApart;
  float* const points = scratch;
  float* const sums = points + s.points() * data_point;
  Product p;
  p.a_row = s.channels;
  p.a_step = 1;
  p.a_segment = p.b_segment = 0;
  p.steps = s.channels;
  p.segments = 1;
  for (int64_t first = 0; first < tiles.count(); first += together) {
    const int64_t count = std::min(tiles.count() - first, together);
    for (int64_t i = 0; i < count; i++) {
      const auto [image, out_y, out_x] = tiles[first + i];
      const int64_t y = out_y - s.pad_y, x = out_x - s.pad_x;
      const float* data = f.data + image * s.data() + (y * s.width + x) * s.channels;
      const Inside ys{-y, s.height - y}, xs{-x, s.width - x};
      const bool whole = y >= 0 && x >= 0 && ys.to >= kPoints && xs.to >= kPoints;
      const auto transform = whole ? TransformTile<kTile, true> : TransformTile<kTile, false>;
      transform(s, data, ys, xs, points + i * s.channels, data_point);
    }
    for (int64_t i = part.panels[0]; i < part.panels[1]; i++) {
      const FilterPanel panel = panels[i];
      const int vectors = static_cast<int>(panel.count / kLanes);
      const int64_t sums_point = together * panel.count + kApart;
      p.b_step = p.c_row = panel.count;
      for (int64_t point = 0; point < s.points(); point++) {
        p.a = points + point * data_point;
        p.b = f.filter + (panel.first * s.points() + point * panel.count) * s.channels;
        p.c = sums + point * sums_point;
        ComputePanel<kPanelVectors, false>(vectors, p, count);
      }
      const int64_t tail = panel.present - (panel.count - kLanes);
      for (int64_t j = 0; j < count; j++) {
        const auto [image, y, x] = tiles[first + j];
        const int64_t rows = std::min<int64_t>(kTile, s.out_height - y);
        const int64_t columns = std::min<int64_t>(kTile, s.out_width - x);
        const int64_t at = ((image * s.out_height + y) * s.out_width + x) * s.filters + panel.first;
        for (int v = 0; v < vectors; v++) {
          const Lanes bias = f.bias ? Load(f.bias + panel.first + v * kLanes) : Lanes{};
          FinishTile<kTile>(s, f, sums + j * panel.count + v * kLanes, sums_point, bias, at + v * kLanes, rows, columns,
                            v < vectors - 1 ? kLanes : tail);
        }
      }
    }
  }
}

}  // namespace
}  // namespace mxgraft
