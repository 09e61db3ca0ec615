// Maxima of windows over the two axes of an image (height, width, channels).
#pragma once

#include <cstdint>

#include "processor-tables.h"

namespace mxgraft {

struct PoolingSizes {
  int64_t height, width, channels;
  int64_t kernel_y, kernel_x, stride_y, stride_x;
  // Rows and columns before the data that windows reach.
  int64_t pad_y, pad_x;
  int64_t out_height, out_width;

  // Numbers of one image.
  int64_t data() const { return height * width * channels; }
  int64_t output() const { return out_height * out_width * channels; }
};

// Some channels of an image, eight or more; the range ends before `to`.
struct ChannelRange {
  int64_t from, to;
};

// The functions for one kind of processor.
struct MaxPoolingImages {
  // Writes the greatest number of each window and, if `places` is there, which point of the window it is, row by row; the
  // first of equal ones. NaN is passed over. A window of nothing else, or outside of the data, has the lowest number and
  // place -1, as in MXNet.
  void (*pool)(const PoolingSizes&, const float* data, ChannelRange, float* output, int32_t* places);
  // Writes the sums of the gradients of the windows whose greatest number lies at a point of the data.
  void (*spread)(const PoolingSizes&, const int32_t* places, const float* gradient, ChannelRange, float* data_gradient);
};

MXGRAFT_TABLES(MaxPoolingImages, MaxPooling)

}  // namespace mxgraft
