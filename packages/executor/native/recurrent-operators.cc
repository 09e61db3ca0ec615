// One direction of a recurrent layer of MXNet over whole sequences, all steps in one operator. For the processor only.
//
//   MxgraftRecurrent            the units, from what the input gives to their gates
//   MxgraftRecurrentGradients   of what the input gives, of what the state gives, and of the state before the first step
//
// Shapes (T steps, N sequences, H units, G gates, K kept numbers; recurrent-rows.h has the gates and what is kept):
// from_input (T, N, G H) without the bias, weight (G H, H), input_bias and state_bias (G H), h (N, H), c (N, H) for lstm and else (0), lengths (N) or (0) where
// all steps count, output (T, N, H). Without `keeps`, before and kept have no elements.
#include <algorithm>

#include "operator-kernel.h"
#include "recurrent-rows.h"

namespace mxgraft {

namespace {

absl::Status ForwardShapes(InferenceContext* context) {
  ShapeHandle from_input, weight;
  TF_RETURN_IF_ERROR(context->WithRank(context->input(0), 3, &from_input));
  TF_RETURN_IF_ERROR(context->WithRank(context->input(1), 2, &weight));
  context->set_output(
      0, context->MakeShape({context->Dim(from_input, 0), context->Dim(from_input, 1), context->Dim(weight, 1)}));
  context->set_output(1, context->input(4));
  context->set_output(2, context->input(5));
  for (int i = 3; i < 5; i++) context->set_output(i, context->UnknownShape());
  return absl::OkStatus();
}

absl::Status GradientShapes(InferenceContext* context) {
  ShapeHandle output, weight;
  TF_RETURN_IF_ERROR(context->WithRank(context->input(0), 3, &output));
  TF_RETURN_IF_ERROR(context->WithRank(context->input(3), 2, &weight));
  context->set_output(
      0, context->MakeShape({context->Dim(output, 0), context->Dim(output, 1), context->Dim(weight, 0)}));
  context->set_output(2, context->MakeShape({context->Dim(output, 1), context->Dim(output, 2)}));
  for (int i : {1, 3}) context->set_output(i, context->UnknownShape());
  return absl::OkStatus();
}

}  // namespace

REGISTER_OP("MxgraftRecurrent")
    .Input("from_input: float")
    .Input("weight: float")
    .Input("input_bias: float")
    .Input("state_bias: float")
    .Input("h: float")
    .Input("c: float")
    .Input("lengths: float")
    .Output("output: float")
    .Output("last_h: float")
    .Output("last_c: float")
    .Output("before: float")
    .Output("kept: float")
    .Attr("mode: {'rnn_relu', 'rnn_tanh', 'lstm', 'gru'}")
    .Attr("reverse: bool")
    .Attr("keeps: bool")
    .SetShapeFn(ForwardShapes);

// last_h and last_c have no elements where they got no gradient; state_sums is for gru alone.
REGISTER_OP("MxgraftRecurrentGradients")
    .Input("output: float")
    .Input("last_h: float")
    .Input("last_c: float")
    .Input("weight: float")
    .Input("before: float")
    .Input("kept: float")
    .Input("lengths: float")
    .Output("input_sums: float")
    .Output("state_sums: float")
    .Output("h: float")
    .Output("c: float")
    .Attr("mode: {'rnn_relu', 'rnn_tanh', 'lstm', 'gru'}")
    .Attr("reverse: bool")
    .SetShapeFn(GradientShapes);

namespace {

RecurrentMode ModeOf(const std::string& name) {
  return name == "rnn_relu"   ? RecurrentMode::kRelu
         : name == "rnn_tanh" ? RecurrentMode::kTanh
         : name == "lstm"     ? RecurrentMode::kLstm
                              : RecurrentMode::kGru;
}

absl::Status Expect(const char* name, const Tensor& tensor, const TensorShape& expected) {
  if (tensor.shape() == expected) return absl::OkStatus();
  return InvalidArgument(name, " is ", tensor.shape().DebugString(), ", expected ", expected.DebugString());
}

// As Expect, or no elements.
absl::Status ExpectIfGiven(const char* name, const Tensor& tensor, const TensorShape& expected) {
  return tensor.NumElements() == 0 ? absl::OkStatus() : Expect(name, tensor, expected);
}

const float* ValuesOf(const Tensor& tensor) {
  return tensor.NumElements() == 0 ? nullptr : tensor.flat<float>().data();
}

class RecurrentKernel : public OpKernel {
 public:
  explicit RecurrentKernel(OpKernelConstruction* construction) : OpKernel(construction) {
    std::string mode;
    OP_REQUIRES_OK(construction, construction->GetAttr("mode", &mode));
    OP_REQUIRES_OK(construction, construction->GetAttr("reverse", &sizes_.reverse));
    sizes_.mode = ModeOf(mode);
  }

