import { Loss } from "./loss.ts";
import type { MetricOptions } from "./metric-options.ts";

/** `Loss` under the name MXNet gave it for losses of its Caffe plug-in. */
export class Caffe extends Loss {
  constructor(options: MetricOptions = {}) {
    super(options, "Caffe", "caffe");
  }
}
