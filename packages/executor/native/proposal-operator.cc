// _contrib_Proposal and _contrib_MultiProposal of MXNet: the most probable boxes of a region proposal network. For the
// processor only.
//
//   MxgraftProposal
//
// Shapes: scores (N, 2 A, H, W), background first; deltas (N, 4 A, H, W), info (N, 3) of height, width and scale of each
// image; rois (N R, 5) of image, x1, y1, x2, y2 and probabilities (N R, 1).
#include <array>
#include <cmath>

#include "box-overlap.h"
#include "operator-kernel.h"

namespace mxgraft {

REGISTER_OP("MxgraftProposal")
    .Input("scores: float")
    .Input("deltas: float")
    .Input("info: float")
    .Output("rois: float")
    .Output("probabilities: float")
    .Attr("rpn_pre_nms_top_n: int")
    .Attr("rpn_post_nms_top_n: int")
    .Attr("threshold: float")
    .Attr("rpn_min_size: int")
    .Attr("scales: list(float)")
    .Attr("ratios: list(float)")
    .Attr("feature_stride: int")
    .Attr("iou_loss: bool")
    .SetShapeFn([](InferenceContext* context) {
      context->set_output(0, context->MakeShape({context->UnknownDim(), 5}));
      context->set_output(1, context->MakeShape({context->UnknownDim(), 1}));
      return absl::OkStatus();
    });

namespace {

struct Box {
  float edges[4];
  float score;
};

class ProposalOp : public OpKernel {
 public:
  explicit ProposalOp(OpKernelConstruction* construction) : OpKernel(construction) {
    std::vector<float> scales, ratios;
    OP_REQUIRES_OK(construction, construction->GetAttr("rpn_pre_nms_top_n", &compared_));
    OP_REQUIRES_OK(construction, construction->GetAttr("rpn_post_nms_top_n", &count_));
    OP_REQUIRES_OK(construction, construction->GetAttr("threshold", &threshold_));
    OP_REQUIRES_OK(construction, construction->GetAttr("rpn_min_size", &min_size_));
    OP_REQUIRES_OK(construction, construction->GetAttr("scales", &scales));
    OP_REQUIRES_OK(construction, construction->GetAttr("ratios", &ratios));
    OP_REQUIRES_OK(construction, construction->GetAttr("feature_stride", &stride_));
    OP_REQUIRES_OK(construction, construction->GetAttr("iou_loss", &iou_loss_));
    OP_REQUIRES(construction, count_ > 0 && stride_ > 0,
                InvalidArgument("rpn_post_nms_top_n and feature_stride are positive"));
    for (const float ratio : ratios) {
      for (const float scale : scales) AddAnchor(ratio, scale);
    }
  }

  void Compute(OpKernelContext* context) override {
    const Tensor &scores = context->input(0), &deltas = context->input(1), &info = context->input(2);
    const int64_t anchors = anchors_.size();
    OP_REQUIRES(context, scores.dims() == 4 && scores.dim_size(1) == 2 * anchors,
                InvalidArgument("Proposal: argument \"cls_prob\" has shape ", scores.shape().DebugString(),
                                ", expected (N, ", 2 * anchors, ", H, W): two probabilities for each of the ", anchors,
                                " anchors of scales and ratios."));
    const int64_t batch = scores.dim_size(0), height = scores.dim_size(2), width = scores.dim_size(3);
    const int64_t places = height * width;
    OP_REQUIRES(context, deltas.shape() == TensorShape({batch, 4 * anchors, height, width}),
                WrongShape("Proposal: argument \"bbox_pred\"", deltas, "(N, 4 A, H, W) as \"cls_prob\""));
    OP_REQUIRES(context, info.shape() == TensorShape({batch, 3}),
                WrongShape("Proposal: argument \"im_info\"", info, "(N, 3)"));
    Tensor *rois, *probabilities;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({batch * count_, 5}), &rois));
    OP_REQUIRES_OK(context, context->allocate_output(1, TensorShape({batch * count_, 1}), &probabilities));
    InParts(context, batch, anchors * places * 500, [&](int64_t from, int64_t to) {
      for (int64_t n = from; n < to; n++) {
        const std::vector<Box> boxes =
            Candidates(scores.flat<float>().data() + (2 * n + 1) * anchors * places,
                       deltas.flat<float>().data() + 4 * n * anchors * places, height, width,
                       info.flat<float>().data() + 3 * n);
        const std::vector<int64_t> kept = Proposed(boxes);
        for (int64_t i = 0; i < count_; i++) {
          // Too few boxes are given again.
          const Box box = kept.empty() ? Box{} : boxes[kept[i % kept.size()]];
          float* roi = rois->flat<float>().data() + (n * count_ + i) * 5;
          roi[0] = n;
          std::copy_n(box.edges, 4, roi + 1);
          probabilities->flat<float>().data()[n * count_ + i] = box.score;
        }
      }
    });
  }

