// Max pooling over two axes, for the processor only.
//
//   MxgraftMaxPool            the greatest number of each window, and, if asked for, where in the window it lies
//   MxgraftMaxPoolGradient    of the data
//
// Shapes: data (N, H, W, C), output, gradient and places (N, OH, OW, C); kernel and strides (2), rows (4): how many the
// windows reach beyond the data above, below, left and right. C is 8 or more.
#include <algorithm>
#include <vector>

#include "max-pooling-images.h"
#include "share-parts.h"

namespace mxgraft {
namespace {

absl::Status OutputShapes(InferenceContext* context) {
  ShapeHandle data;
  bool keeps;
  TF_RETURN_IF_ERROR(context->WithRank(context->input(0), 4, &data));
  TF_RETURN_IF_ERROR(context->GetAttr("keeps", &keeps));
  const ShapeHandle output = context->MakeShape(
      {context->Dim(data, 0), context->UnknownDim(), context->UnknownDim(), context->Dim(data, 3)});
  context->set_output(0, output);
  context->set_output(1, keeps ? output : context->Vector(0));
  return absl::OkStatus();
}

absl::Status GradientShape(InferenceContext* context) {
  ShapeHandle places;
  std::vector<int> sizes;
  TF_RETURN_IF_ERROR(context->WithRank(context->input(0), 4, &places));
  TF_RETURN_IF_ERROR(context->GetAttr("sizes", &sizes));
  if (sizes.size() != 2) return InvalidArgument("sizes has two numbers");
  context->set_output(0, context->MakeShape({context->Dim(places, 0), sizes[0], sizes[1], context->Dim(places, 3)}));
  return absl::OkStatus();
}

}  // namespace

REGISTER_OP("MxgraftMaxPool")
    .Input("data: float")
    .Output("output: float")
    .Output("places: int32")
    .Attr("kernel: list(int)")
    .Attr("strides: list(int)")
    .Attr("rows: list(int)")
    .Attr("keeps: bool")
    .SetShapeFn(OutputShapes);

REGISTER_OP("MxgraftMaxPoolGradient")
    .Input("places: int32")
    .Input("gradient: float")
    .Output("data_gradient: float")
    .Attr("kernel: list(int)")
    .Attr("strides: list(int)")
    .Attr("rows: list(int)")
    .Attr("sizes: list(int)")
    .SetShapeFn(GradientShape);

namespace {

class PoolingKernel : public OpKernel {
 public:
  explicit PoolingKernel(OpKernelConstruction* construction) : OpKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("kernel", &kernel_));
    OP_REQUIRES_OK(construction, construction->GetAttr("strides", &strides_));
    OP_REQUIRES_OK(construction, construction->GetAttr("rows", &rows_));
    OP_REQUIRES(construction, kernel_.size() == 2 && strides_.size() == 2 && rows_.size() == 4,
                InvalidArgument("kernel and strides have two numbers each, rows has four"));
    const auto positive = [](int32_t number) { return number > 0; };
    OP_REQUIRES(construction,
                std::all_of(kernel_.begin(), kernel_.end(), positive) &&
                    std::all_of(strides_.begin(), strides_.end(), positive) &&
                    *std::min_element(rows_.begin(), rows_.end()) >= 0,
                InvalidArgument("kernel and strides are positive and rows not negative"));
  }

 protected:
  absl::Status Measure(int64_t height, int64_t width, int64_t channels, PoolingSizes* sizes) const {
    PoolingSizes& s = *sizes;
    s = {height, width, channels, kernel_[0], kernel_[1], strides_[0], strides_[1], rows_[0], rows_[2]};
    const int64_t rows = height + rows_[0] + rows_[1] - s.kernel_y, columns = width + rows_[2] + rows_[3] - s.kernel_x;
    if (rows < 0 || columns < 0) {
      return InvalidArgument("a window of ", s.kernel_y, " x ", s.kernel_x, " does not fit into data of ", height, " x ",
                             width);
    }
    if (channels < 8) return InvalidArgument("data has ", channels, " channels, expected 8 or more");
    s.out_height = rows / s.stride_y + 1;
    s.out_width = columns / s.stride_x + 1;
    return absl::OkStatus();
  }

