"""Loads a checkpoint that mxgraft wrote into MXNet 1.9.1, runs it, trains one step on, and saves it again.

Arguments: PREFIX EPOCH INPUT.npz OUT_PREFIX. Prints the outputs of the inference forward as JSON.
"""
import json
import sys

import mxnet as mx
import numpy as np


class CenterLoss(mx.operator.CustomOp):
    """Center loss of the paper with MXNet's usual division by the batch."""

    def __init__(self, num_class, alpha, scale):
        self.num_class, self.alpha, self.scale = num_class, alpha, scale

    def forward(self, is_train, req, in_data, out_data, aux):
        labels = in_data[1].asnumpy().astype(int)
        diff = in_data[0].asnumpy() - aux[1].asnumpy()[labels]
        aux[0][:] = mx.nd.array(diff)
        self.assign(out_data[0], req[0], mx.nd.array([np.square(diff).sum() / len(labels) / 2]))

    def backward(self, req, out_grad, in_data, out_data, in_grad, aux):
        labels = in_data[1].asnumpy().astype(int)
        diff = aux[0].asnumpy()
        self.assign(in_grad[0], req[0], mx.nd.array(diff * self.scale / len(labels)))
        centers = aux[1].asnumpy()
        for label in set(labels):
            rows = diff[labels == label]
            centers[label] += self.alpha * rows.sum(axis=0) / (1 + len(rows))
        aux[1][:] = mx.nd.array(centers)


@mx.operator.register("centerloss")
class CenterLossProp(mx.operator.CustomOpProp):
    def __init__(self, num_class, alpha, scale=1.0, batchsize=64):
        super(CenterLossProp, self).__init__(need_top_grad=False)
        self.num_class, self.alpha, self.scale = int(num_class), float(alpha), float(scale)
        self.batchsize = int(batchsize)

    def list_arguments(self):
        return ["data", "label"]

    def list_auxiliary_states(self):
        return ["diff_bias", "center_bias", "sum_bias"]

    def infer_shape(self, in_shape):
        data = in_shape[0]
        aux = [[self.batchsize, data[1]], [self.num_class, data[1]], [data[1]]]
        return [data, (data[0],)], [[1]], aux

    def create_operator(self, ctx, shapes, dtypes):
        return CenterLoss(self.num_class, self.alpha, self.scale)


def main():
    prefix, epoch, inputs, out_prefix = sys.argv[1], int(sys.argv[2]), np.load(sys.argv[3]), sys.argv[4]
    data, label = inputs["data"], inputs["label"]
    names = ["softmax_label", "center_label"]
    module = mx.mod.Module.load(prefix, epoch, load_optimizer_states=True, label_names=names)
    module.bind([("data", data.shape)], [(name, label.shape) for name in names])
    params = {"learning_rate": 0.1, "momentum": 0.9}
    module.init_optimizer(optimizer="sgd", optimizer_params=params)
    batch = mx.io.DataBatch([mx.nd.array(data)], [mx.nd.array(label)] * 2)
    module.forward(batch, is_train=False)
    outputs = [output.asnumpy().tolist() for output in module.get_outputs()]
    module.forward_backward(batch)
    module.update()
    mx.nd.waitall()
    module.save_checkpoint(out_prefix, epoch + 1, save_optimizer_states=True)
    print(json.dumps(outputs))


main()
