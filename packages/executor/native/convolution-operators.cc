// Convolutions over two axes with few channels, which leave most of the registers of oneDNN's blocks of 16 channels
// empty. For the processor only.
//
//   MxgraftConvolution            data * filter + bias
//   MxgraftConvolutionGradients   of data, filter and bias, in one pass over the images
//   MxgraftPackFilter             a filter in the order in which MxgraftFusedConvolution reads it
//   MxgraftFusedConvolution       max(data * filter + bias + residual, floor): an evaluation, with a filter packed once
//
// Shapes: data (N, H, W, C), filter (KH, KW, C, O), bias (O) or (0), output (N, OH, OW, O), residual as the output or
// (0); strides, pads and kernel (2).
#ifdef __linux__
#include <sys/mman.h>
#endif

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "convolution-images.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/op_kernel.h"
#include "tensorflow/core/framework/shape_inference.h"
#include "tensorflow/core/util/work_sharder.h"
#include "work-team.h"

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

using tensorflow::shape_inference::DimensionOrConstant;

absl::Status OutputShape(InferenceContext* context, DimensionOrConstant filters) {
  ShapeHandle data;
  TF_RETURN_IF_ERROR(context->WithRank(context->input(0), 4, &data));
  context->set_output(
      0, context->MakeShape({context->Dim(data, 0), context->UnknownDim(), context->UnknownDim(), filters}));
  return absl::OkStatus();
}

absl::Status ForwardShapes(InferenceContext* context) {
  ShapeHandle filter;
  TF_RETURN_IF_ERROR(context->WithRank(context->input(1), 4, &filter));
  return OutputShape(context, context->Dim(filter, 3));
}