 private:
  // The anchor of a place, in pixels from it.
  void AddAnchor(float ratio, float scale) {
    const double center = 0.5 * (stride_ - 1);
    const double area = std::floor(static_cast<float>(stride_ * stride_ / ratio));
    const double width = std::floor(static_cast<float>(std::sqrt(area)) + 0.5) * scale;
    const double height = std::floor(static_cast<float>(width / scale * ratio) + 0.5) * scale;
    const double x = 0.5 * (width - 1), y = 0.5 * (height - 1);
    anchors_.push_back({center - x, center - y, center + x, center + y});
  }

  // All anchors of an image moved by their deltas, clipped to it, in MXNet's order: row, column, anchor.
  std::vector<Box> Candidates(const float* scores, const float* deltas, int64_t height, int64_t width,
                              const float* info) const {
    const int64_t places = height * width;
    const double real_rows = std::trunc(info[0] / stride_), real_columns = std::trunc(info[1] / stride_);
    const float least = min_size_ * info[2];
    std::vector<Box> found;
    found.reserve(places * anchors_.size());
    for (int64_t row = 0; row < height; row++) {
      for (int64_t column = 0; column < width; column++) {
        const int64_t place = row * width + column;
        for (size_t a = 0; a < anchors_.size(); a++) {
          double edges[4], own[4];
          for (int k = 0; k < 4; k++) {
            edges[k] = anchors_[a][k] + (k % 2 == 0 ? column : row) * stride_;
            own[k] = deltas[(a * 4 + k) * places + place];
          }
          Move(edges, own);
          Box box;
          for (int k = 0; k < 4; k++) {
            const double last = double(info[k % 2 == 0 ? 1 : 0]) - 1;
            box.edges[k] = std::max(std::min(edges[k], last), 0.0);
          }
          box.score = row >= real_rows || column >= real_columns ? -1 : scores[a * places + place];
          if (box.edges[2] - box.edges[0] + 1 < least || box.edges[3] - box.edges[1] + 1 < least) {
            // What MXNet does to boxes that are too small: they can still fill up the output.
            for (int k = 0; k < 4; k++) box.edges[k] += k < 2 ? -least / 2 : least / 2;
            box.score = -1;
          }
          found.push_back(box);
        }
      }
    }
    return found;
  }

  // Center and size of a box moved by deltas, or its corners; rounded where MXNet does.
  void Move(double* box, const double* deltas) const {
    if (iou_loss_) {
      for (int k = 0; k < 4; k++) box[k] += deltas[k];
      return;
    }
    for (int axis = 0; axis < 2; axis++) {
      const float size = box[axis + 2] - box[axis] + 1;
      const float middle = static_cast<float>(box[axis] + 0.5 * (size - 1.0));
      const float moved = static_cast<float>(deltas[axis] * size) + middle;
      const float grown = static_cast<float>(std::exp(deltas[axis + 2])) * size;
      const double half = 0.5 * (grown - 1.0);
      box[axis] = moved - half;
      box[axis + 2] = moved + half;
    }
  }

  // The best boxes, none of which overlaps a better one too much.
  std::vector<int64_t> Proposed(const std::vector<Box>& boxes) const {
    const int64_t all = boxes.size();
    const int64_t compared = compared_ > 0 ? std::min<int64_t>(compared_, all) : all;
    const std::vector<int64_t> order = ByScore(all, [&](int64_t i) { return boxes[i].score; });
    std::vector<float> edges[4], area(compared);
    for (int k = 0; k < 4; k++) {
      edges[k].resize(compared);
      for (int64_t i = 0; i < compared; i++) edges[k][i] = boxes[order[i]].edges[k];
    }
    const auto &x1 = edges[0], &y1 = edges[1], &x2 = edges[2], &y2 = edges[3];
    for (int64_t i = 0; i < compared; i++) area[i] = (x2[i] - x1[i] + 1) * (y2[i] - y1[i] + 1);
    std::vector<uint8_t> gone(compared, 0);
    std::vector<int64_t> kept;
    for (int64_t i = 0; i < compared && static_cast<int64_t>(kept.size()) < count_; i++) {
      if (gone[i]) continue;
      kept.push_back(order[i]);
      for (int64_t j = i + 1; j < compared; j++) {
        const float width = std::max(0.0f, std::min(x2[i], x2[j]) - std::max(x1[i], x1[j]) + 1);
        const float height = std::max(0.0f, std::min(y2[i], y2[j]) - std::max(y1[i], y1[j]) + 1);
        const float shared = width * height;
        gone[j] |= shared / (area[i] + area[j] - shared) > threshold_;
      }
    }
    return kept;
  }

  int compared_, count_, min_size_, stride_;
  float threshold_;
  bool iou_loss_;
  std::vector<std::array<double, 4>> anchors_;
};

REGISTER_KERNEL_BUILDER(Name("MxgraftProposal").Device(tensorflow::DEVICE_CPU), ProposalOp);

}  // namespace
}  // namespace mxgraft
