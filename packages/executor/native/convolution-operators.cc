// Convolutions over two axes, for the processor only.
//
//   MxgraftConvolution        data * filter + bias; faster than oneDNN's with few channels, which leave most of the
//                             registers of its blocks of 16 channels empty
//   MxgraftPackFilter         a filter in the order in which MxgraftFusedConvolution reads it, or transformed for tiles
//   MxgraftFusedConvolution   max(data * filter + bias + residual, floor): an evaluation, with a filter packed once
//
// Shapes: those of convolution-kernel.h; bias (O) or (0), residual as the output or (0), kernel (2).
#ifdef __linux__
#include <sys/mman.h>
#endif

#include <algorithm>
#include <limits>
#include <vector>

#include "convolution-kernel.h"
#include "forward-cut.h"

namespace mxgraft {
namespace {

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

}  // namespace

REGISTER_OP("MxgraftConvolution")
    .Input("data: float")
    .Input("filter: float")
    .Input("bias: float")
    .Output("output: float")
    .Attr("strides: list(int)")
    .Attr("pads: list(int)")
    .SetShapeFn(ForwardShapes);

REGISTER_OP("MxgraftPackFilter")
    .Input("filter: float")
    .Output("packed: float")
    .Attr("tile: int = 1")
    .SetShapeFn([](InferenceContext* context) {
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
    .Attr("tile: int = 1")
    .Attr("floor: float")
    .SetShapeFn(FusedShapes);

namespace {

// Rows of `count` numbers with zeros up to `padded`.
void PadRows(const float* from, int64_t rows, int64_t count, int64_t padded, float* to) {
  for (int64_t i = 0; i < rows; i++, from += count, to += padded) {
    std::copy_n(from, count, to);
    std::fill(to + count, to + padded, 0.0f);
  }
}

// Which convolutions tiles of Winograd's algorithm serve; how many channels they need is what fills a register.
absl::Status CheckTile(const ConvolutionSizes& s) {
  if (s.tile == 1) return absl::OkStatus();
  if (s.tile != 2 && s.tile != 4) return InvalidArgument("tile is ", s.tile, ", expected 1, 2 or 4");
  const bool is_served = s.kernel_y == 3 && s.kernel_x == 3 && s.stride_y == 1 && s.stride_x == 1 && s.channels >= 8;
  if (is_served) return absl::OkStatus();
  return InvalidArgument("tile is ", s.tile, ", which needs a kernel of 3 x 3, strides of 1 and 8 channels; the kernel is ",
                         s.kernel_y, " x ", s.kernel_x, ", the strides are ", s.stride_y, " and ", s.stride_x, ", with ",
                         s.channels, " channels");
}

void Pack(OpKernelContext* context, const ConvolutionSizes& s, const Tensor& filter, float* packed) {
  const int64_t panels = FilterPanels(s.filters).count();
  ShareParts(context, panels, s.packed_filter() / panels, [&](int64_t panel) {
    ConvolutionHere().pack(s, filter.flat<float>().data(), panel, packed);
  });
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
  static absl::Status Run(OpKernelContext* context, const ConvolutionSizes& s, int64_t images, const Tensor& bias,
                          ConvolutionForward work) {
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
    ShareParts(context, cut.count(), cost,
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
    Pack(context, s, filter, packed);
    OP_REQUIRES_OK(context, Run(context, s, images, bias,
                                {.data = data.flat<float>().data(),
                                 .filter = packed,
                                 .floor = -std::numeric_limits<float>::infinity(),
                                 .output = output->flat<float>().data()}));
  }
};

// Large arrays that are read from end to end at every evaluation: with pages of 4 KB, finding the pages takes longer than
// computing. The pages around both ends are asked for too, since neighbours in memory are often of the same kind.
void AskForLargePages(void* memory, size_t bytes) {
#ifdef MADV_HUGEPAGE
  constexpr uintptr_t kPage = uintptr_t{1} << 21;
  if (bytes < kPage / 8) return;
  const uintptr_t from = reinterpret_cast<uintptr_t>(memory) / kPage * kPage;
  const uintptr_t to = (reinterpret_cast<uintptr_t>(memory) + bytes + kPage - 1) / kPage * kPage;
  // A wish: where it is not granted, all works as before.
  madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);
#endif
}

class PackFilterOp : public OpKernel {
 public:
  explicit PackFilterOp(OpKernelConstruction* construction) : OpKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("tile", &tile_));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor& filter = context->input(0);
    OP_REQUIRES(context, filter.dims() == 4,
                InvalidArgument("filter is ", filter.shape().DebugString(), ", expected (KH, KW, C, O)"));
    ConvolutionSizes s{};
    s.kernel_y = filter.dim_size(0);
    s.kernel_x = filter.dim_size(1);
    s.channels = filter.dim_size(2);
    s.filters = filter.dim_size(3);
    s.stride_y = s.stride_x = 1;
    s.tile = tile_;
    OP_REQUIRES_OK(context, CheckTile(s));
    Tensor* packed;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({s.packed_filter()}), &packed));
    if (filter.NumElements() == 0) return;
    float* to = packed->flat<float>().data();
    AskForLargePages(to, s.packed_filter() * sizeof(float));
    Pack(context, s, filter, to);
  }

 private:
  int64_t tile_;
};

class FusedConvolutionOp : public ForwardKernel {
 public:
  explicit FusedConvolutionOp(OpKernelConstruction* construction) : ForwardKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("kernel", &kernel_));
    OP_REQUIRES(construction, kernel_.size() == 2, InvalidArgument("kernel has two numbers"));
    OP_REQUIRES_OK(construction, construction->GetAttr("filters", &filters_));
    OP_REQUIRES_OK(construction, construction->GetAttr("tile", &tile_));
    OP_REQUIRES_OK(construction, construction->GetAttr("floor", &floor_));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor &data = context->input(0), &packed = context->input(1), &bias = context->input(2);
    const Tensor& residual = context->input(3);
    OP_REQUIRES(context, data.dims() == 4,
                InvalidArgument("data is ", data.shape().DebugString(), ", expected (N, H, W, C)"));
    ConvolutionSizes s;
    OP_REQUIRES_OK(context, Measure(data, TensorShape({kernel_[0], kernel_[1], data.dim_size(3), filters_}), &s));
    s.tile = tile_;
    OP_REQUIRES_OK(context, CheckTile(s));
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
  int64_t filters_, tile_;
  float floor_;
};

REGISTER_KERNEL_BUILDER(Name("MxgraftConvolution").Device(tensorflow::DEVICE_CPU), ConvolutionOp);
REGISTER_KERNEL_BUILDER(Name("MxgraftPackFilter").Device(tensorflow::DEVICE_CPU), PackFilterOp);
REGISTER_KERNEL_BUILDER(Name("MxgraftFusedConvolution").Device(tensorflow::DEVICE_CPU), FusedConvolutionOp);

}  // namespace
}  // namespace mxgraft
