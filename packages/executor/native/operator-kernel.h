// What the operators of this folder share: the names of TensorFlow, and work in parts.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/op_kernel.h"
#include "tensorflow/core/framework/shape_inference.h"
#include "tensorflow/core/util/work_sharder.h"

namespace mxgraft {

using tensorflow::OpKernel;
using tensorflow::OpKernelConstruction;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;
using tensorflow::TensorShape;
using tensorflow::errors::InvalidArgument;
using tensorflow::shape_inference::InferenceContext;
using tensorflow::shape_inference::ShapeHandle;

// An input of the wrong shape, in the words of the errors of shapes.
inline absl::Status WrongShape(const char* subject, const Tensor& tensor, const char* expected) {
  return InvalidArgument(subject, " has shape ", tensor.shape().DebugString(), ", expected ", expected, ".");
}

// Calls `run` with parts of 0 .. count - 1 on several threads; `cost` is that of one, in cycles.
template <typename Run>
void InParts(OpKernelContext* context, int64_t count, int64_t cost, const Run& run) {
  const auto& workers = *context->device()->tensorflow_cpu_worker_threads();
  tensorflow::Shard(workers.num_threads, workers.workers, count, cost, run);
}

}  // namespace mxgraft
