"""The worker that measures Apache MXNet 1.9.1. Argument: a folder with the package onnx, or none; see protocol.py."""
import os
import sys

# A custom operator on the processor needs a second worker.
os.environ.setdefault("MXNET_CPU_WORKER_NTHREADS", "2")
if len(sys.argv) > 1:
    sys.path.insert(0, sys.argv[1])

import mxnet as mx  # noqa: E402
import numpy as np  # noqa: E402

from protocol import read_inputs, serve  # noqa: E402

CHECKED = 3
SHOWN = {"gradient": 16, "output": 64}


class CenterLoss(mx.operator.CustomOp):
    """Center loss the way Python operators of MXNet are written: NDArrays, a loop over samples and one over labels."""

    def __init__(self, batch, alpha, scale):
        super().__init__()
        self.batch, self.alpha, self.scale = batch, alpha, scale

    def forward(self, is_train, req, in_data, out_data, aux):
        labels = in_data[1].asnumpy()
        difference, centers = aux[0], aux[1]
        for row in range(self.batch):
            difference[row] = in_data[0][row] - centers[int(labels[row])]
        self.assign(out_data[0], req[0], mx.nd.sum(mx.nd.square(difference)) / self.batch / 2)

    def backward(self, req, out_grad, in_data, out_data, in_grad, aux):
        difference, centers, total = aux[0], aux[1], aux[2]
        self.assign(in_grad[0], req[0], difference * float(self.scale / self.batch))
        rows_of = {}
        for row, label in enumerate(in_data[1].asnumpy()):
            rows_of.setdefault(int(label), []).append(row)
        for label, rows in rows_of.items():
            total[:] = 0
            for row in rows:
                total = total + difference[row]
            centers[label] += self.alpha * (total / (1 + len(rows)))


@mx.operator.register("centerloss")
class CenterLossProp(mx.operator.CustomOpProp):
    def __init__(self, num_class, alpha, scale=1.0, batchsize=64):
        super().__init__(need_top_grad=False)
        self.num_class, self.batchsize = int(num_class), int(batchsize)
        self.alpha, self.scale = float(alpha), float(scale)

    def list_arguments(self):
        return ["data", "label"]

    def list_outputs(self):
        return ["output"]

    def list_auxiliary_states(self):
        return ["diff_bias", "center_bias", "sum_bias"]

    def infer_shape(self, in_shape):
        batch, size = in_shape[0]
        return [in_shape[0], (batch,)], [(1,)], [(self.batchsize, size), (self.num_class, size), (size,)]

    def create_operator(self, ctx, shapes, dtypes):
        return CenterLoss(shapes[0][0], self.alpha, self.scale)


class CenterLossMetric(mx.metric.EvalMetric):
    """The mean of the second output."""

    def __init__(self):
        super().__init__("center_loss")

    def update(self, labels, preds):
        self.sum_metric += preds[1].asnumpy()[0]
        self.num_inst += 1


class FirstAccuracy(mx.metric.EvalMetric):
    """How often the largest number of the first output is at its label."""

    def __init__(self):
        super().__init__("accuracy")

    def update(self, labels, preds):
        found = mx.nd.argmax_channel(preds[0]).asnumpy().astype("int32")
        label = labels[0].asnumpy().astype("int32")
        self.sum_metric += (found == label).sum()
        self.num_inst += len(label)


