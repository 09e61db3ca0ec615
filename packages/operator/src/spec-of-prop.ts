import { AttributeError, type DType, isKnown, type Shape, ShapeError } from "@mxgraft/base";
import type { RawAttributes } from "./attributes.ts";
import type { CustomAttributes, CustomOpProp } from "./custom-op.ts";
import type { OperatorSpec, PartialShapes, PartialTypes } from "./operator-spec.ts";

/** Makes the prop of one node from the node's attributes. */
export type CustomOpPropClass = new (attributes: CustomAttributes) => CustomOpProp;

/** Attributes as a constructor takes them; without a prototype, so that a file cannot reach one. */
function recordOf(raw: RawAttributes): CustomAttributes {
  const record: Record<string, string> = Object.create(null);
  for (const [name, value] of raw) record[name] = value;
  return record;
}

function checkCount(what: string, found: number, names: readonly string[]): void {
  if (found === names.length) return;
  throw new ShapeError(
    `inferShape() gives ${found} shapes of ${what}, expected ${names.length}: ${names.join(", ") || "none"}.`,
    { expected: names.length, actual: found },
  );
}

/**
 * The spec of an operator written as a `CustomOpProp`; its parsed attributes are the prop itself, made once for each
 * node. MXNet asks the prop for shapes only when all that it needs is there; here too it is asked with what is known,
 * a size of 0 or an empty shape standing for what is not.
 */
export function specOfProp(opType: string, Prop: CustomOpPropClass): OperatorSpec<CustomOpProp> {
  return {
    name: opType,
    aliases: [],
    parse(raw) {
      try {
        return new Prop(recordOf(raw));
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new AttributeError(
          `the constructor of its CustomOpProp failed: ${reason}`,
          { operator: opType },
          { cause },
        );
      }
    },
    arguments: (prop) => prop.listArguments(),
    outputs: (prop) => prop.listOutputs(),
    visibleOutputs: (prop) => prop.listOutputs().length,
    auxiliaryStates: (prop) => prop.listAuxiliaryStates(),
    inferShape(prop, known): Partial<PartialShapes> {
      // A prop computes with sizes, so nothing can be asked before the first argument is known.
      if (known.arguments.length > 0 && !isKnown(known.arguments[0])) return {};
      const { inShape, outShape, auxShape = [] } = prop.inferShape(known.arguments.map((shape): Shape => shape ?? []));
      checkCount("arguments", inShape.length, prop.listArguments());
      checkCount("outputs", outShape.length, prop.listOutputs());
      checkCount("auxiliary states", auxShape.length, prop.listAuxiliaryStates());
      return { arguments: inShape.map(unlessEmpty), outputs: outShape.map(unlessEmpty), auxiliaryStates: auxShape };
    },
    inferType(prop, known): Partial<PartialTypes> {
      const first = known.arguments.find((type) => type !== undefined);
      const {
        inType,
        outType,
        auxType = [],
      } = prop.inferType(known.arguments.map((type): DType => type ?? first ?? "float32"));
      return { arguments: inType, outputs: outType, auxiliaryStates: auxType };
    },
    differentiable: true,
    needsHeadGradient: (prop) => prop.needTopGrad,
    backwardReads(prop) {
      const inputs = prop.listArguments().length;
      const outputs = prop.listOutputs().length;
      const outGradIds = Array.from({ length: outputs }, (_, i) => i);
      const inIds = Array.from({ length: inputs }, (_, i) => outputs + i);
      const outIds = Array.from({ length: outputs }, (_, i) => outputs + inputs + i);
      const wanted = prop.declareBackwardDependency(outGradIds, inIds, outIds);
      const among = (ids: readonly number[]) => [...ids.keys()].filter((i) => wanted.includes(ids[i] ?? -1));
      return { arguments: among(inIds), outputs: among(outIds) };
    },
    mutates: () => [],
    createOperator: (prop, shapes, dtypes) => prop.createOperator("cpu", shapes, dtypes),
  };
}

function unlessEmpty(shape: Shape): Shape | undefined {
  return shape.length === 0 ? undefined : shape;
}
