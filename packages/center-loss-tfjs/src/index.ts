// For training loops of TensorFlow.js
export { centerLoss } from "./center-loss.ts";
export { type CenterLossStep, centerLossStep } from "./center-loss-step.ts";
export { ClassCenters, type ClassCentersOptions } from "./class-centers.ts";
export { CENTER_LOSS, registerCenterLossKernel } from "./center-loss-kernel.ts";

// For graphs
export { centerLossKernels } from "./center-loss-kernels.ts";

// For loaders
export { default } from "./plugin.ts";
