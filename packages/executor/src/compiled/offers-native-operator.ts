import { nativeDefinitions } from "@mxgraft/operator";
import { loadNativeOperators, tfjsNodeBackend } from "@mxgraft/tfjs";

/** The operators of `native/` for training, in the form that `NativeDefinitions` describes. */
const DEFINITIONS: readonly string[] = [
  "MxgraftConvolution(data: float32, filter: float32, bias: float32) -> (output: float32) {strides: list(int), pads: list(int)}",
  "MxgraftConvolutionGradients(data: float32, filter: float32, output_gradient: float32) -> (data_gradient: float32, filter_gradient: float32, bias_gradient: float32) {strides: list(int), pads: list(int), wants_data: bool}",
  "MxgraftSgdUpdate(weight: resource, gradient: float32, lr: float32, wd: float32, rescale_grad: float32) -> () {clip_gradient: float} stateful",
  "MxgraftSgdMomUpdate(weight: resource, mom: resource, gradient: float32, lr: float32, wd: float32, rescale_grad: float32, momentum: float32) -> () {clip_gradient: float} stateful",
  "MxgraftAdamUpdate(weight: resource, mean: resource, var: resource, gradient: float32, lr: float32, wd: float32, rescale_grad: float32) -> () {clip_gradient: float, beta1: float, beta2: float, epsilon: float} stateful",
];

const OWN: ReadonlySet<string> = new Set(DEFINITIONS.map((definition) => definition.slice(0, definition.indexOf("("))));
let defined = false;

/** Operators of this package's native code that graphs may use here: all on the processor, none on a GPU. */
function hasTrainingOperators(): boolean {
  if (tfjsNodeBackend().binding.isUsingGpuDevice() || !loadNativeOperators("training").available) return false;
  if (!defined) for (const definition of DEFINITIONS) nativeDefinitions.register(definition);
  defined = true;
  return true;
}

/**
 * Whether functions may use an operator of native code: one of this package that is loaded, or one that a plug-in
 * defines, which knows itself whether it is loaded.
 */
export function offersNativeOperator(operator: string): boolean {
  return OWN.has(operator) ? hasTrainingOperators() : nativeDefinitions.find(operator) !== undefined;
}
