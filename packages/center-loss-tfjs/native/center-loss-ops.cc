// Center loss as operators of TensorFlow, with the centers in a resource variable of float32 that is changed in place.
//
//   MxgraftCenterLossStep      forward, gradient and update in one pass over the features
//   MxgraftCenterLossForward   loss and differences; the centers stay
//   MxgraftCenterLossBackward  gradient and update from the differences of a forward
//
//   loss = 1/(2N) * sum_i |data_i - center[label_i]|^2         gradient_i = scale/N * (data_i - center[label_i])
//   c_y += alpha * sum(data_i - c_y over the n_y rows of class y) / (1 + n_y)
//
// A label out of range, or shapes that do not fit, end the operator with INVALID_ARGUMENT before anything is written.
#include "center-loss-kernel.h"
#include "center-pass.h"
#include "group-rows.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/shape_inference.h"
#include "tensorflow/core/util/work_sharder.h"

namespace mxgraft {
namespace {

using tensorflow::shape_inference::DimensionHandle;
using tensorflow::shape_inference::InferenceContext;
using tensorflow::shape_inference::ShapeHandle;

absl::Status SetLossShape(InferenceContext* context) {
  bool scalar;
  TF_RETURN_IF_ERROR(context->GetAttr("scalar_loss", &scalar));
  context->set_output(0, scalar ? context->Scalar() : context->Vector(1));
  return absl::OkStatus();
}

absl::Status ForwardShapes(InferenceContext* context) {
  ShapeHandle data, label;
  DimensionHandle rows;
  TF_RETURN_IF_ERROR(context->WithRank(context->input(1), 2, &data));
  TF_RETURN_IF_ERROR(context->WithRank(context->input(2), 1, &label));
  TF_RETURN_IF_ERROR(context->Merge(context->Dim(data, 0), context->Dim(label, 0), &rows));
  context->set_output(1, context->Matrix(rows, context->Dim(data, 1)));
  return SetLossShape(context);
}

absl::Status StepShapes(InferenceContext* context) {
  ShapeHandle scalar;
  TF_RETURN_IF_ERROR(context->WithRank(context->input(3), 0, &scalar));
  TF_RETURN_IF_ERROR(context->WithRank(context->input(4), 0, &scalar));
  return ForwardShapes(context);
}

absl::Status BackwardShapes(InferenceContext* context) {
  ShapeHandle diff, label, scalar;
  TF_RETURN_IF_ERROR(context->WithRank(context->input(1), 2, &diff));
  TF_RETURN_IF_ERROR(context->WithRank(context->input(2), 1, &label));
  TF_RETURN_IF_ERROR(context->WithRank(context->input(3), 0, &scalar));
  TF_RETURN_IF_ERROR(context->WithRank(context->input(4), 0, &scalar));
  context->set_output(0, context->Matrix(context->Dim(label, 0), context->Dim(diff, 1)));
  return absl::OkStatus();
}

}  // namespace

// Shapes: centers (C, D), data (N, D), label (N), alpha and scale (), loss () or, as in MXNet, (1) if not
// scalar_loss, gradient (N, D).
REGISTER_OP("MxgraftCenterLossStep")
    .Input("centers: resource")
    .Input("data: T")
    .Input("label: Tlabel")
    .Input("alpha: float")
    .Input("scale: float")
    .Output("loss: float")
    .Output("gradient: T")
    .Attr("scalar_loss: bool = true")
    .Attr("T: {float, half} = DT_FLOAT")
    .Attr("Tlabel: {float, int32} = DT_FLOAT")
    .SetIsStateful()
    .SetShapeFn(StepShapes);

REGISTER_OP("MxgraftCenterLossForward")
    .Input("centers: resource")
    .Input("data: T")
    .Input("label: Tlabel")
    .Output("loss: float")
    .Output("diff: T")
    .Attr("scalar_loss: bool = true")
    .Attr("T: {float, half} = DT_FLOAT")
    .Attr("Tlabel: {float, int32} = DT_FLOAT")
    .SetIsStateful()
    .SetShapeFn(ForwardShapes);

// diff may have more rows than the batch, of which the first N count.
REGISTER_OP("MxgraftCenterLossBackward")
    .Input("centers: resource")
    .Input("diff: T")
    .Input("label: Tlabel")
    .Input("alpha: float")
    .Input("scale: float")
    .Output("gradient: T")
    .Attr("T: {float, half} = DT_FLOAT")
    .Attr("Tlabel: {float, int32} = DT_FLOAT")
    .SetIsStateful()
    .SetShapeFn(BackwardShapes);

namespace {

template <Pass pass, typename Label>
class CenterLossCpuOp : public CenterLossKernel<pass, Label> {
 public:
  using CenterLossKernel<pass, Label>::CenterLossKernel;

  absl::Status ComputeBatch(tensorflow::OpKernelContext* context, const Batch& batch) override {
    CenterPass work(pass, batch.groups, batch.x->flat<float>().data(), batch.centers->flat<float>().data(),
                    batch.output->flat<float>().data(), batch.columns, batch.alpha, batch.weight);
    const auto& workers = *context->device()->tensorflow_cpu_worker_threads();
    const int64_t cost = 1 + batch.rows * batch.columns / std::max<int64_t>(work.parts(), 1);
    tensorflow::Shard(workers.num_threads, workers.workers, work.parts(), cost,
                      [&work](int64_t from, int64_t to) { work.Run(from, to); });
    if (batch.loss) batch.loss->flat<float>()(0) = static_cast<float>(work.Squares() * batch.loss_weight);
    return absl::OkStatus();
  }
};

#define REGISTER(name, pass, label)                                                       \
  REGISTER_KERNEL_BUILDER(Name(name)                                                      \
                              .Device(tensorflow::DEVICE_CPU)                             \
                              .TypeConstraint<float>("T")                                 \
                              .TypeConstraint<label>("Tlabel"),                           \
                          CenterLossCpuOp<pass, label>)

REGISTER("MxgraftCenterLossStep", Pass::kStep, float);
REGISTER("MxgraftCenterLossStep", Pass::kStep, int32_t);
REGISTER("MxgraftCenterLossForward", Pass::kForward, float);
REGISTER("MxgraftCenterLossForward", Pass::kForward, int32_t);
REGISTER("MxgraftCenterLossBackward", Pass::kBackward, float);
REGISTER("MxgraftCenterLossBackward", Pass::kBackward, int32_t);

}  // namespace
}  // namespace mxgraft
