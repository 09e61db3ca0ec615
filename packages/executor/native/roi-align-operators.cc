// _contrib_ROIAlign of MXNet: the mean of samples of each bin of boxes. For the processor only.
//
//   MxgraftRoiAlign
//   MxgraftRoiAlignGradient   of data, whose sizes are in `shape`
//
// Shapes: data (N, H, W, C), rois (R, 5) of image, x1, y1, x2, y2; output (R, P, Q, C), or (R, P, Q, C / (P Q)) if each bin
// has channels of its own, with pooled [P, Q].
#include <cmath>

#include "operator-kernel.h"

namespace mxgraft {

REGISTER_OP("MxgraftRoiAlign")
    .Input("data: float")
    .Input("rois: float")
    .Output("output: float")
    .Attr("pooled: list(int)")
    .Attr("spatial_scale: float")
    .Attr("sample_ratio: int")
    .Attr("position_sensitive: bool")
    .Attr("aligned: bool")
    .SetShapeFn([](InferenceContext* context) {
      context->set_output(0, context->UnknownShapeOfRank(4));
      return absl::OkStatus();
    });

REGISTER_OP("MxgraftRoiAlignGradient")
    .Input("shape: int32")
    .Input("rois: float")
    .Input("output_gradient: float")
    .Output("data_gradient: float")
    .Attr("pooled: list(int)")
    .Attr("spatial_scale: float")
    .Attr("sample_ratio: int")
    .Attr("position_sensitive: bool")
    .Attr("aligned: bool")
    .SetShapeFn([](InferenceContext* context) {
      ShapeHandle shape;
      TF_RETURN_IF_ERROR(context->MakeShapeFromShapeTensor(0, &shape));
      context->set_output(0, shape);
      return absl::OkStatus();
    });

namespace {

// A place between two rows, or columns, of data, with the weights of both.
struct Sample {
  int64_t low, high;
  float low_weight, high_weight;
};

// The samples of each bin of a box along one axis; those outside of data are left out but count.
struct Axis {
  std::vector<std::vector<Sample>> bins;
  int64_t samples;
};

// Sizes of data without its values.
struct Map {
  int64_t batch, height, width, channels;
};

class RoiAlignKernel : public OpKernel {
 public:
  explicit RoiAlignKernel(OpKernelConstruction* construction) : OpKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("pooled", &pooled_));
    OP_REQUIRES_OK(construction, construction->GetAttr("spatial_scale", &scale_));
    OP_REQUIRES_OK(construction, construction->GetAttr("sample_ratio", &sample_ratio_));
    OP_REQUIRES_OK(construction, construction->GetAttr("position_sensitive", &position_sensitive_));
    OP_REQUIRES_OK(construction, construction->GetAttr("aligned", &aligned_));
    OP_REQUIRES(construction, pooled_.size() == 2 && pooled_[0] > 0 && pooled_[1] > 0,
                InvalidArgument("pooled has two positive numbers"));
  }

 protected:
  int64_t bins() const { return int64_t{pooled_[0]} * pooled_[1]; }

  // Channels of the output.
  int64_t OutputChannels(const Map& map) const { return position_sensitive_ ? map.channels / bins() : map.channels; }

  absl::Status Check(const Map& map, const Tensor& rois) const {
    if (rois.dims() != 2 || rois.dim_size(1) != 5) {
      return WrongShape("ROIAlign: argument \"rois\"", rois, "(R, 5)");
    }
    for (int64_t r = 0; r < rois.dim_size(0); r++) {
      const float* box = rois.flat<float>().data() + r * 5;
      const double image = std::trunc(box[0]);
      const bool is_finite = std::all_of(box + 1, box + 5, [](float edge) { return std::isfinite(edge); });
      const bool is_there = image < map.batch && is_finite && (!aligned_ || (box[3] > box[1] && box[4] > box[2]));
      if (image < 0 || is_there) continue;
      return InvalidArgument("ROIAlign: argument \"rois\", row ", r, ": image ", image, ", box (", box[1], ", ", box[2],
                             ", ", box[3], ", ", box[4], "); expected an image below ", map.batch,
                             ", a finite box and, with \"aligned\", one that is not empty.");
    }
    return absl::OkStatus();
  }

  // Calls `visit` for each pixel that each bin of a box reads: the bin, where the pixel's channels begin in data, the
  // weight, and the step from one channel to the next.
  template <typename Visit>
  void EachPixel(const Map& map, const float* box, const Visit& visit) const {
    if (!(box[0] > -1)) return;
    const int64_t image = static_cast<int64_t>(box[0]);
    const Axis rows = AxisOf(box[2], box[4], pooled_[0], map.height);
    const Axis columns = AxisOf(box[1], box[3], pooled_[1], map.width);
    const float share = 1.0f / (rows.samples * columns.samples);
    for (int64_t bin = 0; bin < bins(); bin++) {
      const int64_t first = position_sensitive_ ? bin : 0, step = position_sensitive_ ? bins() : 1;
      for (const Sample& y : rows.bins[bin / pooled_[1]]) {
        for (const Sample& x : columns.bins[bin % pooled_[1]]) {
          const auto read = [&](int64_t row, int64_t column, float weight) {
            visit(bin, ((image * map.height + row) * map.width + column) * map.channels + first, weight * share, step);
          };
          read(y.low, x.low, y.low_weight * x.low_weight);
          read(y.low, x.high, y.low_weight * x.high_weight);
          read(y.high, x.low, y.high_weight * x.low_weight);
          read(y.high, x.high, y.high_weight * x.high_weight);
        }
      }
    }
  }

