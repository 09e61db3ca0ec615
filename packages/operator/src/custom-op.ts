import type { DType, Shape } from "@mxgraft/base";
import type { NDArray } from "@mxgraft/ndarray";

/** What to do with a result: nothing, put it in place of what is there, the same sharing memory with an input, add it. */
export type Req = "null" | "write" | "inplace" | "add";

/** What a bound graph does with the gradient of an argument: none, put it in place of the last, add it. */
export type GradReq = "null" | "write" | "add";

/**
 * An operator written in MXNet's style, `mx.operator.CustomOp`: it works on mutable arrays in JavaScript memory, so
 * that a Python operator can be ported line by line. Both methods may return a promise.
 */
export abstract class CustomOp {
  /**
   * Computes `outData` from `inData`; may change `aux`.
   *
   * @param req  what to do with each output; `assign` does it.
   */
  abstract forward(
    isTrain: boolean,
    req: readonly Req[],
    inData: readonly NDArray[],
    outData: readonly NDArray[],
    aux: readonly NDArray[],
  ): void | Promise<void>;

  /** Computes `inGrad`, the gradients of the arguments, from `outGrad`, those of the outputs; may change `aux`. */
  backward(
    _req: readonly Req[],
    _outGrad: readonly NDArray[],
    _inData: readonly NDArray[],
    _outData: readonly NDArray[],
    _inGrad: readonly NDArray[],
    _aux: readonly NDArray[],
  ): void | Promise<void> {}

  /** Puts `src` into `dst` as `req` says. */
  assign(dst: NDArray, req: Req, src: NDArray | number): void {
    if (req === "write" || req === "inplace") dst.set(src);
    else if (req === "add") dst.addInPlace(src);
  }
}

/** Shapes that `CustomOpProp.inferShape` gives, by name instead of by the length of a tuple. */
export interface CustomShapes {
  readonly inShape: readonly Shape[];
  readonly outShape: readonly Shape[];
  readonly auxShape?: readonly Shape[];
}

export interface CustomTypes {
  readonly inType: readonly DType[];
  readonly outType: readonly DType[];
  readonly auxType?: readonly DType[];
}

/** Constructor arguments of a `CustomOpProp` as a graph gives them: strings by name, without `op_type`. */
export type CustomAttributes = Readonly<Record<string, string>>;

/**
 * What an MXNet-style operator looks like from outside, `mx.operator.CustomOpProp`: names, shapes, types, and the
 * `CustomOp` that computes. Attributes reach the constructor as strings, as in MXNet.
 */
export abstract class CustomOpProp {
  /** Whether backward takes the gradients of the outputs; false for losses. */
  readonly needTopGrad: boolean;

  constructor(options: { readonly needTopGrad?: boolean } = {}) {
    this.needTopGrad = options.needTopGrad ?? true;
  }

  listArguments(): readonly string[] {
    return ["data"];
  }

  listOutputs(): readonly string[] {
    return ["output"];
  }

  listAuxiliaryStates(): readonly string[] {
    return [];
  }

  /** By default the output has the shape of the first argument, and so have all arguments. */
  inferShape(inShape: readonly Shape[]): CustomShapes {
    const first = inShape[0] ?? [];
    return { inShape: inShape.map(() => first), outShape: this.listOutputs().map(() => first), auxShape: [] };
  }

  /** By default everything has the type of the first argument. */
  inferType(inType: readonly DType[]): CustomTypes {
    const first = inType[0] ?? "float32";
    return {
      inType: inType.map(() => first),
      outType: this.listOutputs().map(() => first),
      auxType: this.listAuxiliaryStates().map(() => first),
    };
  }

  /**
   * Ids of the entries backward reads, of those given for the gradients of the outputs, the arguments and the outputs.
   * By default all, without the gradients of the outputs when `needTopGrad` is false.
   */
  declareBackwardDependency(
    outGrad: readonly number[],
    inData: readonly number[],
    outData: readonly number[],
  ): readonly number[] {
    return [...(this.needTopGrad ? outGrad : []), ...inData, ...outData];
  }

  abstract createOperator(ctx: string, inShapes: readonly Shape[], inDtypes: readonly DType[]): CustomOp;
}