 protected:
  static absl::Status Output(OpKernelContext* context, int index, const TensorShape& shape, float** values) {
    Tensor* output;
    TF_RETURN_IF_ERROR(context->allocate_output(index, shape, &output));
    *values = output->NumElements() == 0 ? nullptr : output->flat<float>().data();
    return absl::OkStatus();
  }

  // Calls `run` with sequences from and to and memory for them; a thread takes its own through all steps.
  template <typename Run>
  static void EachPart(OpKernelContext* context, const RecurrentSizes& s, float* scratch, const Run& run) {
    const auto& workers = *context->device()->tensorflow_cpu_worker_threads();
    const int64_t parts = std::max<int64_t>(1, std::min<int64_t>(workers.num_threads, s.batch / 2));
    // About eight multiply-adds a cycle.
    const int64_t cost = s.steps * s.batch / parts * s.padded_gates() * s.units / 8;
    InParts(context, parts, cost, [&](int64_t first, int64_t last) {
      for (int64_t part = first; part < last; part++) {
        const int64_t from = part * s.batch / parts, to = (part + 1) * s.batch / parts;
        run(from, to, scratch + from * s.scratch());
      }
    });
  }

  // Without steps and sequences.
  RecurrentSizes sizes_{};
};

class RecurrentOp : public RecurrentKernel {
 public:
  explicit RecurrentOp(OpKernelConstruction* construction) : RecurrentKernel(construction) {
    OP_REQUIRES_OK(construction, construction->GetAttr("keeps", &keeps_));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor &from_input = context->input(0), &weight = context->input(1);
    const Tensor &input_bias = context->input(2), &state_bias = context->input(3);
    const Tensor &h = context->input(4), &c = context->input(5), &lengths = context->input(6);
    OP_REQUIRES(context, from_input.dims() == 3 && weight.dims() == 2,
                InvalidArgument("from_input and weight are ", from_input.shape().DebugString(), " and ",
                                weight.shape().DebugString(), ", expected (T, N, G H) and (G H, H)"));
    RecurrentSizes s = sizes_;
    s.steps = from_input.dim_size(0);
    s.batch = from_input.dim_size(1);
    s.units = weight.dim_size(1);
    const int64_t gates = s.gates() * s.units;
    const TensorShape state({s.batch, s.units});
    const bool is_lstm = s.mode == RecurrentMode::kLstm;
    OP_REQUIRES_OK(context, Expect("from_input", from_input, TensorShape({s.steps, s.batch, gates})));
    OP_REQUIRES_OK(context, Expect("weight", weight, TensorShape({gates, s.units})));
    OP_REQUIRES_OK(context, Expect("input_bias", input_bias, TensorShape({gates})));
    OP_REQUIRES_OK(context, Expect("state_bias", state_bias, TensorShape({gates})));
    OP_REQUIRES_OK(context, Expect("h", h, state));
    OP_REQUIRES_OK(context, Expect("c", c, is_lstm ? state : TensorShape({0})));
    OP_REQUIRES_OK(context, ExpectIfGiven("lengths", lengths, TensorShape({s.batch})));

    const TensorShape none({0}), all({s.steps, s.batch, s.units});
    const TensorShape kept({s.steps, s.batch, KeptOf(s.mode) * s.units});
    RecurrentForward work{};
    OP_REQUIRES_OK(context, Output(context, 0, all, &work.output));
    OP_REQUIRES_OK(context, Output(context, 1, state, &work.last_h));
    OP_REQUIRES_OK(context, Output(context, 2, is_lstm ? state : none, &work.last_c));
    OP_REQUIRES_OK(context, Output(context, 3, keeps_ ? all : none, &work.before));
    OP_REQUIRES_OK(context, Output(context, 4, keeps_ ? kept : none, &work.kept));
    if (state.num_elements() == 0) return;
    Tensor memory;
    const int64_t count = s.packed_weight() + 2 * s.padded_gates() + s.batch * s.scratch();
    OP_REQUIRES_OK(context, context->allocate_temp(tensorflow::DT_FLOAT, TensorShape({count}), &memory));
    float* packed = memory.flat<float>().data();
    float* biases = packed + s.packed_weight();
    const RecurrentRows& functions = RecurrentHere();
    functions.pack_forward(s, weight.flat<float>().data(), packed);
    PadGates(s, input_bias.flat<float>().data(), biases);
    PadGates(s, state_bias.flat<float>().data(), biases + s.padded_gates());
    work.from_input = ValuesOf(from_input);
    work.weight = packed;
    work.input_bias = biases;
    work.state_bias = biases + s.padded_gates();
    work.h = ValuesOf(h);
    work.c = ValuesOf(c);
    work.lengths = ValuesOf(lengths);
    EachPart(context, s, biases + 2 * s.padded_gates(), [&](int64_t from, int64_t to, float* scratch) {
      functions.forward(s, work, from, to, scratch);
    });
  }

