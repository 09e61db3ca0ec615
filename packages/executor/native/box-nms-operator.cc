// _contrib_box_nms of MXNet: the boxes of lists that no better one covers, best first. For the processor only.
//
//   MxgraftBoxNms
//
// Shapes: data and output (..., B, W): lists of B boxes of W numbers; record (..., B, 1): where in data each box of the
// output was, or -1.
#include <cmath>

#include "box-overlap.h"
#include "operator-kernel.h"

namespace mxgraft {

REGISTER_OP("MxgraftBoxNms")
    .Input("data: float")
    .Output("output: float")
    .Output("record: float")
    .Attr("overlap_thresh: float")
    .Attr("valid_thresh: float")
    .Attr("topk: int")
    .Attr("coord_start: int")
    .Attr("score_index: int")
    .Attr("id_index: int")
    .Attr("background_id: int")
    .Attr("force_suppress: bool")
    .Attr("in_format: {'corner', 'center'}")
    .Attr("out_format: {'corner', 'center'}")
    .SetShapeFn([](InferenceContext* context) {
      context->set_output(0, context->input(0));
      context->set_output(1, context->UnknownShape());
      return absl::OkStatus();
    });

namespace {

// x1, y1, x2, y2 in place of x, y, width, height.
void ToCorners(float* box) {
  const float x = box[0], y = box[1], width = box[2], height = box[3];
  box[0] = x - width / 2;
  box[1] = y - height / 2;
  box[2] = x + width / 2;
  box[3] = y + height / 2;
}

void ToCenter(float* box) {
  const double left = box[0], top = box[1], right = box[2], bottom = box[3];
  box[0] = (left + right) / 2;
  box[1] = (top + bottom) / 2;
  box[2] = right - left;
  box[3] = bottom - top;
}

class BoxNmsOp : public OpKernel {
 public:
  explicit BoxNmsOp(OpKernelConstruction* construction) : OpKernel(construction) {
    std::string in, out;
    OP_REQUIRES_OK(construction, construction->GetAttr("overlap_thresh", &overlap_thresh_));
    OP_REQUIRES_OK(construction, construction->GetAttr("valid_thresh", &valid_thresh_));
    OP_REQUIRES_OK(construction, construction->GetAttr("topk", &topk_));
    OP_REQUIRES_OK(construction, construction->GetAttr("coord_start", &coord_start_));
    OP_REQUIRES_OK(construction, construction->GetAttr("score_index", &score_index_));
    OP_REQUIRES_OK(construction, construction->GetAttr("id_index", &id_index_));
    OP_REQUIRES_OK(construction, construction->GetAttr("background_id", &background_id_));
    OP_REQUIRES_OK(construction, construction->GetAttr("force_suppress", &force_suppress_));
    OP_REQUIRES_OK(construction, construction->GetAttr("in_format", &in));
    OP_REQUIRES_OK(construction, construction->GetAttr("out_format", &out));
    reads_center_ = in == "center";
    convert_ = in == out ? nullptr : out == "center" ? ToCenter : ToCorners;
    OP_REQUIRES(construction, coord_start_ >= 0 && score_index_ >= 0,
                InvalidArgument("coord_start and score_index are not negative"));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor& data = context->input(0);
    const int64_t width = data.dims() < 2 ? 0 : data.dim_size(data.dims() - 1);
    OP_REQUIRES(context, width >= coord_start_ + 4 && width > score_index_ && width > id_index_,
                InvalidArgument("box_nms: argument \"data\" has shape ", data.shape().DebugString(),
                                ", expected boxes with coordinates from ", coord_start_, ", a score at ", score_index_,
                                id_index_ < 0 ? "" : " and a class at ", id_index_ < 0 ? "" : std::to_string(id_index_),
                                "."));
    TensorShape record_shape = data.shape();
    record_shape.set_dim(data.dims() - 1, 1);
    Tensor *output, *record;
    OP_REQUIRES_OK(context, context->allocate_output(0, data.shape(), &output));
    OP_REQUIRES_OK(context, context->allocate_output(1, record_shape, &record));
    const int64_t count = data.dim_size(data.dims() - 2);
    if (data.NumElements() == 0) return;
    InParts(context, data.NumElements() / (count * width), count * 100, [&](int64_t from, int64_t to) {
      for (int64_t list = from; list < to; list++) {
        Suppress(data.flat<float>().data() + list * count * width, count, width, list * count,
                 output->flat<float>().data() + list * count * width, record->flat<float>().data() + list * count);
      }
    });
  }

 private:
  void Suppress(const float* boxes, int64_t count, int64_t width, int64_t first, float* output, float* record) const {
    if (topk_ == 0) {
      // MXNet passes everything on.
      std::copy_n(boxes, count * width, output);
      for (int64_t i = 0; i < count; i++) record[i] = first + i;
      return;
    }
    std::fill_n(output, count * width, -1.0f);
    std::fill_n(record, count, -1.0f);
    const std::vector<int64_t> kept = Kept(boxes, count, width);
    for (size_t to = 0; to < kept.size(); to++) {
      float* row = output + to * width;
      std::copy_n(boxes + kept[to] * width, width, row);
      record[to] = first + kept[to];
      // MXNet takes a box that begins left of 0 for an empty row.
      if (convert_ && row[coord_start_] >= 0) convert_(row + coord_start_);
    }
  }

  // The boxes of one list that stay, best first.
  std::vector<int64_t> Kept(const float* boxes, int64_t count, int64_t width) const {
    std::vector<int64_t> valid;
    for (int64_t i = 0; i < count; i++) {
      const float* box = boxes + i * width;
      if (box[score_index_] > valid_thresh_ && (id_index_ < 0 || box[id_index_] != background_id_)) valid.push_back(i);
    }
    const std::vector<int64_t> order =
        ByScore(valid.size(), [&](int64_t i) { return boxes[valid[i] * width + score_index_]; });
    const int64_t compared = topk_ < 0 ? order.size() : std::min<int64_t>(topk_, order.size());
    std::vector<float> corners(compared * 4);
    std::vector<int64_t> kept;
    // Places in `order` of those that are kept.
    std::vector<int64_t> better;
    for (int64_t i = 0; i < compared; i++) {
      const float* box = boxes + valid[order[i]] * width;
      float* own = &corners[i * 4];
      std::copy_n(box + coord_start_, 4, own);
      if (reads_center_) ToCorners(own);
      const bool is_gone = std::any_of(better.begin(), better.end(), [&](int64_t j) {
        const float* other = boxes + valid[order[j]] * width;
        const bool is_alone =
            !force_suppress_ && id_index_ >= 0 && std::trunc(other[id_index_]) != std::trunc(box[id_index_]);
        return !is_alone && BoxOverlap(&corners[j * 4], own) > overlap_thresh_;
      });
      if (is_gone) continue;
      better.push_back(i);
      kept.push_back(valid[order[i]]);
    }
    return kept;
  }

  float overlap_thresh_, valid_thresh_;
  int topk_, coord_start_, score_index_, id_index_, background_id_;
  bool force_suppress_, reads_center_;
  void (*convert_)(float*);
};

REGISTER_KERNEL_BUILDER(Name("MxgraftBoxNms").Device(tensorflow::DEVICE_CPU), BoxNmsOp);

}  // namespace
}  // namespace mxgraft
