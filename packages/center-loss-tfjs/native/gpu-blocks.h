// How the kernels of cuda/center-loss.cu are shared out among threads.
#ifndef MXGRAFT_GPU_BLOCKS_H_
#define MXGRAFT_GPU_BLOCKS_H_

#include <algorithm>
#include <cstdint>

namespace mxgraft {

struct GpuBlocks {
  int width;              // columns of a block, a power of two
  int threads;            // of a block, a power of two
  int64_t column_blocks;  // blocks for the columns of one class

  // For a batch of `rows` of `classes` distinct classes.
  static GpuBlocks For(int64_t rows, int64_t classes, int64_t columns) {
    const auto power = [](int64_t least, int64_t most) {
      int64_t value = 1;
      while (value < least && value < most) value *= 2;
      return value;
    };
    // Rows of one class are shared by lanes of threads, as many as there are rows on average.
    int64_t lanes = power((rows + classes - 1) / std::max<int64_t>(classes, 1), kMostLanes);
    const int64_t width = power(columns, kThreads / lanes);
    // A warp at least: narrow features get more lanes.
    lanes = std::max(lanes, kWarp / width);
    GpuBlocks blocks;
    blocks.width = static_cast<int>(width);
    blocks.threads = static_cast<int>(width * lanes);
    blocks.column_blocks = (columns + width - 1) / width;
    return blocks;
  }

 private:
  static constexpr int64_t kThreads = 256;
  static constexpr int64_t kMostLanes = 16;
  static constexpr int64_t kWarp = 32;
};

}  // namespace mxgraft

#endif  // MXGRAFT_GPU_BLOCKS_H_
