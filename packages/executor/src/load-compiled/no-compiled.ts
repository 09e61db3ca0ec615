import { invariant } from "@mxgraft/base";

/** Outside of Node there is no backend "tensorflow", so bundles for browsers are spared compiled mode. */
export async function loadCompiled(): Promise<never> {
  invariant(false, "compiled mode was asked for outside of Node");
}
