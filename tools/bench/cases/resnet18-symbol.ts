import { type Symbol as MxSymbol, NameManager } from "@mxgraft/symbol";
import { sym } from "mxgraft";

/** Filters of the four stages, each of two blocks. */
const STAGES = [64, 128, 256, 512];

/** ResNet-18 as Gluon's model zoo has it (`resnet18_v1`), the names of its layers simplified. */
export function resnet18Symbol(classes: number): MxSymbol {
  return new NameManager().run(() => {
    let body = convolve(sym.variable("data"), "conv0", { filters: 64, kernel: 7, stride: 2, pad: 3 });
    body = sym.Activation({ data: body, act_type: "relu", name: "relu0" });
    body = sym.Pooling({ data: body, pool_type: "max", kernel: [3, 3], stride: [2, 2], pad: [1, 1], name: "pool0" });
    for (const [stage, filters] of STAGES.entries()) {
      body = block(body, `stage${stage + 1}_unit1`, filters, stage === 0 ? 1 : 2);
      body = block(body, `stage${stage + 1}_unit2`, filters, 1);
    }
    body = sym.Pooling({ data: body, pool_type: "avg", global_pool: true, kernel: [1, 1], name: "pool1" });
    return sym.FullyConnected({ data: sym.Flatten({ data: body }), num_hidden: classes, name: "dense0" });
  });
}

interface Convolution {
  readonly filters: number;
  readonly kernel: number;
  readonly stride: number;
  readonly pad: number;
}

/** A convolution without bias, and its BatchNorm. */
function convolve(data: MxSymbol, name: string, { filters, kernel, stride, pad }: Convolution): MxSymbol {
  const convolution = sym.Convolution({
    data,
    kernel: [kernel, kernel],
    stride: [stride, stride],
    pad: [pad, pad],
    num_filter: filters,
    no_bias: true,
    name,
  });
  return sym.BatchNorm({ data: convolution, eps: 1e-5, momentum: 0.9, fix_gamma: false, name: `${name}_batchnorm` });
}

/** `BasicBlockV1`; one with a stride also fits what it adds to the sum. */
function block(data: MxSymbol, name: string, filters: number, stride: number): MxSymbol {
  let body = convolve(data, `${name}_conv1`, { filters, kernel: 3, stride, pad: 1 });
  body = sym.Activation({ data: body, act_type: "relu", name: `${name}_relu1` });
  body = convolve(body, `${name}_conv2`, { filters, kernel: 3, stride: 1, pad: 1 });
  const shortcut = stride === 1 ? data : convolve(data, `${name}_shortcut`, { filters, kernel: 1, stride, pad: 0 });
  const sum = sym.elemwise_add({ lhs: body, rhs: shortcut, name: `${name}_plus` });
  return sym.Activation({ data: sum, act_type: "relu", name: `${name}_relu` });
}
