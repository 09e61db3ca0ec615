// What the kernels of all devices have in common: inputs, checks, outputs, and the variable's lock.
#ifndef MXGRAFT_CENTER_LOSS_KERNEL_H_
#define MXGRAFT_CENTER_LOSS_KERNEL_H_

#include <algorithm>
#include <string>

#include "center-pass.h"
#include "group-rows.h"
#include "tensorflow/core/framework/op_kernel.h"
#include "tensorflow/core/framework/resource_mgr.h"
#include "tensorflow/core/framework/resource_var.h"

namespace mxgraft {

// One call, checked: N rows of D columns.
struct Batch {
  const Groups& groups;
  int64_t rows = 0;
  int64_t columns = 0;
  const tensorflow::Tensor* x = nullptr;  // (N or more, D)
  tensorflow::Tensor* centers = nullptr;  // (C, D) float32
  tensorflow::Tensor* output = nullptr;   // (N, D)
  tensorflow::Tensor* loss = nullptr;     // one number; none in kBackward
  float alpha = 0.0f;
  float weight = 1.0f;       // of x - center, or of x, in the output
  float loss_weight = 0.0f;  // of the squares
};

template <Pass pass, typename Label>
class CenterLossKernel : public tensorflow::OpKernel {
 public:
  explicit CenterLossKernel(tensorflow::OpKernelConstruction* construction) : OpKernel(construction) {
    if (pass != Pass::kBackward) {
      OP_REQUIRES_OK(construction, construction->GetAttr("scalar_loss", &scalar_loss_));
    }
  }

  // The computation of a device.
  virtual absl::Status ComputeBatch(tensorflow::OpKernelContext* context, const Batch& batch) = 0;

  void Compute(tensorflow::OpKernelContext* context) final {
    tensorflow::core::RefCountPtr<tensorflow::Var> variable;
    OP_REQUIRES_OK(context, LookupResource(context, HandleFromInput(context, 0), &variable));
    if (pass == Pass::kForward) {
      // Readers may share the table.
      tensorflow::tf_shared_lock lock(*variable->mu());
      OP_REQUIRES_OK(context, ComputeLocked(context, variable.get()));
    } else {
      tensorflow::mutex_lock lock(*variable->mu());
      OP_REQUIRES_OK(context, ComputeLocked(context, variable.get()));
    }
  }

 private:
  absl::Status ComputeLocked(tensorflow::OpKernelContext* context, tensorflow::Var* variable) {
    using tensorflow::errors::InvalidArgument;
    // Kept by the thread: a small batch takes no longer than these allocations.
    static thread_local Groups groups;
    Batch batch{groups};
    batch.x = &context->input(1);
    const tensorflow::Tensor& label = context->input(2);
    batch.centers = variable->tensor();
    const char* const name = pass == Pass::kBackward ? "diff" : "data";
    const tensorflow::TensorShape& shape = batch.x->shape();
    const tensorflow::TensorShape& table = batch.centers->shape();
    if (batch.centers->dtype() != tensorflow::DT_FLOAT || table.dims() != 2) {
      return InvalidArgument("the variable of centers is ", tensorflow::DataTypeString(batch.centers->dtype()), " ",
                             table.DebugString(), ", expected float (C, D)");
    }
    if (shape.dims() != 2 || shape.dim_size(1) != table.dim_size(1)) {
      return InvalidArgument("argument \"", name, "\" has shape ", shape.DebugString(), ", expected [N,",
                             table.dim_size(1), "] for centers ", table.DebugString());
    }
    const int64_t most = shape.dim_size(0);
    const bool fits = pass == Pass::kBackward ? label.NumElements() <= most : label.NumElements() == most;
    if (label.dims() != 1 || !fits) {
      return InvalidArgument("argument \"label\" has shape ", label.shape().DebugString(), ", expected [", most,
                             "]: one class index for each row of \"", name, "\" ", shape.DebugString());
    }
    batch.rows = label.NumElements();
    batch.columns = shape.dim_size(1);
    const std::string problem =
        GroupRows(label.flat<Label>().data(), batch.rows, table.dim_size(0), &groups);
    if (!problem.empty()) return InvalidArgument("centerloss: ", problem);

    const float n = static_cast<float>(std::max<int64_t>(batch.rows, 1));
    batch.loss_weight = 0.5f / n;
    if (pass != Pass::kForward) {
      for (const int input : {3, 4}) {
        if (!tensorflow::TensorShapeUtils::IsScalar(context->input(input).shape())) {
          return InvalidArgument("argument \"", input == 3 ? "alpha" : "scale", "\" has shape ",
                                 context->input(input).shape().DebugString(), ", expected []");
        }
      }
      batch.alpha = context->input(3).scalar<float>()();
      batch.weight = context->input(4).scalar<float>()() / n;
      TF_RETURN_IF_ERROR(MakeWritable(context, variable));
      batch.centers = variable->tensor();
    }
    const tensorflow::TensorShape one = scalar_loss_ ? tensorflow::TensorShape({}) : tensorflow::TensorShape({1});
    if (pass != Pass::kBackward) TF_RETURN_IF_ERROR(context->allocate_output(0, one, &batch.loss));
    // The input's memory is the output's where nobody else needs the input.
    TF_RETURN_IF_ERROR(context->forward_input_or_allocate_output(
        {1}, pass == Pass::kBackward ? 0 : 1, tensorflow::TensorShape({batch.rows, batch.columns}), &batch.output));
    return ComputeBatch(context, batch);
  }

  // As TensorFlow's own scatter operators: a table that a reader still holds is copied, and later readers copy.
  absl::Status MakeWritable(tensorflow::OpKernelContext* context, tensorflow::Var* variable) {
    variable->copy_on_read_mode.store(true);
    tensorflow::Tensor* table = variable->tensor();
    if (table->RefCountIsOne()) return absl::OkStatus();
    tensorflow::Tensor copy;
    tensorflow::AllocatorAttributes attributes;
    attributes.set_gpu_compatible(true);
    attributes.set_nic_compatible(true);
    TF_RETURN_IF_ERROR(context->allocate_temp(table->dtype(), table->shape(), &copy, attributes));
    TF_RETURN_IF_ERROR(CopyTable(context, *table, &copy));
    *table = copy;
    return absl::OkStatus();
  }

  virtual absl::Status CopyTable(tensorflow::OpKernelContext* context, const tensorflow::Tensor& from,
                                 tensorflow::Tensor* to) {
    std::copy_n(from.flat<float>().data(), from.NumElements(), to->flat<float>().data());
    return absl::OkStatus();
  }

  bool scalar_loss_ = true;
};

}  // namespace mxgraft

#endif  // MXGRAFT_CENTER_LOSS_KERNEL_H_
