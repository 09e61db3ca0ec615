import type { GraphBuilder, GraphValue, LoweredUpdateCall } from "@mxgraft/operator";
import { add, mul } from "../arithmetic.ts";

/** The attributes that every update rule has. */
export interface GradientAttributes {
  readonly lr: number;
  readonly wd: number;
  readonly rescale_grad: number;
}

/** Most rules name the bound of the gradient so. */
interface ClippedAttributes extends GradientAttributes {
  readonly clip_gradient: number;
}

/** x cut to -bound..bound; x itself below 0. */
export function clipped(graph: GraphBuilder, x: GraphValue, bound: number): GraphValue {
  return bound < 0 ? x : graph.one("ClipByValue", [x, graph.constant(-bound), graph.constant(bound)]);
}

/** lr, wd and rescale_grad for a native update rule. What is 1 or 0 now is taken to stay so, as below. */
export function nativeRates<A extends GradientAttributes>({ graph, attributes, scalar }: LoweredUpdateCall<A>) {
  return [
    scalar("lr"),
    attributes.wd === 0 ? graph.constant(0) : scalar("wd"),
    attributes.rescale_grad === 1 ? graph.constant(1) : scalar("rescale_grad"),
  ] as const;
}

/** rescale_grad * grad. What is 1 or 0 now is taken to stay so. */
export function rescaled<A extends GradientAttributes>({
  graph,
  attributes,
  gradient,
  scalar,
}: LoweredUpdateCall<A>): GraphValue {
  return attributes.rescale_grad === 1 ? gradient : mul(graph, gradient, scalar("rescale_grad"));
}

/** g + wd * weight. */
export function decayed<A extends GradientAttributes>(
  { graph, attributes, weight, scalar }: LoweredUpdateCall<A>,
  g: GraphValue,
): GraphValue {
  return attributes.wd === 0 ? g : add(graph, g, mul(graph, weight.read(), scalar("wd")));
}

/** clip(rescale_grad * grad, clip_gradient) + wd * weight, with which the rules of SGD begin. */
export function decayedAfterClip<A extends ClippedAttributes>(call: LoweredUpdateCall<A>): GraphValue {
  return decayed(call, clipped(call.graph, rescaled(call), call.attributes.clip_gradient));
}

/** clip(rescale_grad * grad + wd * weight, clip_gradient), with which the rules of Adam and RMSProp begin. */
export function clippedAfterDecay<A extends ClippedAttributes>(call: LoweredUpdateCall<A>): GraphValue {
  return clipped(call.graph, decayed(call, rescaled(call)), call.attributes.clip_gradient);
}
