import { BackendError } from "@mxgraft/base";

/** A compiled graph that this TensorFlow does not take, an older one for instance; it can still be run eagerly. */
export class CarrierError extends BackendError {}
