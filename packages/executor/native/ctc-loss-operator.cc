// CTCLoss of MXNet with its gradient (Graves et al., ICML 2006). TensorFlow's own refuses samples without labels or without
// a path, whose losses MXNet gives. For the processor only.
//
//   MxgraftCtcLoss
//
// Shapes: data (T, N, C) before the softmax, labels (N, L), data_lengths and label_lengths (N) or (0); losses (N), gradient
// (T, N, C):
//
//   d loss / d data[t, c] = softmax(data[t])[c] - (share of the paths that are at class c at step t)
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "operator-kernel.h"

namespace mxgraft {

REGISTER_OP("MxgraftCtcLoss")
    .Input("data: float")
    .Input("labels: float")
    .Input("data_lengths: float")
    .Input("label_lengths: float")
    .Output("losses: float")
    .Output("gradient: float")
    .Attr("blank_first: bool")
    .SetShapeFn([](InferenceContext* context) {
      ShapeHandle data;
      TF_RETURN_IF_ERROR(context->WithRank(context->input(0), 3, &data));
      context->set_output(0, context->Vector(context->Dim(data, 1)));
      context->set_output(1, data);
      return absl::OkStatus();
    });

namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

double LogAdd(double a, double b) {
  const double high = std::max(a, b);
  return high == kNever ? high : high + std::log1p(std::exp(std::min(a, b) - high));
}

// One sample: the labels with a blank before, between and after them, and log of the softmax of its steps.
struct Sample {
  int64_t steps, classes, blank;
  std::vector<int64_t> states;
  std::vector<double> logits;

