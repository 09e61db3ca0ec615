import { invariant } from "@mxgraft/base";
import type { GraphValue } from "@mxgraft/operator";
import * as tf from "@tensorflow/tfjs";
import type { CompiledPart } from "../compilation.ts";
import type { FusedStep } from "../fuse-steps.ts";
import type { PreparedWeights } from "../fused-evaluation.ts";
import type { Carrier } from "./carrier.ts";
import { loweringOf } from "./lower-step.ts";
import { PartDraft } from "./part-draft.ts";

/** For each fused step, the number of the result that takes the place of a prepared tensor, or of the tensor that stays. */
type Place = { readonly result: number } | { readonly stays: number };

/** How prepared weights are turned into what lowerings read, in one function. */
export class WeightPacking {
  /** The function; its results are values by number. */
  readonly draft: PartDraft;
  readonly #places: readonly (readonly Place[])[];

  constructor(carrier: Carrier, steps: readonly FusedStep[], prepared: PreparedWeights) {
    this.draft = new PartDraft(carrier);
    this.#places = steps.map(({ linear, algorithm, index }, i): readonly Place[] => {
      const tensors = prepared[i] ?? [];
      const lowering = loweringOf(linear, carrier);
      if (lowering?.pack === undefined) return tensors.map((_, stays) => ({ stays }));
      const values = tensors.map((_, tensor) =>
        this.draft.argument({ kind: "prepared", step: index, tensor }, "float32"),
      );
      const packed = lowering.pack({
        graph: this.draft.graph,
        attributes: linear.operator.attributes,
        algorithm,
        prepared: values,
        inputShapes: linear.inputShapes,
      });
      return packed.map((value) => this.#placeOf(value, values));
    });
  }

  /** Whether there is anything to do. */
  get isNeeded(): boolean {
    return this.draft.results.length > 0;
  }

  /** @param part  the compiled draft. */
  run(part: CompiledPart, prepared: PreparedWeights): PreparedWeights {
    const values: (tf.Tensor | undefined)[] = [];
    part.run({ values, prepared });
    return this.#places.map((places, step) =>
      places.map((place) => {
        if ("stays" in place) return given(prepared[step]?.[place.stays]);
        return tf.keep(given(values[place.result]));
      }),
    );
  }

  #placeOf(value: GraphValue, prepared: readonly GraphValue[]): Place {
    const stays = prepared.indexOf(value);
    if (stays >= 0) return { stays };
    const result = this.draft.results.length;
    this.draft.result({ kind: "value", slot: result }, value);
    return { result };
  }
}

function given(tensor: tf.Tensor | undefined): tf.Tensor {
  invariant(tensor, "a prepared weight is missing");
  return tensor;
}
