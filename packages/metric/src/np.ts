import { CustomMetric, type CustomMetricOptions, type MetricFunction } from "./custom-metric.ts";

/** MXNet's `metric.np`: a metric from a function of two arrays in memory, which is what `CustomMetric` takes here anyway. */
export function np(measure: MetricFunction, options: CustomMetricOptions = {}): CustomMetric {
  return new CustomMetric(measure, options);
}