absl::Status FusedShapes(InferenceContext* context) {
  int64_t filters;
  TF_RETURN_IF_ERROR(context->GetAttr("filters", &filters));
  return OutputShape(context, filters);
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

REGISTER_OP("MxgraftPackFilter").Input("filter: float").Output("packed: float").SetShapeFn([](InferenceContext* context) {
  context->set_output(0, context->Vector(context->UnknownDim()));
  return absl::OkStatus();
});

REGISTER_OP("MxgraftFusedConvolution")
    .Input("data: float")
    .Input("packed: float")
    .Input("bias: float")
    .Input("residual: float")
    .Output("output: float")
    .Attr("strides: list(int)")
    .Attr("pads: list(int)")
    .Attr("kernel: list(int)")
    .Attr("filters: int")
    .Attr("floor: float")
    .SetShapeFn(FusedShapes);

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
  // `filter` is (KH, KW, C, O).
  absl::Status Measure(const Tensor& data, const TensorShape& filter, ConvolutionSizes* sizes) const {
    if (data.dims() != 4 || filter.dims() != 4 || data.dim_size(3) != filter.dim_size(2)) {
      return InvalidArgument("data ", data.shape().DebugString(), " and filter ", filter.DebugString(),
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
    if (filter.num_elements() == 0 || s.padded_height() < s.kernel_y || s.padded_width() < s.kernel_x) {
      return InvalidArgument("a filter ", filter.DebugString(), " does not fit into data ",
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

// Calls work(part) for all parts, by the team or, while that is busy, by TensorFlow's threads.
template <typename Work>
void ShareParts(const tensorflow::DeviceBase::CpuWorkerThreads& workers, int64_t parts, int64_t cost,
                const Work& work) {
  if (parts > 1 && WorkTeam::Here(workers.num_threads).Run(parts, work)) return;
  tensorflow::Shard(workers.num_threads, workers.workers, parts, cost, [&](int64_t from, int64_t to) {
    for (int64_t part = from; part < to; part++) work(part);
  });
}

// Rows of `count` numbers with zeros up to `padded`.
void PadRows(const float* from, int64_t rows, int64_t count, int64_t padded, float* to) {
  for (int64_t i = 0; i < rows; i++, from += count, to += padded) {
    std::copy_n(from, count, to);
    std::fill(to + count, to + padded, 0.0f);
  }
}

void PackFilter(const ConvolutionSizes& s, const float* filter, float* packed) {
  const FilterPanels panels(s.filters);
  for (int64_t i = 0; i < panels.count(); i++) {
    const auto [first, count] = panels[i];
    const int64_t present = std::min(count, s.filters - first);
    for (int64_t step = 0; step < s.steps(); step++, packed += count) {
      std::copy_n(filter + step * s.filters + first, present, packed);
      std::fill(packed + present, packed + count, 0.0f);
    }
  }
}

// Cuts a forward pass into about equal parts, so many that the threads end at about the same time: images first, then
// what is larger, the panels of filters or the rows of the data, since a part reads its own only.
class ForwardCut {
 public:
  ForwardCut(const ConvolutionSizes& s, int64_t images, int threads)
      : sizes_{images, s.out_height, FilterPanels(s.filters).count()} {
    int64_t left = threads == 1 ? 1 : 2 * threads;
    const bool many_filters = s.packed_filter() > 2 * s.padded_data();
    for (const int axis : {0, many_filters ? 2 : 1, many_filters ? 1 : 2}) {
      cuts_[axis] = std::min(sizes_[axis], left);
      left = (left + cuts_[axis] - 1) / cuts_[axis];
    }
  }
  int64_t count() const { return cuts_[0] * cuts_[1] * cuts_[2]; }
  int64_t most_images() const { return (sizes_[0] + cuts_[0] - 1) / cuts_[0]; }
  // Neighbours share panels.
  ConvolutionPart operator[](int64_t part) const {
    const auto range = [this](int axis, int64_t i, int64_t* to) {
      to[0] = i * sizes_[axis] / cuts_[axis];
      to[1] = (i + 1) * sizes_[axis] / cuts_[axis];
    };
    ConvolutionPart own;
    range(0, part % cuts_[0], own.images);
    range(1, part / cuts_[0] % cuts_[1], own.rows);
    range(2, part / cuts_[0] / cuts_[1], own.panels);
    return own;
  }

 private:
  std::array<int64_t, 3> sizes_, cuts_;
};

// Where every output needs one number of each channel, all pixels of an image can be one row. Long rows stay, so that
// threads can share an image.
void JoinRows(ConvolutionSizes* s) {
  if (s->steps() != s->channels || s->stride_y != 1 || s->stride_x != 1 || s->pads() || s->width > 24) return;
  s->width *= s->height;
  s->out_width = s->width;
  s->height = s->out_height = 1;
}

// What the two forward operators share.
class ForwardKernel : public ConvolutionKernel {
 public:
  using ConvolutionKernel::ConvolutionKernel;

 protected:
  static TensorShape OutputOf(const ConvolutionSizes& s, int64_t images) {
    return TensorShape({images, s.out_height, s.out_width, s.filters});
  }

  static absl::Status CheckBias(const Tensor& bias, const ConvolutionSizes& s) {
    if (bias.NumElements() == 0 || bias.NumElements() == s.filters) return absl::OkStatus();
    return InvalidArgument("bias has ", bias.NumElements(), " numbers, expected one for each of ", s.filters,
                           " filters");
  }

  // `work.filter` is packed; `bias` is not filled up.
  static absl::Status Run(OpKernelContext* context, ConvolutionSizes s, int64_t images, const Tensor& bias,
                          ConvolutionForward work) {
    JoinRows(&s);
    const auto& workers = *context->device()->tensorflow_cpu_worker_threads();
    const ConvolutionImages& functions = ConvolutionHere();
    const ForwardCut cut(s, images, workers.num_threads);
    const int64_t columns = RoundedUp(s.filters), part_scratch = functions.forward_scratch(s, cut.most_images());
    Tensor memory;
    float* filled_bias;
    TF_RETURN_IF_ERROR(Scratch(context, columns + cut.count() * part_scratch, &memory, &filled_bias));
    float* scratch = filled_bias + columns;
    work.bias = bias.NumElements() > 0 ? filled_bias : nullptr;
    if (work.bias) PadRows(bias.flat<float>().data(), 1, s.filters, columns, filled_bias);
    // About sixteen multiply-adds a cycle.
    const int64_t cost = images * s.pixels() * s.steps() * s.filters / cut.count() / 16;
    ShareParts(workers, cut.count(), cost,
               [&](int64_t part) { functions.forward(s, work, cut[part], scratch + part * part_scratch); });
    return absl::OkStatus();
  }
};

class ConvolutionOp : public ForwardKernel {
 public:
  using ForwardKernel::ForwardKernel;

  void Compute(OpKernelContext* context) override {
    const Tensor &data = context->input(0), &filter = context->input(1), &bias = context->input(2);
    ConvolutionSizes s;
    OP_REQUIRES_OK(context, Measure(data, filter.shape(), &s));
    OP_REQUIRES_OK(context, CheckBias(bias, s));
    const int64_t images = data.dim_size(0);
    Tensor* output;
    OP_REQUIRES_OK(context, context->allocate_output(0, OutputOf(s, images), &output));
    if (images == 0) return;
    Tensor memory;
    float* packed;
    OP_REQUIRES_OK(context, Scratch(context, s.packed_filter(), &memory, &packed));
    PackFilter(s, filter.flat<float>().data(), packed);
    OP_REQUIRES_OK(context, Run(context, s, images, bias,
                                {.data = data.flat<float>().data(),
                                 .filter = packed,
                                 .floor = -std::numeric_limits<float>::infinity(),
                                 .output = output->flat<float>().data()}));
  }
};

// Large arrays that are read from end to end at every evaluation: with pages of 4 KB, finding the pages takes longer than
// computing. Only what fills a large page can be in one.
void AskForLargePages(void* memory, size_t bytes) {
#ifdef MADV_HUGEPAGE
  constexpr uintptr_t kPage = uintptr_t{1} << 21;
  const uintptr_t from = (reinterpret_cast<uintptr_t>(memory) + kPage - 1) / kPage * kPage;
  const uintptr_t to = (reinterpret_cast<uintptr_t>(memory) + bytes) / kPage * kPage;
  // A wish: where it is not granted, all works as before.
  if (from < to) madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);
#endif
}

class PackFilterOp : public OpKernel {
 public:
  using OpKernel::OpKernel;

  void Compute(OpKernelContext* context) override {
    const Tensor& filter = context->input(0);
    OP_REQUIRES(context, filter.dims() == 4,
                InvalidArgument("filter is ", filter.shape().DebugString(), ", expected (KH, KW, C, O)"));
    ConvolutionSizes s{};
    s.kernel_y = filter.dim_size(0);
    s.kernel_x = filter.dim_size(1);
    s.channels = filter.dim_size(2);
    s.filters = filter.dim_size(3);
    Tensor* packed;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({s.packed_filter()}), &packed));
    if (filter.NumElements() == 0) return;
    float* to = packed->flat<float>().data();
    AskForLargePages(to, s.packed_filter() * sizeof(float));
    PackFilter(s, filter.flat<float>().data(), to);
  }
};

class FusedConvolutionOp : public ForwardKernel {
 public:
  explicit FusedConvolutionOp(OpKernelConstruction* construction) : ForwardKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("kernel", &kernel_));
    OP_REQUIRES(construction, kernel_.size() == 2, InvalidArgument("kernel has two numbers"));
    OP_REQUIRES_OK(construction, construction->GetAttr("filters", &filters_));
    OP_REQUIRES_OK(construction, construction->GetAttr("floor", &floor_));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor &data = context->input(0), &packed = context->input(1), &bias = context->input(2);
    const Tensor& residual = context->input(3);
    OP_REQUIRES(context, data.dims() == 4,
                InvalidArgument("data is ", data.shape().DebugString(), ", expected (N, H, W, C)"));
    ConvolutionSizes s;
    OP_REQUIRES_OK(context, Measure(data, TensorShape({kernel_[0], kernel_[1], data.dim_size(3), filters_}), &s));
    OP_REQUIRES(context, packed.NumElements() == s.packed_filter(),
                InvalidArgument("the packed filter has ", packed.NumElements(), " numbers, expected ",
                                s.packed_filter()));
    OP_REQUIRES_OK(context, CheckBias(bias, s));
    const int64_t images = data.dim_size(0);
    const TensorShape shape = OutputOf(s, images);
    const bool adds = residual.dims() == 4;
    OP_REQUIRES(context, !adds || residual.shape() == shape,
                InvalidArgument("the residual is ", residual.shape().DebugString(), ", expected ",
                                shape.DebugString()));
    Tensor* output;
    OP_REQUIRES_OK(context, context->allocate_output(0, shape, &output));
    if (images == 0) return;
    OP_REQUIRES_OK(context, Run(context, s, images, bias,
                                {.data = data.flat<float>().data(),
                                 .filter = packed.flat<float>().data(),
                                 .residual = adds ? residual.flat<float>().data() : nullptr,
                                 .floor = floor_,
                                 .output = output->flat<float>().data()}));
  }

 private:
  std::vector<tensorflow::int32> kernel_;
  int64_t filters_;
  float floor_;
};

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
    ShareParts(workers, parts, cost, [&](int64_t part) {
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

REGISTER_KERNEL_BUILDER(Name("MxgraftConvolution").Device(tensorflow::DEVICE_CPU), ConvolutionOp);
REGISTER_KERNEL_BUILDER(Name("MxgraftPackFilter").Device(tensorflow::DEVICE_CPU), PackFilterOp);
REGISTER_KERNEL_BUILDER(Name("MxgraftFusedConvolution").Device(tensorflow::DEVICE_CPU), FusedConvolutionOp);
REGISTER_KERNEL_BUILDER(Name("MxgraftConvolutionGradients").Device(tensorflow::DEVICE_CPU), ConvolutionGradientsOp);

}  // namespace
}  // namespace mxgraft
