// A pass over a batch of center loss in parts that can run in any order and on any thread with the same bits: each part
// is some columns of the rows of one class.
#ifndef MXGRAFT_CENTER_PASS_H_
#define MXGRAFT_CENTER_PASS_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "center-rows.h"
#include "group-rows.h"

namespace mxgraft {

// What a pass does. `x` is the features in kStep and kForward, the differences of an earlier kForward in kBackward.
//   kForward   output = x - center of the own class; sum of squares
//   kStep      output = weight * (x - center); sum of squares; moves the centers
//   kBackward  output = weight * x; moves the centers
// Centers move by c_y += alpha * sum(diff of class y) / (1 + n_y).
enum class Pass { kForward, kStep, kBackward };

class CenterPass {
 public:
  CenterPass(Pass pass, const Groups& groups, const float* x, float* centers, float* output, int64_t columns,
             float alpha, float weight)
      : pass_(pass),
        groups_(groups),
        x_(x),
        centers_(centers),
        output_(output),
        columns_(columns),
        alpha_(alpha),
        weight_(weight) {
    // Few classes with many rows each are split by columns as well. The split depends on the batch alone and not on
    // the threads: it decides in which order squares are added.
    const int64_t wanted = (kParts + groups.size() - 1) / std::max<int64_t>(groups.size(), 1);
    const int64_t blocks = std::clamp<int64_t>(columns / kNarrowest, 1, std::max<int64_t>(wanted, 1));
    width_ = ((columns + blocks - 1) / blocks + 15) / 16 * 16;
    blocks_ = columns == 0 ? 0 : (columns + width_ - 1) / width_;
    squares_.resize(groups.size() * blocks_);
  }

  int64_t parts() const { return static_cast<int64_t>(squares_.size()); }

  // Runs the parts from..to-1.
  void Run(int64_t from, int64_t to) {
    std::vector<float> sum(width_);
    for (int64_t part = from; part < to; part++) squares_[part] = RunPart(part / blocks_, part % blocks_, sum.data());
  }

  // The sum of all squared differences, once all parts have run.
  double Squares() const {
    double total = 0;
    for (const double part : squares_) total += part;
    return total;
  }

 private:
  static constexpr int64_t kParts = 32;
  static constexpr int64_t kNarrowest = 128;

  double RunPart(int64_t group, int64_t block, float* sum) {
    const int64_t from = block * width_;
    const int64_t count = std::min(width_, columns_ - from);
    const int32_t* row = groups_.rows.data() + groups_.begin[group];
    const int32_t* const end = groups_.rows.data() + groups_.begin[group + 1];
    const int64_t n = end - row;
    const float step = pass_ == Pass::kForward ? 0.0f : alpha_ / static_cast<float>(1 + n);
    float* c = centers_ + groups_.classes[group] * columns_ + from;
    const auto at = [&](int32_t r) { return r * columns_ + from; };
    if (n == 1 && pass_ == Pass::kStep) {
      return CompareAndMoveRow(x_ + at(*row), c, output_ + at(*row), count, weight_, step);
    }
    if (n == 1 && pass_ == Pass::kBackward) {
      WeighAndMoveRow(x_ + at(*row), c, output_ + at(*row), count, weight_, step);
      return 0;
    }
    std::fill(sum, sum + count, 0.0f);
    double squares = 0;
    for (; row < end; row++) {
      const float* x = x_ + at(*row);
      float* output = output_ + at(*row);
      if (pass_ == Pass::kBackward) WeighRow(x, output, sum, count, weight_);
      else squares += CompareRow(x, c, output, sum, count, weight_);
    }
    if (pass_ != Pass::kForward) MoveRow(c, sum, count, step);
    return squares;
  }

  const Pass pass_;
  const Groups& groups_;
  const float* const x_;
  float* const centers_;
  float* const output_;
  const int64_t columns_;
  const float alpha_;
  const float weight_;
  int64_t width_ = 0;
  int64_t blocks_ = 0;
  std::vector<double> squares_;
};

}  // namespace mxgraft

#endif  // MXGRAFT_CENTER_PASS_H_