  int64_t count() const { return states.size(); }
  double at(int64_t t, int64_t s) const { return logits[t * classes + states[s]]; }
  // Whether a path may come to state s from s - 2: over a blank between two different labels.
  bool skips(int64_t s) const { return s >= 2 && states[s] != blank && states[s] != states[s - 2]; }
};

// log of the sum over all paths from the start to state s at step t, (T, S).
std::vector<double> ForwardSums(const Sample& sample) {
  const int64_t count = sample.count();
  std::vector<double> sums(sample.steps * count, kNever);
  for (int64_t t = 0; t < sample.steps; t++) {
    const double* before = sums.data() + (t - 1) * count;
    for (int64_t s = 0; s < count; s++) {
      double sum = t == 0 && s < 2 ? 0 : kNever;
      if (t > 0) {
        sum = before[s];
        if (s >= 1) sum = LogAdd(sum, before[s - 1]);
        if (sample.skips(s)) sum = LogAdd(sum, before[s - 2]);
      }
      sums[t * count + s] = sum + sample.at(t, s);
    }
  }
  return sums;
}

// log of the sum over all paths from state s after step t to the end, (T, S).
std::vector<double> BackwardSums(const Sample& sample) {
  const int64_t count = sample.count();
  std::vector<double> sums(sample.steps * count, kNever);
  for (int64_t t = sample.steps - 1; t >= 0; t--) {
    const auto next = [&](int64_t s) { return s < count ? sums[(t + 1) * count + s] + sample.at(t + 1, s) : kNever; };
    for (int64_t s = 0; s < count; s++) {
      double sum = t == sample.steps - 1 && s >= count - 2 ? 0 : kNever;
      if (t < sample.steps - 1) {
        sum = LogAdd(next(s), next(s + 1));
        if (s + 2 < count && sample.skips(s + 2)) sum = LogAdd(sum, next(s + 2));
      }
      sums[t * count + s] = sum;
    }
  }
  return sums;
}

class CtcLossOp : public OpKernel {
 public:
  explicit CtcLossOp(OpKernelConstruction* construction) : OpKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("blank_first", &blank_first_));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor &data = context->input(0), &labels = context->input(1);
    OP_REQUIRES(context, data.dims() == 3 && data.dim_size(2) > 0,
                InvalidArgument("CTCLoss: argument \"data\" has shape ", data.shape().DebugString(),
                                ", expected (T, N, C)."));
    const int64_t steps = data.dim_size(0), batch = data.dim_size(1), classes = data.dim_size(2);
    OP_REQUIRES(context, labels.dims() == 2 && labels.dim_size(0) == batch,
                InvalidArgument("CTCLoss: argument \"label\" has shape ", labels.shape().DebugString(),
                                ", expected (N, L) with N = ", batch, "."));
    for (int i = 2; i < 4; i++) {
      const int64_t given = context->input(i).NumElements();
      OP_REQUIRES(context, given == 0 || given == batch,
                  InvalidArgument("CTCLoss: there are ", given, " lengths, expected ", batch, "."));
    }
    std::vector<Sample> samples(batch);
    for (int64_t n = 0; n < batch; n++) {
      Sample& sample = samples[n];
      sample.classes = classes;
      sample.blank = blank_first_ ? 0 : classes - 1;
      const Tensor& lengths = context->input(2);
      const float length = lengths.NumElements() == 0 ? steps : lengths.flat<float>()(n);
      sample.steps = length > 0 ? std::min<int64_t>(std::ceil(length), steps) : 0;
      OP_REQUIRES_OK(context, ReadLabels(labels, context->input(3), n, &sample));
    }
    Tensor *losses, *gradient;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({batch}), &losses));
    OP_REQUIRES_OK(context, context->allocate_output(1, data.shape(), &gradient));
    gradient->flat<float>().setZero();
    InParts(context, batch, steps * (classes * 20 + labels.dim_size(1) * 400), [&](int64_t from, int64_t to) {
      for (int64_t n = from; n < to; n++) {
        losses->flat<float>()(n) = Loss(data.flat<float>().data() + n * classes, batch * classes, &samples[n],
                                        gradient->flat<float>().data() + n * classes);
      }
    });
  }

 private:
  // As many labels as the lengths say, or those before the first padding, with blanks around.
  absl::Status ReadLabels(const Tensor& labels, const Tensor& lengths, int64_t n, Sample* sample) const {
    const int64_t most = labels.dim_size(1), padding = blank_first_ ? 0 : -1;
    const float* row = labels.flat<float>().data() + n * most;
    const float given = lengths.NumElements() == 0 ? -1 : lengths.flat<float>()(n);
    sample->states = {sample->blank};
    for (int64_t i = 0; i < (given < 0 ? most : std::min<int64_t>(given, most)); i++) {
      const double label = std::trunc(row[i]);
      if (lengths.NumElements() == 0 && label == padding) break;
      if (!(label >= 0 && label < sample->classes)) {
        return InvalidArgument("CTCLoss: argument \"label\" is ", row[i], " in row ", n,
                               ", expected a class index from 0 to ", sample->classes - 1, ".");
      }
      sample->states.push_back(static_cast<int64_t>(label));
      sample->states.push_back(sample->blank);
    }
    return absl::OkStatus();
  }

  // The loss of one sample; its steps lie `stride` numbers apart.
  static float Loss(const float* data, int64_t stride, Sample* sample, float* gradient) {
    const int64_t classes = sample->classes, count = sample->count(), steps = sample->steps;
    sample->logits.resize(steps * classes);
    for (int64_t t = 0; t < steps; t++) {
      const float* row = data + t * stride;
      const double high = *std::max_element(row, row + classes);
      double sum = 0;
      for (int64_t c = 0; c < classes; c++) sum += std::exp(row[c] - high);
      const double total = high + std::log(sum);
      for (int64_t c = 0; c < classes; c++) sample->logits[t * classes + c] = row[c] - total;
    }
    const std::vector<double> before = ForwardSums(*sample), after = BackwardSums(*sample);
    const int64_t last = steps * count;
    // Without any step there is a path for no labels alone.
    const double whole = last > 0 ? LogAdd(before[last - 1], count > 1 ? before[last - 2] : kNever)
                                  : (count > 1 ? kNever : 0);
    std::vector<double> shares(classes);
    for (int64_t t = 0; t < steps; t++) {
      std::fill(shares.begin(), shares.end(), 0);
      // Without any path the loss is infinite; the softmax alone is what is left of the gradient.
      for (int64_t s = 0; s < count && whole != kNever; s++) {
        shares[sample->states[s]] += std::exp(before[t * count + s] + after[t * count + s] - whole);
      }
      for (int64_t c = 0; c < classes; c++) {
        gradient[t * stride + c] = std::exp(sample->logits[t * classes + c]) - shares[c];
      }
    }
    return static_cast<float>(-whole);
  }

  bool blank_first_;
};

REGISTER_KERNEL_BUILDER(Name("MxgraftCtcLoss").Device(tensorflow::DEVICE_CPU), CtcLossOp);

}  // namespace
}  // namespace mxgraft