 private:
  // A number for each unit and gate with zeros behind each gate.
  static void PadGates(const RecurrentSizes& s, const float* from, float* to) {
    std::fill_n(to, s.padded_gates(), 0.0f);
    for (int64_t gate = 0; gate < s.gates(); gate++) {
      std::copy_n(from + gate * s.units, s.units, to + gate * s.padded());
    }
  }

  bool keeps_;
};

class RecurrentGradientsOp : public RecurrentKernel {
 public:
  using RecurrentKernel::RecurrentKernel;

  void Compute(OpKernelContext* context) override {
    const Tensor &output = context->input(0), &last_h = context->input(1), &last_c = context->input(2);
    const Tensor &weight = context->input(3), &before = context->input(4), &kept = context->input(5);
    const Tensor& lengths = context->input(6);
    OP_REQUIRES(context, output.dims() == 3,
                InvalidArgument("output is ", output.shape().DebugString(), ", expected (T, N, H)"));
    RecurrentSizes s = sizes_;
    s.steps = output.dim_size(0);
    s.batch = output.dim_size(1);
    s.units = output.dim_size(2);
    const int64_t gates = s.gates() * s.units;
    const TensorShape none({0}), state({s.batch, s.units}), sums({s.steps, s.batch, gates});
    OP_REQUIRES_OK(context, ExpectIfGiven("last_h", last_h, state));
    OP_REQUIRES_OK(context, ExpectIfGiven("last_c", last_c, state));
    OP_REQUIRES_OK(context, Expect("weight", weight, TensorShape({gates, s.units})));
    OP_REQUIRES_OK(context, Expect("before", before, output.shape()));
    OP_REQUIRES_OK(context, Expect("kept", kept, TensorShape({s.steps, s.batch, KeptOf(s.mode) * s.units})));
    OP_REQUIRES_OK(context, ExpectIfGiven("lengths", lengths, TensorShape({s.batch})));

    RecurrentGradients work{};
    OP_REQUIRES_OK(context, Output(context, 0, sums, &work.input_sums));
    OP_REQUIRES_OK(context, Output(context, 1, s.mode == RecurrentMode::kGru ? sums : none, &work.state_sums));
    OP_REQUIRES_OK(context, Output(context, 2, state, &work.h));
    OP_REQUIRES_OK(context, Output(context, 3, s.mode == RecurrentMode::kLstm ? state : none, &work.c));
    if (state.num_elements() == 0) return;
    Tensor memory;
    const int64_t count = s.packed_weight() + s.batch * s.scratch();
    OP_REQUIRES_OK(context, context->allocate_temp(tensorflow::DT_FLOAT, TensorShape({count}), &memory));
    float* packed = memory.flat<float>().data();
    const RecurrentRows& functions = RecurrentHere();
    functions.pack_gradients(s, weight.flat<float>().data(), packed);
    work.output = ValuesOf(output);
    work.last_h = ValuesOf(last_h);
    work.last_c = ValuesOf(last_c);
    work.weight = packed;
    work.before = ValuesOf(before);
    work.kept = ValuesOf(kept);
    work.lengths = ValuesOf(lengths);
    EachPart(context, s, packed + s.packed_weight(), [&](int64_t from, int64_t to, float* scratch) {
      functions.gradients(s, work, from, to, scratch);
    });
  }
};

REGISTER_KERNEL_BUILDER(Name("MxgraftRecurrent").Device(tensorflow::DEVICE_CPU), RecurrentOp);
REGISTER_KERNEL_BUILDER(Name("MxgraftRecurrentGradients").Device(tensorflow::DEVICE_CPU), RecurrentGradientsOp);

}  // namespace
}  // namespace mxgraft
