// Runs the kernels of native/cuda/center-loss.cu on the processor, one thread for each of a block's, and compares what
// they compute with the formula in double precision. Prints one line of JSON for each case: the largest differences.
#include <barrier>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <random>
#include <thread>
#include <type_traits>
#include <vector>

#define MXGRAFT_EMULATION
#define __device__
#define __global__
#define __shared__ static

namespace {

struct Index {
  int x = 0;
  int y = 0;
};
thread_local Index threadIdx, blockIdx;
Index blockDim, gridDim;
std::unique_ptr<std::barrier<>> block_barrier;

void __syncthreads() { block_barrier->arrive_and_wait(); }

// Runs a kernel in blocks of `threads`, one block after the other.
void Launch(Index grid, int threads, const std::function<void()>& kernel) {
  gridDim = grid;
  blockDim = {threads, 1};
  block_barrier = std::make_unique<std::barrier<>>(threads);
  std::vector<std::thread> all;
  for (int t = 0; t < threads; t++) {
    all.emplace_back([&, t] {
      threadIdx = {t, 0};
      for (int y = 0; y < grid.y; y++) {
        for (int x = 0; x < grid.x; x++) {
          blockIdx = {x, y};
          kernel();
          // Shared memory is the next block's only when this one has ended.
          __syncthreads();
        }
      }
    });
  }
  for (auto& thread : all) thread.join();
}

}  // namespace

#include "../../native/cuda/center-loss.cu"
#include "../../native/gpu-blocks.h"
#include "../../native/group-rows.h"

namespace {

struct Difference {
  double loss = 0;
  double output = 0;
  double centers = 0;
};

template <typename T, Pass pass>
Difference Compare(int rows, int columns, int classes) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> number(-1, 1);
  std::vector<T> x(static_cast<size_t>(rows) * columns), output(x.size());
  // What a kernel leaves out shows: as NaN in both types.
  for (auto& value : output) Store(&value, NAN);
  std::vector<float> centers(static_cast<size_t>(classes) * columns);
  std::vector<int32_t> labels(rows);
  for (auto& value : x) Store(&value, number(random));
  for (auto& value : centers) value = number(random);
  for (auto& label : labels) label = static_cast<int32_t>(random() % classes);
  const float alpha = 0.5f, scale = 0.25f;
  const float weight = pass == kForward ? 1.0f : scale / rows;

  std::vector<double> counts(classes), moved(centers.begin(), centers.end()), wanted(x.size());
  double squares = 0;
  for (const int32_t label : labels) counts[label]++;
  for (size_t i = 0; i < x.size(); i++) {
    const int32_t label = labels[i / columns];
    const size_t at = static_cast<size_t>(label) * columns + i % columns;
    const double value = Load(&x[i]);
    const double diff = pass == kBackward ? value : value - centers[at];
    squares += diff * diff;
    wanted[i] = weight * diff;
    if (pass != kForward) moved[at] += alpha * diff / (1 + counts[label]);
  }

  mxgraft::Groups groups;
  if (!mxgraft::GroupRows(labels.data(), rows, classes, &groups).empty()) return {NAN, NAN, NAN};
  const auto blocks = mxgraft::GpuBlocks::For(rows, groups.size(), columns);
  const Index grid{static_cast<int>(groups.size()), static_cast<int>(blocks.column_blocks)};
  std::vector<float> parts(groups.size() * blocks.column_blocks, NAN);
  Launch(grid, blocks.threads, [&] {
    CenterRows<T, pass>(x.data(), centers.data(), output.data(), parts.data(), groups.classes.data(),
                        groups.begin.data(), groups.rows.data(), columns, blocks.width, alpha, weight);
  });
  Difference largest;
  if (pass != kBackward) {
    float loss = NAN;
    Launch({1, 1}, 32, [&] { center_loss_sum(parts.data(), parts.size(), 0.5f / rows, &loss); });
    largest.loss = std::fabs(loss - squares / (2 * rows)) / (squares / (2 * rows));
  }
  // A comparison that is false for NaN would hide it.
  const auto worse = [](double a, double b) { return a >= b ? a : b; };
  for (size_t i = 0; i < x.size(); i++) {
    largest.output = worse(largest.output, std::fabs(Load(&output[i]) - wanted[i]) / std::fabs(weight));
  }
  for (size_t i = 0; i < centers.size(); i++) {
    largest.centers = worse(largest.centers, std::fabs(centers[i] - moved[i]));
  }
  return largest;
}

template <typename T, Pass pass>
void Print(const char* type, const char* name, int rows, int columns, int classes) {
  const Difference largest = Compare<T, pass>(rows, columns, classes);
  printf("{\"type\":\"%s\",\"pass\":\"%s\",\"rows\":%d,\"columns\":%d,\"classes\":%d,"
         "\"loss\":%.3g,\"output\":%.3g,\"centers\":%.3g}\n",
         type, name, rows, columns, classes, largest.loss, largest.output, largest.centers);
}

}  // namespace

int main() {
  // Narrow and wide features; classes with one row, with some, with all.
  const int cases[][3] = {{1, 1, 1}, {100, 2, 10}, {40, 33, 1000}, {60, 130, 5}, {70, 300, 1}};
  for (const auto& [rows, columns, classes] : cases) {
    Print<float, kForward>("float", "forward", rows, columns, classes);
    Print<float, kStep>("float", "step", rows, columns, classes);
    Print<float, kBackward>("float", "backward", rows, columns, classes);
    Print<Half, kForward>("half", "forward", rows, columns, classes);
    Print<Half, kStep>("half", "step", rows, columns, classes);
    Print<Half, kBackward>("half", "backward", rows, columns, classes);
  }
}
