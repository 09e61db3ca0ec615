// Convolutions over two axes with few channels, which leave most of the registers of oneDNN's blocks of 16 channels
// empty. For the processor only.
//
//   MxgraftConvolution            data * filter + bias
//   MxgraftConvolutionGradients   of data, filter and bias, in one pass over the images
//
// Shapes: data (N, H, W, C), filter (KH, KW, C, O), bias (O) or (0), output (N, OH, OW, O); strides and pads (2).
#include <algorithm>
#include <vector>

#include "convolution-images.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/op_kernel.h"
#include "tensorflow/core/framework/shape_inference.h"
#include "tensorflow/core/util/work_sharder.h"

namespace mxgraft {
namespace {

using tensorflow::OpKernel;
using tensorflow::OpKernelConstruction;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;
using tensorflow::TensorShape;
using tensorflow::errors::InvalidArgument;
using tensorflow::shape_inference::InferenceContext;
using tensorflow::shape_inference::ShapeHandle;

absl::Status ForwardShapes(InferenceContext* context) {
  ShapeHandle data, filter;
  TF_RETURN_IF_ERROR(context->WithRank(context->input(0), 4, &data));
  TF_RETURN_IF_ERROR(context->WithRank(context->input(1), 4, &filter));
  context->set_output(0, context->MakeShape({context->Dim(data, 0), context->UnknownDim(), context->UnknownDim(),
                                             context->Dim(filter, 3)}));
  return absl::OkStatus();
}

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

REGISTER_OP("MxgraftConvolution")
    .Input("data: float")
    .Input("filter: float")
    .Input("bias: float")
    .Output("output: float")
    .Attr("strides: list(int)")
    .Attr("pads: list(int)")
    .SetShapeFn(ForwardShapes);

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

class ConvolutionKernel : public OpKernel {
 public:
  explicit ConvolutionKernel(OpKernelConstruction* construction) : OpKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("strides", &strides_));
    OP_REQUIRES_OK(construction, construction->GetAttr("pads", &pads_));
    OP_REQUIRES(construction, strides_.size() == 2 && pads_.size() == 2,
                InvalidArgument("strides and pads have two numbers each"));
    OP_REQUIRES(construction, strides_[0] > 0 && strides_[1] > 0 && pads_[0] >= 0 && pads_[1] >= 0,
                InvalidArgument("strides are positive and pads not negative"));
  }

 protected:
  absl::Status Measure(const Tensor& data, const Tensor& filter, ConvolutionSizes* sizes) const {
    if (data.dims() != 4 || filter.dims() != 4 || data.dim_size(3) != filter.dim_size(2)) {
      return InvalidArgument("data ", data.shape().DebugString(), " and filter ", filter.shape().DebugString(),
                             " do not fit: expected (N, H, W, C) and (KH, KW, C, O)");
    }
    ConvolutionSizes& s = *sizes;
    s.height = data.dim_size(1);
    s.width = data.dim_size(2);
    s.channels = data.dim_size(3);
    s.kernel_y = filter.dim_size(0);
    s.kernel_x = filter.dim_size(1);
    s.filters = filter.dim_size(3);
    s.stride_y = strides_[0];
    s.stride_x = strides_[1];
    s.pad_y = pads_[0];
    s.pad_x = pads_[1];
    if (filter.NumElements() == 0 || s.padded_height() < s.kernel_y || s.padded_width() < s.kernel_x) {
      return InvalidArgument("a filter ", filter.shape().DebugString(), " does not fit into data ",
                             data.shape().DebugString());
    }
    s.out_height = (s.padded_height() - s.kernel_y) / s.stride_y + 1;
    s.out_width = (s.padded_width() - s.kernel_x) / s.stride_x + 1;
    return absl::OkStatus();
  }

  static absl::Status Scratch(OpKernelContext* context, int64_t numbers, Tensor* tensor, float** at) {
    TF_RETURN_IF_ERROR(context->allocate_temp(tensorflow::DT_FLOAT, TensorShape({numbers}), tensor));
    *at = tensor->flat<float>().data();
    return absl::OkStatus();
  }

