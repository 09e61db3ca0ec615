// ROIPooling of MXNet: the greatest number of each bin of boxes. For the processor only.
//
//   MxgraftRoiPooling
//
// Shapes: data (N, H, W, C), rois (R, 5) of image, x1, y1, x2, y2; output and index (R, P, Q, C) with pooled [P, Q]. index
// is where in data the number lies, or -1.
#include <cmath>
#include <limits>

#include "operator-kernel.h"

namespace mxgraft {

REGISTER_OP("MxgraftRoiPooling")
    .Input("data: float")
    .Input("rois: float")
    .Output("output: float")
    .Output("index: int32")
    .Attr("pooled: list(int)")
    .Attr("spatial_scale: float")
    .SetShapeFn([](InferenceContext* context) {
      ShapeHandle data, rois;
      std::vector<int> pooled;
      TF_RETURN_IF_ERROR(context->WithRank(context->input(0), 4, &data));
      TF_RETURN_IF_ERROR(context->WithRank(context->input(1), 2, &rois));
      TF_RETURN_IF_ERROR(context->GetAttr("pooled", &pooled));
      if (pooled.size() != 2) return absl::Status(InvalidArgument("pooled has two numbers"));
      const auto shape =
          context->MakeShape({context->Dim(rois, 0), pooled[0], pooled[1], context->Dim(data, 3)});
      for (int i = 0; i < 2; i++) context->set_output(i, shape);
      return absl::OkStatus();
    });

namespace {

// From its first row to the one behind its last.
struct Bin {
  int64_t start, end;
};

// The bins of a box along one axis of data; C rounds halves away from zero, as `round` does.
std::vector<Bin> BinsOf(float from, float to, float scale, int64_t count, int64_t size) {
  const double start = std::round(from * scale);
  const double length = std::max(std::round(to * scale) - start + 1, 1.0);
  const float step = static_cast<float>(length / count);
  // A box of no numbers has empty bins.
  const auto inside = [&](double row) {
    return row + start > 0 ? static_cast<int64_t>(std::min(row + start, static_cast<double>(size))) : 0;
  };
  std::vector<Bin> bins(count);
  for (int64_t i = 0; i < count; i++) bins[i] = {inside(std::floor(i * step)), inside(std::ceil((i + 1) * step))};
  return bins;
}

class RoiPoolingOp : public OpKernel {
 public:
  explicit RoiPoolingOp(OpKernelConstruction* construction) : OpKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("pooled", &pooled_));
    OP_REQUIRES_OK(construction, construction->GetAttr("spatial_scale", &scale_));
    OP_REQUIRES(construction, pooled_.size() == 2 && pooled_[0] > 0 && pooled_[1] > 0,
                InvalidArgument("pooled has two positive numbers"));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor &data = context->input(0), &rois = context->input(1);
    OP_REQUIRES(context, data.dims() == 4, WrongShape("ROIPooling: argument \"data\"", data, "(N, H, W, C)"));
    OP_REQUIRES(context, rois.dims() == 2 && rois.dim_size(1) == 5,
                WrongShape("ROIPooling: argument \"rois\"", rois, "(R, 5)"));
    OP_REQUIRES(context, data.NumElements() <= std::numeric_limits<int32_t>::max(),
                InvalidArgument("ROIPooling: argument \"data\" has ", data.NumElements(),
                                " numbers, expected fewer than 2^31: places are int32."));
    const int64_t channels = data.dim_size(3), count = rois.dim_size(0);
    const TensorShape shape({count, pooled_[0], pooled_[1], channels});
    Tensor *output, *index;
    OP_REQUIRES_OK(context, context->allocate_output(0, shape, &output));
    OP_REQUIRES_OK(context, context->allocate_output(1, shape, &index));
    const int64_t row = pooled_[0] * pooled_[1] * channels;
    const int64_t cost = 4 * row + data.dim_size(1) * data.dim_size(2) * channels / 2;
    InParts(context, count, cost, [&](int64_t from, int64_t to) {
      for (int64_t r = from; r < to; r++) {
        Pool(data, rois.flat<float>().data() + r * 5, output->flat<float>().data() + r * row,
             index->flat<int32_t>().data() + r * row);
      }
    });
  }

 private:
  void Pool(const Tensor& data, const float* box, float* output, int32_t* index) const {
    const int64_t batch = data.dim_size(0), height = data.dim_size(1), width = data.dim_size(2);
    const int64_t channels = data.dim_size(3);
    const float* values = data.flat<float>().data();
    const double image = std::trunc(box[0]);
    const bool is_there = image >= 0 && image < batch;
    const int64_t first = is_there ? static_cast<int64_t>(image) * height : 0;
    const std::vector<Bin> rows = BinsOf(box[2], box[4], scale_, pooled_[0], height);
    const std::vector<Bin> columns = BinsOf(box[1], box[3], scale_, pooled_[1], width);
    for (const Bin& y : rows) {
      for (const Bin& x : columns) {
        const bool is_empty = !is_there || y.end <= y.start || x.end <= x.start;
        std::fill_n(output, channels, is_empty ? 0 : -std::numeric_limits<float>::infinity());
        std::fill_n(index, channels, -1);
        for (int64_t h = is_empty ? y.end : y.start; h < y.end; h++) {
          for (int64_t w = x.start; w < x.end; w++) {
            const int64_t at = ((first + h) * width + w) * channels;
            for (int64_t c = 0; c < channels; c++) {
              const bool is_greater = values[at + c] > output[c];
              output[c] = is_greater ? values[at + c] : output[c];
              index[c] = is_greater ? static_cast<int32_t>(at + c) : index[c];
            }
          }
        }
        output += channels;
        index += channels;
      }
    }
  }

  std::vector<tensorflow::int32> pooled_;
  float scale_;
};

REGISTER_KERNEL_BUILDER(Name("MxgraftRoiPooling").Device(tensorflow::DEVICE_CPU), RoiPoolingOp);

}  // namespace
}  // namespace mxgraft
