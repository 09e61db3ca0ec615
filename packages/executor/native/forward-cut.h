// How threads share a forward pass.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "convolution-images.h"

namespace mxgraft {

// Cuts a forward pass into about equal parts, so many that the threads end at about the same time. What is larger is cut
// first, the filters or the data: a part reads its own panels or images and rows only.
class ForwardCut {
 public:
  ForwardCut(const ConvolutionSizes& s, int64_t images, int threads)
      : sizes_{images, s.rows(), FilterPanels(s.filters).count()} {
    int64_t left = threads == 1 ? 1 : 2 * threads;
    const bool many_filters = s.packed_filter() > 2 * images * s.padded_data();
    const std::array<int, 3> order = many_filters ? std::array{2, 0, 1} : std::array{0, 1, 2};
    for (const int axis : order) {
      cuts_[axis] = std::min(sizes_[axis], left);
      left = (left + cuts_[axis] - 1) / cuts_[axis];
    }
  }
  int64_t count() const { return cuts_[0] * cuts_[1] * cuts_[2]; }
  int64_t most_images() const { return (sizes_[0] + cuts_[0] - 1) / cuts_[0]; }
  // Neighbours share panels.
  ConvolutionPart operator[](int64_t part) const {
    const auto range = [this](int axis, int64_t i, int64_t* to) {
      to[0] = i * sizes_[axis] / cuts_[axis];
      to[1] = (i + 1) * sizes_[axis] / cuts_[axis];
    };
    ConvolutionPart own;
    range(0, part % cuts_[0], own.images);
    range(1, part / cuts_[0] % cuts_[1], own.rows);
    range(2, part / cuts_[0] / cuts_[1], own.panels);
    return own;
  }

 private:
  std::array<int64_t, 3> sizes_, cuts_;
};

}  // namespace mxgraft