 private:
  Axis AxisOf(float from, float to, int64_t count, int64_t size) const {
    const float shift = aligned_ ? 0.5f : 0;
    const float start = from * scale_ - shift, end = to * scale_ - shift;
    const float length = aligned_ ? end - start : std::max(end - start, 1.0f);
    const float step = length / count;
    Axis axis;
    axis.samples = sample_ratio_ > 0 ? sample_ratio_ : static_cast<int64_t>(std::ceil(step));
    axis.bins.resize(count);
    for (int64_t bin = 0; bin < count; bin++) {
      for (int64_t i = 0; i < axis.samples; i++) {
        const double part = (i + 0.5) * step / axis.samples;
        const float place = static_cast<float>(double(start) + bin * double(step) + part);
        // None more than one row outside of data.
        if (!(place >= -1 && place <= size)) continue;
        const float inside = std::max(place, 0.0f);
        const int64_t low = std::min<int64_t>(static_cast<int64_t>(inside), size - 1);
        if (low == size - 1) {
          axis.bins[bin].push_back({low, low, 1, 0});
        } else {
          axis.bins[bin].push_back({low, low + 1, 1 - (inside - low), inside - low});
        }
      }
    }
    return axis;
  }

  std::vector<tensorflow::int32> pooled_;
  float scale_;
  int sample_ratio_;
  bool position_sensitive_, aligned_;

 protected:
  TensorShape OutputShape(const Map& map, int64_t count) const {
    return TensorShape({count, pooled_[0], pooled_[1], OutputChannels(map)});
  }
};

class RoiAlignOp : public RoiAlignKernel {
 public:
  using RoiAlignKernel::RoiAlignKernel;

  void Compute(OpKernelContext* context) override {
    const Tensor &data = context->input(0), &rois = context->input(1);
    OP_REQUIRES(context, data.dims() == 4 && data.NumElements() > 0,
                WrongShape("ROIAlign: argument \"data\"", data, "(N, H, W, C)"));
    const Map map = {data.dim_size(0), data.dim_size(1), data.dim_size(2), data.dim_size(3)};
    OP_REQUIRES_OK(context, Check(map, rois));
    Tensor* output;
    OP_REQUIRES_OK(context, context->allocate_output(0, OutputShape(map, rois.dim_size(0)), &output));
    const int64_t channels = OutputChannels(map), row = bins() * channels;
    InParts(context, rois.dim_size(0), row * 16, [&](int64_t from, int64_t to) {
      for (int64_t r = from; r < to; r++) {
        float* bins = output->flat<float>().data() + r * row;
        std::fill_n(bins, row, 0.0f);
        EachPixel(map, rois.flat<float>().data() + r * 5, [&](int64_t bin, int64_t at, float weight, int64_t step) {
          const float* pixel = data.flat<float>().data() + at;
          for (int64_t c = 0; c < channels; c++) bins[bin * channels + c] += weight * pixel[c * step];
        });
      }
    });
  }
};

class RoiAlignGradientOp : public RoiAlignKernel {
 public:
  using RoiAlignKernel::RoiAlignKernel;

  void Compute(OpKernelContext* context) override {
    const Tensor &shape = context->input(0), &rois = context->input(1), &gradient = context->input(2);
    OP_REQUIRES(context, shape.NumElements() == 4, InvalidArgument("ROIAlign: shape has four sizes"));
    const auto sizes = shape.flat<int32_t>();
    const Map map = {sizes(0), sizes(1), sizes(2), sizes(3)};
    OP_REQUIRES_OK(context, Check(map, rois));
    OP_REQUIRES(context, gradient.shape() == OutputShape(map, rois.dim_size(0)),
                WrongShape("ROIAlign: the gradient", gradient, "(R, P, Q, C)"));
    Tensor* data_gradient;
    OP_REQUIRES_OK(context, context->allocate_output(
                                0, TensorShape({map.batch, map.height, map.width, map.channels}), &data_gradient));
    float* sums = data_gradient->flat<float>().data();
    std::fill_n(sums, data_gradient->NumElements(), 0.0f);
    const int64_t channels = OutputChannels(map), count = rois.dim_size(0);
    // A thread adds the boxes of its channels in their order, so that equal calls give equal numbers.
    InParts(context, channels, count * bins() * 16, [&](int64_t from, int64_t to) {
      for (int64_t r = 0; r < count; r++) {
        const float* heads = gradient.flat<float>().data() + r * bins() * channels;
        EachPixel(map, rois.flat<float>().data() + r * 5, [&](int64_t bin, int64_t at, float weight, int64_t step) {
          for (int64_t c = from; c < to; c++) sums[at + c * step] += weight * heads[bin * channels + c];
        });
      }
    });
  }
};

REGISTER_KERNEL_BUILDER(Name("MxgraftRoiAlign").Device(tensorflow::DEVICE_CPU), RoiAlignOp);
REGISTER_KERNEL_BUILDER(Name("MxgraftRoiAlignGradient").Device(tensorflow::DEVICE_CPU).HostMemory("shape"),
                        RoiAlignGradientOp);

}  // namespace
}  // namespace mxgraft
