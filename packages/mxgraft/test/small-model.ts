import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { float32Array } from "@mxgraft/base";
import { saveNpy, saveNpz, saveParams } from "@mxgraft/files/node";
import { sym } from "../src/sym.ts";

/**
 * Writes a convolution of two filters (the sum of four pixels; the upper left one plus 1), three classes and a softmax,
 * with the pixels 1 to 9 as its input. By hand:
 *
 *   conv  12 16 24 28   2 3 5 6
 *   fc    12, 2 * 6, 2 + 10 + ln 2
 *   prob  1/4, 1/4, 1/2
 */
export function writeSmallModel(folder: string): void {
  const conv = sym.Convolution({ data: sym.variable("data"), kernel: [2, 2], num_filter: 2, name: "conv" });
  const fc = sym.FullyConnected({ data: conv, num_hidden: 3, name: "fc" });
  const parameters = {
    "arg:conv_weight": float32Array([2, 1, 2, 2], [1, 1, 1, 1, 1, 0, 0, 0]),
    "arg:conv_bias": float32Array([2], [0, 1]),
    "arg:fc_weight": float32Array([3, 8], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0]),
    "arg:fc_bias": float32Array([3], [0, 0, 10 + Math.log(2)]),
  };
  const at = (file: string) => join(folder, file);
  writeFileSync(at("symbol.json"), sym.SoftmaxOutput({ data: fc, name: "softmax" }).toJSON());
  saveParams(at("good.params"), new Map(Object.entries(parameters)));
  const { "arg:fc_bias": _, ...others } = parameters;
  saveParams(
    at("wrong.params"),
    new Map(Object.entries({ ...others, "arg:conv_bias": float32Array([3]), "arg:old": float32Array([7]) })),
  );
  const data = float32Array([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  saveNpy(at("x.npy"), data);
  saveNpz(at("x.npz"), new Map([["data", data]]));
  saveNpy(at("large.npy"), float32Array([1, 1, 4, 4]));
  writeFileSync(at("damaged.json"), '{"nodes": [');
  writeFileSync(at("names.txt"), "cat\ndog\nbird\n");
  const gaps = {
    nodes: [
      { op: "null", name: "data", inputs: [] },
      { op: "Custom", name: "two", attrs: { op_type: "twice" }, inputs: [[0, 0, 0]] },
      { op: "Convolutoin", name: "c0", inputs: [[1, 0, 0]] },
    ],
    arg_nodes: [0],
    heads: [[2, 0, 0]],
    attrs: { mxnet_version: ["int", 10901] },
  };
  writeFileSync(at("gaps.json"), JSON.stringify(gaps));
  writeFileSync(at("custom.json"), JSON.stringify({ ...gaps, nodes: gaps.nodes.slice(0, 2), heads: [[1, 0, 0]] }));
  writeFileSync(
    at("twice.ts"),
    `import { CustomOp, CustomOpProp, type NDArray, type Req } from "mxgraft";
class Twice extends CustomOp {
  override forward(_: boolean, [req]: [Req], [x]: [NDArray], [y]: [NDArray]) { this.assign(y, req, x.mul(2)); }
}
class Prop extends CustomOpProp { createOperator() { return new Twice(); } }
export default { name: "twice-ops 1.0", customOperators: { twice: Prop } };
`,
  );
  writeFileSync(at("empty.ts"), "export const nothing = 1;\n");
}
