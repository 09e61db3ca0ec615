// What the operators of convolutions share: their sizes.
//
// Shapes: data (N, H, W, C), filter (KH, KW, C, O), output (N, OH, OW, O); strides and pads (2).
#pragma once

#include <cstdint>
#include <vector>

#include "convolution-images.h"
#include "share-parts.h"

namespace mxgraft {

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

}  // namespace mxgraft