  // Calls work(image, channels) for all of them, the channels of an image in parts where there are few images.
  template <typename Work>
  static void ShareImages(OpKernelContext* context, const PoolingSizes& s, int64_t images, const Work& work) {
    const int threads = context->device()->tensorflow_cpu_worker_threads()->num_threads;
    const int64_t wanted = threads == 1 ? 1 : 2 * threads;
    const int64_t blocks = std::min((wanted + images - 1) / images, s.channels / 8);
    const int64_t parts = std::min(images, wanted);
    // About as many cycles as there are numbers in the windows.
    const int64_t cost = images * s.output() * s.kernel_y * s.kernel_x / (parts * blocks);
    ShareParts(context, parts * blocks, cost, [&](int64_t part) {
      const int64_t block = part % blocks, own = part / blocks, vectors = s.channels / 8;
      const ChannelRange channels = {block * vectors / blocks * 8,
                                     block + 1 == blocks ? s.channels : (block + 1) * vectors / blocks * 8};
      for (int64_t image = own * images / parts; image < (own + 1) * images / parts; image++) work(image, channels);
    });
  }

 private:
  std::vector<tensorflow::int32> kernel_, strides_, rows_;
};

class MaxPoolOp : public PoolingKernel {
 public:
  explicit MaxPoolOp(OpKernelConstruction* construction) : PoolingKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("keeps", &keeps_));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor& data = context->input(0);
    OP_REQUIRES(context, data.dims() == 4, WrongShape("data", data, "(N, H, W, C)"));
    PoolingSizes s;
    OP_REQUIRES_OK(context, Measure(data.dim_size(1), data.dim_size(2), data.dim_size(3), &s));
    const int64_t images = data.dim_size(0);
    const TensorShape shape({images, s.out_height, s.out_width, s.channels});
    Tensor *output, *places;
    OP_REQUIRES_OK(context, context->allocate_output(0, shape, &output));
    OP_REQUIRES_OK(context, context->allocate_output(1, keeps_ ? shape : TensorShape({0}), &places));
    if (images == 0) return;
    const float* from = data.flat<float>().data();
    float* to = output->flat<float>().data();
    int32_t* kept = keeps_ ? places->flat<int32_t>().data() : nullptr;
    ShareImages(context, s, images, [&](int64_t image, ChannelRange channels) {
      const int64_t at = image * s.output();
      MaxPoolingHere().pool(s, from + image * s.data(), channels, to + at, kept ? kept + at : nullptr);
    });
  }

 private:
  bool keeps_;
};

class MaxPoolGradientOp : public PoolingKernel {
 public:
  explicit MaxPoolGradientOp(OpKernelConstruction* construction) : PoolingKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("sizes", &sizes_));
    OP_REQUIRES(construction, sizes_.size() == 2, InvalidArgument("sizes has two numbers"));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor &places = context->input(0), &gradient = context->input(1);
    OP_REQUIRES(context, places.dims() == 4, WrongShape("places", places, "(N, OH, OW, C)"));
    PoolingSizes s;
    OP_REQUIRES_OK(context, Measure(sizes_[0], sizes_[1], places.dim_size(3), &s));
    const int64_t images = places.dim_size(0);
    const TensorShape expected({images, s.out_height, s.out_width, s.channels});
    for (const Tensor* array : {&places, &gradient}) {
      OP_REQUIRES(context, array->shape() == expected,
                  InvalidArgument("places or gradient is ", array->shape().DebugString(), ", expected ",
                                  expected.DebugString()));
    }
    Tensor* data_gradient;
    OP_REQUIRES_OK(
        context, context->allocate_output(0, TensorShape({images, s.height, s.width, s.channels}), &data_gradient));
    if (images == 0) return;
    const int32_t* kept = places.flat<int32_t>().data();
    const float* from = gradient.flat<float>().data();
    float* to = data_gradient->flat<float>().data();
    ShareImages(context, s, images, [&](int64_t image, ChannelRange channels) {
      const int64_t at = image * s.output();
      MaxPoolingHere().spread(s, kept + at, from + at, channels, to + image * s.data());
    });
  }

 private:
  std::vector<tensorflow::int32> sizes_;
};

REGISTER_KERNEL_BUILDER(Name("MxgraftMaxPool").Device(tensorflow::DEVICE_CPU), MaxPoolOp);
REGISTER_KERNEL_BUILDER(Name("MxgraftMaxPoolGradient").Device(tensorflow::DEVICE_CPU), MaxPoolGradientOp);

}  // namespace
}  // namespace mxgraft