def lenet_step(job):
    """A step of Module.fit with the program's graph, optimizer and metrics."""
    inputs = read_inputs(job)
    size = job["settings"]["batch"]
    symbol = mx.sym.load(os.path.join(job["folder"], "model-symbol.json"))
    labels = ["softmax_label", "center_label"]
    module = mx.mod.Module(symbol, label_names=labels, context=mx.cpu())
    module.bind([("data", (size, 1, 28, 28))], [(name, (size,)) for name in labels])
    arguments = {n: mx.nd.array(v) for n, v in inputs.items() if n not in ("data", "label")}
    states = {n: mx.nd.zeros(s) for n, s in zip(symbol.list_auxiliary_states(), symbol.infer_shape(
        data=(size, 1, 28, 28), softmax_label=(size,), center_label=(size,))[2])}
    module.init_params(arg_params=arguments, aux_params=states)
    module.init_optimizer(
        optimizer="sgd", optimizer_params=(("learning_rate", 0.01), ("momentum", 0.9), ("wd", 5e-4))
    )
    count = len(inputs["label"]) // size
    batches = [
        mx.io.DataBatch([mx.nd.array(data)], [mx.nd.array(label), mx.nd.array(label)], pad=0)
        for data, label in zip(
            np.split(inputs["data"].reshape(-1, 1, 28, 28), count), np.split(inputs["label"], count)
        )
    ]
    metric = mx.metric.CompositeEvalMetric([FirstAccuracy(), CenterLossMetric()])
    state = {"turn": 0}

    def step():
        batch = batches[state["turn"] % count]
        state["turn"] += 1
        module.forward_backward(batch)
        module.update()
        module.update_metric(metric, batch.label)
        mx.nd.waitall()

    check = {"softmax": [], "center": []}
    for _ in range(CHECKED):
        label = batches[state["turn"] % count].label[0].asnumpy().astype(int)
        step()
        probabilities, center = [output.asnumpy() for output in module.get_outputs()]
        check["softmax"].append(float(-np.log(probabilities[np.arange(size), label]).mean()))
        check["center"].append(float(center[0]))
    return check, {}, step


def center_step(job):
    """Forward and backward of the operator alone."""
    inputs = read_inputs(job)
    data, label = mx.nd.array(inputs["data"]), mx.nd.array(inputs["label"])
    symbol = mx.sym.Custom(
        data=mx.sym.var("data"), label=mx.sym.var("label"), op_type="centerloss",
        num_class=job["settings"]["classes"], alpha=0.5, batchsize=len(inputs["label"]), name="center")
    executor = symbol.simple_bind(mx.cpu(), data=data.shape, grad_req={"data": "write", "label": "null"})
    executor.arg_dict["data"][:] = data
    executor.arg_dict["label"][:] = label
    for state in executor.aux_dict.values():
        state[:] = 0

    def step():
        executor.forward(is_train=True)
        executor.backward()
        mx.nd.waitall()

    loss = []
    for _ in range(CHECKED):
        step()
        loss.append(float(executor.outputs[0].asnumpy()[0]))
    gradient = executor.grad_dict["data"].asnumpy().ravel()[: SHOWN["gradient"]].tolist()
    return {"loss": loss, "gradient": gradient}, {}, step


def load_model(job):
    return mx.model.load_checkpoint(os.path.join(job["folder"], "model"), 0)


def resnet18(job):
    """Inference of a model on one batch with MXNet's oneDNN subgraphs, the output read."""
    data = mx.nd.array(read_inputs(job)["data"])
    symbol, arguments, states = load_model(job)
    symbol = symbol.get_backend_symbol("MKLDNN")
    executor = symbol.simple_bind(mx.cpu(), data=data.shape, grad_req="null")
    executor.copy_params_from(arguments, states, allow_extra_params=True)

    def read():
        return executor.forward(is_train=False, data=data)[0].asnumpy()

    return {"output": read().ravel()[: SHOWN["output"]].tolist()}, {"subgraphs": "MKLDNN"}, read


def export_onnx(job):
    """Writes the model as ONNX to `settings.model`, for inputs of the shape of the case."""
    import onnx
    from mxnet import onnx as mx_onnx

    shape = read_inputs(job)["data"].shape
    file, model = job["settings"]["model"], os.path.join(job["folder"], "model")
    mx_onnx.export_model(model + "-symbol.json", model + "-0000.params", [shape], [np.float32], file)
    graph = onnx.load(file)
    # mx2onnx lists the parameters as inputs, too, which keeps a runtime from folding them.
    parameters = {tensor.name for tensor in graph.graph.initializer}
    inputs = [one for one in graph.graph.input if one.name not in parameters]
    del graph.graph.input[:]
    graph.graph.input.extend(inputs)
    onnx.save(graph, file)
    return {}, {}, lambda: None


serve(
    {"lenet-step": lenet_step, "center-step": center_step, "resnet18": resnet18, "export-onnx": export_onnx},
    {"version": mx.__version__},
)