 private:
  std::vector<tensorflow::int32> strides_, pads_;
};

// Rows of `count` numbers with zeros up to `padded`.
void PadRows(const float* from, int64_t rows, int64_t count, int64_t padded, float* to) {
  for (int64_t i = 0; i < rows; i++, from += count, to += padded) {
    std::copy_n(from, count, to);
    std::fill(to + count, to + padded, 0.0f);
  }
}

class ConvolutionOp : public ConvolutionKernel {
 public:
  using ConvolutionKernel::ConvolutionKernel;

  void Compute(OpKernelContext* context) override {
    const Tensor &data = context->input(0), &filter = context->input(1), &bias = context->input(2);
    ConvolutionSizes s;
    OP_REQUIRES_OK(context, Measure(data, filter, &s));
    OP_REQUIRES(context, bias.NumElements() == 0 || bias.NumElements() == s.filters,
                InvalidArgument("bias has ", bias.NumElements(), " numbers, expected one for each of ", s.filters,
                                " filters"));
    const int64_t images = data.dim_size(0);
    Tensor* output;
    OP_REQUIRES_OK(context, context->allocate_output(
                                0, TensorShape({images, s.out_height, s.out_width, s.filters}), &output));
    if (images == 0) return;
    const auto& workers = *context->device()->tensorflow_cpu_worker_threads();
    const int64_t columns = RoundedUp(s.filters);
    const int64_t parts = std::min<int64_t>(images, 4 * workers.num_threads);
    Tensor memory;
    float* packed;
    OP_REQUIRES_OK(context, Scratch(context, s.packed_filter() + columns + parts * s.forward_scratch(), &memory,
                                    &packed));
    float* packed_bias = packed + s.packed_filter();
    float* scratch = packed_bias + columns;
    PadRows(filter.flat<float>().data(), s.kernel_y * s.line(), s.filters, columns, packed);
    if (bias.NumElements() > 0) PadRows(bias.flat<float>().data(), 1, s.filters, columns, packed_bias);
    const ConvolutionForward work = {data.flat<float>().data(), packed,
                                     bias.NumElements() > 0 ? packed_bias : nullptr, output->flat<float>().data()};
    const ConvolutionImages& functions = ConvolutionHere();
    // About eight multiply-adds a cycle.
    const int64_t cost = images / parts * s.pixels() * s.line() * s.kernel_y * s.filters / 8;
    tensorflow::Shard(workers.num_threads, workers.workers, parts, cost, [&](int64_t from, int64_t to) {
      for (int64_t part = from; part < to; part++) {
        functions.forward(s, work, part * images / parts, (part + 1) * images / parts,
                          scratch + part * s.forward_scratch());
      }
    });
  }
};

class ConvolutionGradientsOp : public ConvolutionKernel {
 public:
  explicit ConvolutionGradientsOp(OpKernelConstruction* construction) : ConvolutionKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("wants_data", &wants_data_));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor &data = context->input(0), &filter = context->input(1), &gradient = context->input(2);
    ConvolutionSizes s;
    OP_REQUIRES_OK(context, Measure(data, filter, &s));
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
    tensorflow::Shard(workers.num_threads, workers.workers, parts, cost, [&](int64_t from, int64_t to) {
      for (int64_t part = from; part < to; part++) {
        float* own = first + part * per_part;
        std::fill(own, own + sums, 0.0f);
        functions.gradients(s, work, part * images / parts, (part + 1) * images / parts, own + sums, own,
                            own + s.packed_filter());
      }
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

REGISTER_KERNEL_BUILDER(Name("MxgraftConvolution").Device(tensorflow::DEVICE_CPU), ConvolutionOp);
REGISTER_KERNEL_BUILDER(Name("MxgraftConvolutionGradients").Device(tensorflow::DEVICE_CPU), ConvolutionGradientsOp);

}  // namespace
}  // namespace mxgraft
