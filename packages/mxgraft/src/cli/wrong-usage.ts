import { UsageError } from "@mxgraft/base";

/** The command line does not say what can be done: exit code 2. */
export class WrongUsage extends UsageError {}
