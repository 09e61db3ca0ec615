// Convolutions of some images of a batch, by code for the processor at hand.
#pragma once

#include <algorithm>
#include <cstdint>

#include "processor-tables.h"

namespace mxgraft {

// What stays in a cache of the second level beside a panel of filters.
constexpr int64_t kCachedNumbers = (1 << 18) / sizeof(float);
// Registers of a panel, of eight filters each.
constexpr int kPanelVectors = 3;

constexpr int64_t RoundedUp(int64_t count) { return (count + 7) / 8 * 8; }

// Sizes of a convolution over two axes: data (N, height, width, channels), filter (kernel_y, kernel_x, channels,
// filters), output (N, out_height, out_width, filters).
struct ConvolutionSizes {
  int64_t height, width, channels;
  int64_t kernel_y, kernel_x, filters;
  int64_t out_height, out_width;
  int64_t stride_y, stride_x;
  int64_t pad_y, pad_x;
  // How many outputs a side of a tile of Winograd's algorithm has, 2 or 4; 1 for plain sums of products.
  int64_t tile = 1;

  int64_t padded_height() const { return height + 2 * pad_y; }
  int64_t padded_width() const { return width + 2 * pad_x; }
  bool pads() const { return pad_y > 0 || pad_x > 0; }
  // Numbers of one image.
  int64_t data() const { return height * width * channels; }
  int64_t padded_data() const { return padded_height() * padded_width() * channels; }
  int64_t pixels() const { return out_height * out_width; }
  int64_t output() const { return pixels() * filters; }
  // Of tiles, and the transformed numbers that stand for each.
  int64_t rows() const { return (out_height + tile - 1) / tile; }
  int64_t columns() const { return (out_width + tile - 1) / tile; }
  int64_t points() const { return (tile + 2) * (tile + 2); }
  // A row of a filter over one line of data, whose numbers lie side by side in the data.
  int64_t line() const { return kernel_x * channels; }
  int64_t steps() const { return kernel_y * line(); }
  // Multiplications of one channel and filter for a tile.
  int64_t tile_steps() const { return tile == 1 ? kernel_y * kernel_x : points(); }
  // Filters (steps, filters rounded up), whole for the gradients and in panels for the forward pass, or transformed for
  // tiles; and the same turned, (kernel_y, filters, line rounded up).
  int64_t packed_filter() const { return tile_steps() * channels * RoundedUp(filters); }
  int64_t turned_filter() const { return kernel_y * filters * RoundedUp(line()); }
  // What is needed beside the arrays, in numbers.
  int64_t gradient_scratch() const { return padded_data() + pixels() * RoundedUp(filters) + 2 * padded_data() + 16; }
};

// Filters side by side that are computed at once, out of all, rounded up to whole registers; `present` are no padding.
struct FilterPanel {
  int64_t first, count, present;
};

// Cuts filters into panels of up to kPanelVectors registers: with three a tile of products has room for eight pixels,
// and a panel stays in a cache of the second level while it meets one tile after the other.
class FilterPanels {
 public:
  explicit FilterPanels(int64_t filters)
      : filters_(filters), vectors_(RoundedUp(filters) / 8), count_((vectors_ + kPanelVectors - 1) / kPanelVectors) {}
  int64_t count() const { return count_; }
  FilterPanel operator[](int64_t panel) const {
    const int64_t first = panel * vectors_ / count_ * 8, end = (panel + 1) * vectors_ / count_ * 8;
    return {first, end - first, std::min(end, filters_) - first};
  }

 private:
  int64_t filters_, vectors_, count_;
};

struct ConvolutionForward {
  const float* data;
  // As `pack` writes it.
  const float* filter;
  // Filled up with zeros, or nothing.
  const float* bias;
  // Like the output, and added to it; or nothing.
  const float* residual;
  // What is below it becomes it.
  float floor;
  float* output;
};

// A part of a forward pass, its rows those of tiles; each range ends before its second number.
struct ConvolutionPart {
  int64_t images[2], rows[2], panels[2];
};

struct ConvolutionGradients {
  const float* data;
  // Turned; nothing if the gradient of data is not wanted.
  const float* filter;
  const float* output_gradient;
  float* data_gradient;
};

// The functions for one kind of processor. `from` and `to` are images.
struct ConvolutionImages {
  // Writes one panel of a filter (kernel_y, kernel_x, channels, filters) into packed_filter() numbers for `forward`.
  void (*pack)(const ConvolutionSizes&, const float* filter, int64_t panel, float* packed);
  void (*forward)(const ConvolutionSizes&, const ConvolutionForward&, const ConvolutionPart&, float* scratch);
  // In numbers.
  int64_t (*forward_scratch)(const ConvolutionSizes&, int64_t images);
  // Adds to filter_gradient, which is packed, and to bias_gradient, filled up with zeros.
  void (*gradients)(const ConvolutionSizes&, const ConvolutionGradients&, int64_t from, int64_t to, float* scratch,
                    float* filter_gradient, float* bias_gradient);
};

MXGRAFT_TABLES(ConvolutionImages, Convolution)

}  // namespace mxgraft
