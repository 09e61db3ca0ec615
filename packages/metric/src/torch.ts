import { Loss } from "./loss.ts";
import type { MetricOptions } from "./metric-options.ts";

/** `Loss` under the name MXNet gave it for losses of its Torch plug-in. */
export class Torch extends Loss {
  constructor(options: MetricOptions = {}) {
    super(options, "Torch", "torch");
  }
}
