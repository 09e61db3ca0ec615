// Update rules of optimizers as operators that change resource variables of float32 in place, each in one pass. For the
// processor only.
//
//   MxgraftSgdUpdate      weight
//   MxgraftSgdMomUpdate   weight and momentum
//   MxgraftAdamUpdate     weight, mean and variance
//
// The formulas are in update-rows.h. Rates are scalars that may differ at each call; the others are attributes.
#include <algorithm>
#include <vector>

#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/op_kernel.h"
#include "tensorflow/core/framework/resource_mgr.h"
#include "tensorflow/core/framework/resource_var.h"
#include "tensorflow/core/util/work_sharder.h"
#include "update-rows.h"

namespace mxgraft {

REGISTER_OP("MxgraftSgdUpdate")
    .Input("weight: resource")
    .Input("gradient: float")
    .Input("lr: float")
    .Input("wd: float")
    .Input("rescale_grad: float")
    .Attr("clip_gradient: float")
    .SetIsStateful();

REGISTER_OP("MxgraftSgdMomUpdate")
    .Input("weight: resource")
    .Input("mom: resource")
    .Input("gradient: float")
    .Input("lr: float")
    .Input("wd: float")
    .Input("rescale_grad: float")
    .Input("momentum: float")
    .Attr("clip_gradient: float")
    .SetIsStateful();

REGISTER_OP("MxgraftAdamUpdate")
    .Input("weight: resource")
    .Input("mean: resource")
    .Input("var: resource")
    .Input("gradient: float")
    .Input("lr: float")
    .Input("wd: float")
    .Input("rescale_grad: float")
    .Attr("clip_gradient: float")
    .Attr("beta1: float")
    .Attr("beta2: float")
    .Attr("epsilon: float")
    .SetIsStateful();

namespace {

using tensorflow::OpKernel;
using tensorflow::OpKernelConstruction;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;
using tensorflow::Var;
using tensorflow::errors::InvalidArgument;

enum class Rule { kSgd, kSgdMom, kAdam };

// The weight and what the rule keeps beside it.
constexpr int VariablesOf(Rule rule) { return rule == Rule::kSgd ? 1 : rule == Rule::kSgdMom ? 2 : 3; }

// A reader may still hold the array; then it keeps that one.
absl::Status MakeWritable(OpKernelContext* context, Var* variable) {
  Tensor* tensor = variable->tensor();
  if (tensor->RefCountIsOne()) return absl::OkStatus();
  Tensor copy;
  TF_RETURN_IF_ERROR(context->allocate_temp(tensor->dtype(), tensor->shape(), &copy));
  std::copy_n(tensor->flat<float>().data(), tensor->NumElements(), copy.flat<float>().data());
  *tensor = copy;
  return absl::OkStatus();
}

// Locks of several variables, always in the same order, each once.
class Locks {
 public:
  explicit Locks(std::vector<tensorflow::mutex*> all) : all_(std::move(all)) {
    std::sort(all_.begin(), all_.end());
    all_.erase(std::unique(all_.begin(), all_.end()), all_.end());
    for (auto* mutex : all_) mutex->lock();
  }
  ~Locks() {
    for (auto* mutex : all_) mutex->unlock();
  }

 private:
  std::vector<tensorflow::mutex*> all_;
};

template <Rule rule>
class UpdateOp : public OpKernel {
 public:
  explicit UpdateOp(OpKernelConstruction* construction) : OpKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("clip_gradient", &rates_.clip_gradient));
    if (rule != Rule::kAdam) return;
    OP_REQUIRES_OK(construction, construction->GetAttr("beta1", &rates_.beta1));
    OP_REQUIRES_OK(construction, construction->GetAttr("beta2", &rates_.beta2));
    OP_REQUIRES_OK(construction, construction->GetAttr("epsilon", &rates_.epsilon));
  }

  void Compute(OpKernelContext* context) override {
    constexpr int kVariables = VariablesOf(rule);
    tensorflow::core::RefCountPtr<Var> variables[kVariables];
    std::vector<tensorflow::mutex*> mutexes;
    for (int i = 0; i < kVariables; i++) {
      OP_REQUIRES_OK(context, LookupResource(context, HandleFromInput(context, i), &variables[i]));
      mutexes.push_back(variables[i]->mu());
    }
    const Tensor& gradient = context->input(kVariables);
    UpdateRates rates = rates_;
    float* const numbers[] = {&rates.lr, &rates.wd, &rates.rescale_grad, &rates.momentum};
    for (int i = kVariables + 1; i < context->num_inputs(); i++) {
      OP_REQUIRES(context, context->input(i).dims() == 0, InvalidArgument("the rates are scalars"));
      *numbers[i - kVariables - 1] = context->input(i).scalar<float>()();
    }
    const Locks locks(std::move(mutexes));
    float* arrays[kVariables];
    for (int i = 0; i < kVariables; i++) {
      const Tensor& tensor = *variables[i]->tensor();
      OP_REQUIRES(context, tensor.dtype() == tensorflow::DT_FLOAT && tensor.shape() == gradient.shape(),
                  InvalidArgument("variable ", i, " is ", tensorflow::DataTypeString(tensor.dtype()), " ",
                                  tensor.shape().DebugString(), ", expected float ", gradient.shape().DebugString(),
                                  " as the gradient"));
      OP_REQUIRES_OK(context, MakeWritable(context, variables[i].get()));
      arrays[i] = variables[i]->tensor()->template flat<float>().data();
    }
    const float* g = gradient.flat<float>().data();
    const auto& workers = *context->device()->tensorflow_cpu_worker_threads();
    // Cycles for a number: the arrays come from memory.
    constexpr int64_t kCost = 4 * kVariables;
    tensorflow::Shard(workers.num_threads, workers.workers, gradient.NumElements(), kCost,
                      [&](int64_t from, int64_t to) {
                        const int64_t count = to - from;
                        if constexpr (rule == Rule::kSgd) SgdUpdate(count, arrays[0] + from, g + from, rates);
                        if constexpr (rule == Rule::kSgdMom) {
                          SgdMomUpdate(count, arrays[0] + from, arrays[1] + from, g + from, rates);
                        }
                        if constexpr (rule == Rule::kAdam) {
                          AdamUpdate(count, arrays[0] + from, arrays[1] + from, arrays[2] + from, g + from, rates);
                        }
                      });
  }

 private:
  UpdateRates rates_{};
};

REGISTER_KERNEL_BUILDER(Name("MxgraftSgdUpdate").Device(tensorflow::DEVICE_CPU), UpdateOp<Rule::kSgd>);
REGISTER_KERNEL_BUILDER(Name("MxgraftSgdMomUpdate").Device(tensorflow::DEVICE_CPU), UpdateOp<Rule::kSgdMom>);
REGISTER_KERNEL_BUILDER(Name("MxgraftAdamUpdate").Device(tensorflow::DEVICE_CPU), UpdateOp<Rule::kAdam>);

}  // namespace
}  // namespace mxgraft
