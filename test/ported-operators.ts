import type { Shape } from "@mxgraft/base";
import {
  type CustomAttributes,
  CustomOp,
  CustomOpProp,
  type CustomShapes,
  type NDArray,
  NDArray as NDArrayClass,
  nd,
  type Req,
  register,
} from "@mxgraft/operator";

/** Calls that `Probe` saw. */
export const events: [call: string, isTrain: boolean | undefined, req: readonly Req[]][] = [];

type Arrays = readonly NDArray[];

interface PropParts {
  readonly args?: readonly string[];
  readonly outs?: readonly string[];
  readonly aux?: readonly string[];
  readonly top?: boolean;
  readonly outShape?: (shapes: readonly Shape[], attributes: CustomAttributes) => readonly Shape[];
  readonly auxShape?: (shapes: readonly Shape[]) => readonly Shape[];
  /** Shape of all arguments but the first, from the first. */
  readonly label?: (shape: Shape) => Shape;
}

/** Registers a CustomOp under a name with a small property class, as the Python source's decorator does. */
function prop(name: string, Op: new (attributes: CustomAttributes) => CustomOp, parts: PropParts = {}): void {
  const { args = ["data"], outs = ["output"], aux = [], top = true, outShape, auxShape, label } = parts;
  register(
    name,
    class extends CustomOpProp {
      readonly #attributes: CustomAttributes;

      constructor(attributes: CustomAttributes) {
        super({ needTopGrad: top });
        this.#attributes = attributes;
      }

      override listArguments = () => args;
      override listOutputs = () => outs;
      override listAuxiliaryStates = () => aux;

      override inferShape(given: readonly Shape[]): CustomShapes {
        const [first = []] = given;
        const inShape = label ? args.map((_, i) => (i === 0 ? first : label(first))) : given;
        return {
          inShape,
          outShape: outShape?.(inShape, this.#attributes) ?? outs.map(() => first),
          auxShape: auxShape?.(inShape) ?? aux.map(() => first),
        };
      }

      override createOperator = () => new Op(this.#attributes);
    },
  );
}

function at(arrays: Arrays, index: number): NDArray {
  const array = arrays[index];
  if (!array) throw new Error(`array ${index} is missing`);
  return array;
}

const row = (shape: Shape): Shape => shape.slice(0, 1);

// Below, line by line, the Python operators that MXNet ran when the cases were recorded.

class Softmax extends CustomOp {
  override forward(_: boolean, req: readonly Req[], inData: Arrays, outData: Arrays): void {
    const x = at(inData, 0);
    const e = nd.exp(x.sub(x.max({ axis: 1, keepdims: true })));
    this.assign(at(outData, 0), req[0] ?? "null", e.div(e.sum({ axis: 1, keepdims: true })));
  }

  override backward(req: readonly Req[], _: Arrays, inData: Arrays, outData: Arrays, inGrad: Arrays): void {
    const g = at(outData, 0).copy();
    for (const [i, label] of at(inData, 1).asnumpy().entries()) g.at(i).at(Math.trunc(label)).subInPlace(1);
    this.assign(at(inGrad, 0), req[0] ?? "null", g);
  }
}

class WeightedLogistic extends CustomOp {
  readonly #pos: number;
  readonly #neg: number;

  constructor({ pos_grad_scale, neg_grad_scale }: CustomAttributes) {
    super();
    this.#pos = Number(pos_grad_scale);
    this.#neg = Number(neg_grad_scale);
  }

  override forward(_: boolean, req: readonly Req[], inData: Arrays, outData: Arrays): void {
    this.assign(at(outData, 0), req[0] ?? "null", nd.exp(at(inData, 0).neg()).add(1).rdiv(1));
  }

  override backward(_req: readonly Req[], _: Arrays, inData: Arrays, outData: Arrays, inGrad: Arrays): void {
    const y = at(outData, 0);
    const t = at(inData, 1);
    const positive = y.sub(1).mul(t).mul(this.#pos);
    const negative = y.mul(t.rsub(1)).mul(this.#neg);
    at(inGrad, 0).set(positive.add(negative).div(y.shape[1] ?? 1));
  }
}

class Sqr extends CustomOp {
  override forward(_: boolean, req: readonly Req[], inData: Arrays, outData: Arrays, aux: Arrays): void {
    at(aux, 0).set(1);
    this.assign(at(outData, 0), req[0] ?? "null", at(inData, 0).mul(at(inData, 0)));
  }

  override backward(req: readonly Req[], outGrad: Arrays, inData: Arrays, _: Arrays, inGrad: Arrays): void {
    this.assign(at(inGrad, 0), req[0] ?? "null", at(inData, 0).mul(2).mul(at(outGrad, 0)));
  }
}

class Mult extends CustomOp {
  override forward(_: boolean, req: readonly Req[], inData: Arrays, outData: Arrays): void {
    this.assign(at(outData, 0), req[0] ?? "null", at(inData, 0).mul(at(inData, 1)));
  }

  override backward(req: readonly Req[], _: Arrays, inData: Arrays, _out: Arrays, inGrad: Arrays): void {
    this.assign(at(inGrad, 0), req[0] ?? "null", at(inData, 1));
    this.assign(at(inGrad, 1), req[1] ?? "null", at(inData, 0));
  }
}

class NoInput extends CustomOp {
  override forward(_: boolean, req: readonly Req[], _in: Arrays, outData: Arrays): void {
    this.assign(at(outData, 0), req[0] ?? "null", nd.ones(at(outData, 0).shape));
  }

  override backward(): void {}
}

class Dqn extends CustomOp {
  override forward(_: boolean, req: readonly Req[], inData: Arrays, outData: Arrays): void {
    this.assign(at(outData, 0), req[0] ?? "null", at(inData, 0));
  }

  override backward(req: readonly Req[], _: Arrays, inData: Arrays, outData: Arrays, inGrad: Arrays): void {
    const q = at(outData, 0);
    const action = at(inData, 1);
    const g = nd.zeros_like(q);
    const error = nd.clip(nd.pick(q, action).sub(at(inData, 2)), -1, 1);
    for (const [i, a] of action.asnumpy().entries()) g.at(i).setAt(Math.trunc(a), error.at(i));
    this.assign(at(inGrad, 0), req[0] ?? "null", g);
  }
}

class Focal extends CustomOp {
  readonly #alpha: number;
  readonly #gamma: number;
  readonly #normalize: boolean;

  constructor({ alpha, gamma, normalize = "true" }: CustomAttributes) {
    super();
    this.#alpha = Number(alpha);
    this.#gamma = Number(gamma);
    this.#normalize = normalize.toLowerCase() === "true";
  }

  override forward(_: boolean, req: readonly Req[], inData: Arrays, outData: Arrays): void {
    this.assign(at(outData, 0), req[0] ?? "null", nd.softmax(at(inData, 0), { axis: 1 }));
  }

  override backward(req: readonly Req[], _: Arrays, inData: Arrays, outData: Arrays, inGrad: Arrays): void {
    const p = at(outData, 0).astype("float64");
    const hot = nd.one_hot(at(inData, 1), p.shape[1] ?? 0, { dtype: "float64" });
    const pt = p.mul(hot).sum({ axis: 1, keepdims: true });
    const rest = pt.rsub(1);
    const slope = pt.mul(this.#gamma).mul(nd.log(pt)).div(nd.maximum(rest, 1e-12)).sub(1);
    const d = rest.pow(this.#gamma).mul(this.#alpha).mul(slope);
    const g = d.mul(hot.sub(p));
    this.assign(at(inGrad, 0), req[0] ?? "null", this.#normalize ? g.div(g.shape[0] ?? 1) : g);
  }
}

class Two extends CustomOp {
  override forward(_: boolean, req: readonly Req[], inData: Arrays, outData: Arrays): void {
    this.assign(at(outData, 0), req[0] ?? "null", at(inData, 0).add(at(inData, 1)));
    this.assign(at(outData, 1), req[1] ?? "null", at(inData, 0).mul(at(inData, 1)));
  }

  override backward(req: readonly Req[], outGrad: Arrays, inData: Arrays, _: Arrays, inGrad: Arrays): void {
    const [sum, prod] = [at(outGrad, 0), at(outGrad, 1)];
    this.assign(at(inGrad, 0), req[0] ?? "null", sum.add(prod.mul(at(inData, 1))));
    this.assign(at(inGrad, 1), req[1] ?? "null", sum.add(prod.mul(at(inData, 0))));
  }
}

class RunningMean extends CustomOp {
  readonly #momentum: number;

  constructor({ momentum = "0.9" }: CustomAttributes) {
    super();
    this.#momentum = Number(momentum);
  }

  override forward(isTrain: boolean, req: readonly Req[], inData: Arrays, outData: Arrays, aux: Arrays): void {
    const mean = at(aux, 0);
    if (isTrain) {
      mean.set(mean.mul(this.#momentum).add(nd.mean(at(inData, 0), { axis: 0 }).mul(1 - this.#momentum)));
      at(aux, 1).addInPlace(1);
    }
    this.assign(at(outData, 0), req[0] ?? "null", nd.broadcast_sub(at(inData, 0), nd.expand_dims(mean, 0)));
  }

  override backward(req: readonly Req[], outGrad: Arrays, _in: Arrays, _out: Arrays, inGrad: Arrays): void {
    this.assign(at(inGrad, 0), req[0] ?? "null", at(outGrad, 0));
  }
}

class Probe extends CustomOp {
  override forward(isTrain: boolean, req: readonly Req[], inData: Arrays, outData: Arrays, aux: Arrays): void {
    events.push(["forward", isTrain, [...req]]);
    at(aux, 0).addInPlace(NDArrayClass.array([1, 0]));
    this.assign(at(outData, 0), req[0] ?? "null", at(inData, 0).add(at(inData, 1).mul(2)));
  }

  override backward(
    req: readonly Req[],
    outGrad: Arrays,
    _in: Arrays,
    _out: Arrays,
    inGrad: Arrays,
    aux: Arrays,
  ): void {
    events.push(["backward", undefined, [...req]]);
    at(aux, 0).addInPlace(NDArrayClass.array([0, 1]));
    this.assign(at(inGrad, 0), req[0] ?? "null", at(outGrad, 0));
    this.assign(at(inGrad, 1), req[1] ?? "null", at(outGrad, 0).mul(2));
  }
}

/** Registers all operators of this file for `Custom` nodes. */
export function registerPortedOperators(): void {
  prop("softmax", Softmax, { args: ["data", "label"], top: false, label: row });
  prop("weighted_logistic_regression", WeightedLogistic, { args: ["data", "label"], top: false, label: (s) => s });
  prop("sqr", Sqr, { aux: ["aux"] });
  prop("mult", Mult, { args: ["lhs", "rhs"] });
  prop("mult_no_grad", Mult, { args: ["lhs", "rhs"], top: false });
  prop("no_input_op", NoInput, {
    args: [],
    outShape: (_, { length, depth }) => [[Number(length), Number(depth)]],
  });
  prop("dqn_output", Dqn, { args: ["data", "action", "reward"], top: false, label: row });
  prop("focal_loss", Focal, { args: ["data", "label"], top: false, label: row });
  prop("two_outputs", Two, { args: ["a", "b"], outs: ["sum", "prod"] });
  prop("running_mean_center", RunningMean, { aux: ["mean", "count"], auxShape: ([s = []]) => [s.slice(1), [1]] });
  prop("probe", Probe, { args: ["a", "b"], aux: ["calls"], auxShape: () => [[2]] });
}
