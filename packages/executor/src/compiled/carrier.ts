import type { GraphDraft } from "@mxgraft/graphdef";
import type { TensorId, TensorMetadata } from "@mxgraft/tfjs";
import type { CarrierName } from "../carrier-name.ts";

/** A graph that TensorFlow runs by one call. */
export interface GraphFunction {
  /**
   * @param inputs   one for each argument of the graph.
   * @param outputs  how many arrays it gives.
   * @throws CarrierError  this TensorFlow does not take the graph, as some carriers find out only now; nothing of it
   *   has run.
   */
  call(inputs: readonly TensorId[], outputs: number): readonly TensorMetadata[];
  dispose(): void;
}

export interface HowToRun {
  /**
   * Whether TensorFlow rewrites the graph before its first run: layers of an evaluation are fused then. A training step
   * gains nothing by it, and its first call takes longer.
   */
  readonly rewritten: boolean;
  /** Whether operators run one after the other, which pays where each keeps all threads busy; else side by side. */
  readonly inOrder: boolean;
}

/** A way of having TensorFlow run graphs. */
export interface Carrier {
  readonly name: CarrierName;
  /**
   * What an argument that is a state gets: `"variable"`, the handle of a variable, which a run changes in place; or
   * `"value"`, the array, in which case the new values of changed states come behind the results, in the order of their
   * arguments.
   */
  readonly states: "variable" | "value";
  /** Whether graphs may use an operator of native code. */
  offers(operator: string): boolean;
  /**
   * Graphs that do the same thing share what is made of them.
   *
   * @throws CarrierError  this TensorFlow does not take the graph.
   */
  load(graph: GraphDraft, how: HowToRun): GraphFunction;
}
