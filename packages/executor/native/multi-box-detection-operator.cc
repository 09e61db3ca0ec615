// _contrib_MultiBoxDetection of MXNet: boxes from anchors, best first, without those that better ones cover. For the
// processor only.
//
//   MxgraftMultiBoxDetection
//
// Shapes: scores (N, K, A), offsets (N, 4 A), anchors (1, A, 4), output (N, A, 6) of class, probability, x1, y1, x2, y2.
#include <cmath>

#include "box-overlap.h"
#include "operator-kernel.h"

namespace mxgraft {

REGISTER_OP("MxgraftMultiBoxDetection")
    .Input("scores: float")
    .Input("offsets: float")
    .Input("anchors: float")
    .Output("output: float")
    .Attr("clip: bool")
    .Attr("threshold: float")
    .Attr("nms_threshold: float")
    .Attr("nms_topk: int")
    .Attr("force_suppress: bool")
    .Attr("variances: list(float)")
    .SetShapeFn([](InferenceContext* context) {
      ShapeHandle scores;
      TF_RETURN_IF_ERROR(context->WithRank(context->input(0), 3, &scores));
      context->set_output(0, context->MakeShape({context->Dim(scores, 0), context->Dim(scores, 2), 6}));
      return absl::OkStatus();
    });

namespace {

constexpr int64_t kWidth = 6;

class MultiBoxDetectionOp : public OpKernel {
 public:
  explicit MultiBoxDetectionOp(OpKernelConstruction* construction) : OpKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("clip", &clip_));
    OP_REQUIRES_OK(construction, construction->GetAttr("threshold", &threshold_));
    OP_REQUIRES_OK(construction, construction->GetAttr("nms_threshold", &nms_threshold_));
    OP_REQUIRES_OK(construction, construction->GetAttr("nms_topk", &nms_topk_));
    OP_REQUIRES_OK(construction, construction->GetAttr("force_suppress", &force_suppress_));
    OP_REQUIRES_OK(construction, construction->GetAttr("variances", &variances_));
    OP_REQUIRES(construction, variances_.size() == 4, InvalidArgument("variances has four numbers"));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor &scores = context->input(0), &offsets = context->input(1), &anchors = context->input(2);
    OP_REQUIRES(context, scores.dims() == 3,
                WrongShape("MultiBoxDetection: argument \"cls_prob\"", scores, "(N, K, A)"));
    const int64_t batch = scores.dim_size(0), classes = scores.dim_size(1), count = scores.dim_size(2);
    OP_REQUIRES(context, offsets.NumElements() == batch * count * 4,
                WrongShape("MultiBoxDetection: argument \"loc_pred\"", offsets, "four numbers an anchor"));
    OP_REQUIRES(context, anchors.NumElements() == count * 4,
                WrongShape("MultiBoxDetection: argument \"anchor\"", anchors, "(1, A, 4)"));
    Tensor* output;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({batch, count, kWidth}), &output));
    InParts(context, batch, count * (classes + 100), [&](int64_t from, int64_t to) {
      for (int64_t n = from; n < to; n++) {
        float* rows = output->flat<float>().data() + n * count * kWidth;
        std::fill_n(rows, count * kWidth, -1.0f);
        const int64_t found = Find(scores.flat<float>().data() + n * classes * count, classes, count,
                                   offsets.flat<float>().data() + n * count * 4, anchors.flat<float>().data(), rows);
        if (nms_threshold_ > 0 && nms_threshold_ <= 1) Suppress(rows, found);
      }
    });
  }

 private:
  // Writes what the anchors show, in their order; class 0 is the background.
  int64_t Find(const float* scores, int64_t classes, int64_t count, const float* offsets, const float* anchors,
               float* rows) const {
    std::vector<float> best(count, -1.0f);
    std::vector<int32_t> own(count, 0);
    for (int64_t c = 1; c < classes; c++) {
      for (int64_t i = 0; i < count; i++) {
        const float score = scores[c * count + i];
        own[i] = score > best[i] ? static_cast<int32_t>(c) : own[i];
        best[i] = score > best[i] ? score : best[i];
      }
    }
    int64_t found = 0;
    for (int64_t i = 0; i < count; i++) {
      if (own[i] == 0 || best[i] < threshold_) continue;
      float* row = rows + found++ * kWidth;
      row[0] = own[i] - 1;
      row[1] = best[i];
      Move(anchors + i * 4, offsets + i * 4, row + 2);
    }
    return found;
  }

  // The box that an anchor becomes when it is moved by an offset.
  void Move(const float* anchor, const float* offset, float* box) const {
    const double width = double(anchor[2]) - anchor[0], height = double(anchor[3]) - anchor[1];
    const double x = double(offset[0]) * variances_[0] * width + (double(anchor[0]) + anchor[2]) / 2;
    const double y = double(offset[1]) * variances_[1] * height + (double(anchor[1]) + anchor[3]) / 2;
    const double w = std::exp(double(offset[2]) * variances_[2]) * width / 2;
    const double h = std::exp(double(offset[3]) * variances_[3]) * height / 2;
    const double edges[] = {x - w, y - h, x + w, y + h};
    for (int k = 0; k < 4; k++) box[k] = clip_ ? std::min(std::max(edges[k], 0.0), 1.0) : edges[k];
  }

  // Sorts the first `count` rows and takes the class from those that overlap better ones.
  void Suppress(float* rows, int64_t count) const {
    const std::vector<float> unsorted(rows, rows + count * kWidth);
    const std::vector<int64_t> order = ByScore(count, [&](int64_t i) { return unsorted[i * kWidth + 1]; });
    const int64_t kept = nms_topk_ > 0 ? std::min<int64_t>(nms_topk_, count) : count;
    // As in MXNet the rows after those that are kept stay as they were, without a class.
    for (int64_t i = kept; i < count; i++) rows[i * kWidth] = -1;
    for (int64_t i = 0; i < kept; i++) std::copy_n(&unsorted[order[i] * kWidth], kWidth, rows + i * kWidth);
    for (int64_t i = 0; i < kept; i++) {
      const float* better = rows + i * kWidth;
      if (better[0] < 0) continue;
      for (int64_t j = i + 1; j < kept; j++) {
        float* other = rows + j * kWidth;
        if (other[0] < 0 || !(force_suppress_ || better[0] == other[0])) continue;
        if (BoxOverlap(better + 2, other + 2) >= nms_threshold_) other[0] = -1;
      }
    }
  }

  bool clip_, force_suppress_;
  float threshold_, nms_threshold_;
  int nms_topk_;
  std::vector<float> variances_;
};

REGISTER_KERNEL_BUILDER(Name("MxgraftMultiBoxDetection").Device(tensorflow::DEVICE_CPU), MultiBoxDetectionOp);

}  // namespace
}  // namespace mxgraft
