// The operator
export { type CenterLossAttributes, centerLoss } from "./center-loss.ts";

// The same, ported line by line from Python
export { CenterLoss } from "./center-loss-op.ts";
export { CenterLossProp } from "./center-loss-prop.ts";

// Labels
export { classesOf } from "./classes-of.ts";

// For loaders
export { default } from "./plugin.ts";
