// Set-up of the native TensorFlow backend; for Node

export { findNativeOperators, type NativeOperators } from "../find-native-operators.ts";
export { cacheFolder } from "./cache-folder.ts";
export type { TensorflowCheck } from "./check-tensorflow.ts";
export type { Machine } from "./machine.ts";
export type { OperatorsResult } from "./set-up-operators.ts";
export { removeTensorflow, type SetupOptions, type SetupResult, setUpTensorflow } from "./set-up-tensorflow.ts";
export { SetupError } from "./setup-error.ts";
export { type SetupProgress, streamProgress } from "./setup-progress.ts";
export type { TensorflowRelease, Wheel } from "./tensorflow-release.ts";
