// MxgraftConvolutionGradients: the gradients of data, filter and bias of a convolution, in one pass over the images. For
// the processor only.
#include <algorithm>
#include <vector>

#include "convolution-kernel.h"

namespace mxgraft {
namespace {

absl::Status GradientShapes(InferenceContext* context) {
  bool wants_data;
  TF_RETURN_IF_ERROR(context->GetAttr("wants_data", &wants_data));
  context->set_output(0, wants_data ? context->input(0) : context->Vector(0));
  context->set_output(1, context->input(1));
  ShapeHandle filter;
  TF_RETURN_IF_ERROR(context->WithRank(context->input(1), 4, &filter));
  context->set_output(2, context->Vector(context->Dim(filter, 3)));
  return absl::OkStatus();
}

}  // namespace

// The gradient of data has no elements if it is not wanted.
REGISTER_OP("MxgraftConvolutionGradients")
    .Input("data: float")
    .Input("filter: float")
    .Input("output_gradient: float")
    .Output("data_gradient: float")
    .Output("filter_gradient: float")
    .Output("bias_gradient: float")
    .Attr("strides: list(int)")
    .Attr("pads: list(int)")
    .Attr("wants_data: bool")
    .SetShapeFn(GradientShapes);

namespace {

class ConvolutionGradientsOp : public ConvolutionKernel {
 public:
  explicit ConvolutionGradientsOp(OpKernelConstruction* construction) : ConvolutionKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("wants_data", &wants_data_));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor &data = context->input(0), &filter = context->input(1), &gradient = context->input(2);
    ConvolutionSizes s;
    OP_REQUIRES_OK(context, Measure(data, filter.shape(), &s));
    const int64_t images = data.dim_size(0);
    const TensorShape expected({images, s.out_height, s.out_width, s.filters});
    OP_REQUIRES(context, gradient.shape() == expected,
                InvalidArgument("the gradient is ", gradient.shape().DebugString(), ", expected ",
                                expected.DebugString()));
    Tensor *data_gradient, *filter_gradient, *bias_gradient;
    OP_REQUIRES_OK(context, context->allocate_output(0, wants_data_ ? data.shape() : TensorShape({0}), &data_gradient));
    OP_REQUIRES_OK(context, context->allocate_output(1, filter.shape(), &filter_gradient));
    OP_REQUIRES_OK(context, context->allocate_output(2, TensorShape({s.filters}), &bias_gradient));

    const auto& workers = *context->device()->tensorflow_cpu_worker_threads();
    // The parts of a batch are summed in their order, so that equal calls give equal numbers.
    const int64_t parts = std::max<int64_t>(1, std::min<int64_t>(images, 2 * workers.num_threads));
    const int64_t columns = RoundedUp(s.filters);
    const int64_t sums = s.packed_filter() + columns;
    const int64_t per_part = sums + s.gradient_scratch();
    Tensor memory;
    float* turned;
    OP_REQUIRES_OK(context, Scratch(context, s.turned_filter() + parts * per_part, &memory, &turned));
    if (wants_data_) Turn(s, filter.flat<float>().data(), turned);
    float* first = turned + s.turned_filter();
    const ConvolutionGradients work = {data.flat<float>().data(), wants_data_ ? turned : nullptr,
                                       gradient.flat<float>().data(), data_gradient->flat<float>().data()};
    const ConvolutionImages& functions = ConvolutionHere();
    const int64_t cost = images / parts * s.pixels() * s.line() * s.kernel_y * s.filters / 4;
    ShareParts(context, parts, cost, [&](int64_t part) {
      float* own = first + part * per_part;
      std::fill(own, own + sums, 0.0f);
      functions.gradients(s, work, part * images / parts, (part + 1) * images / parts, own + sums, own,
                          own + s.packed_filter());
    });
    for (int64_t part = 1; part < parts; part++) {
      const float* own = first + part * per_part;
      for (int64_t i = 0; i < sums; i++) first[i] += own[i];
    }
    float* to = filter_gradient->flat<float>().data();
    for (int64_t i = 0; i < s.kernel_y * s.line(); i++) {
      std::copy_n(first + i * columns, s.filters, to + i * s.filters);
    }
    std::copy_n(first + s.packed_filter(), s.filters, bias_gradient->flat<float>().data());
  }

 private:
  // (KH, line, O) as (KH, O, line rounded up).
  static void Turn(const ConvolutionSizes& s, const float* filter, float* turned) {
    const int64_t line = s.line(), columns = RoundedUp(line);
    std::fill(turned, turned + s.turned_filter(), 0.0f);
    for (int64_t y = 0; y < s.kernel_y; y++) {
      for (int64_t k = 0; k < line; k++) {
        for (int64_t j = 0; j < s.filters; j++) {
          turned[(y * s.filters + j) * columns + k] = filter[(y * line + k) * s.filters + j];
        }
      }
    }
  }

  bool wants_data_;
};

REGISTER_KERNEL_BUILDER(Name("MxgraftConvolutionGradients").Device(tensorflow::DEVICE_CPU), ConvolutionGradientsOp);

}  // namespace
}  // namespace mxgraft
