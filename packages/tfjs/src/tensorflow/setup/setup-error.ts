import { MxgraftError } from "@mxgraft/base";

/** The native backend cannot be set up on this machine as it is; the message says what to do. */
export class SetupError extends MxgraftError {}
