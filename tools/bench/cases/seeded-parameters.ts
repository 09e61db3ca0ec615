import { type HostArray, hostArray, Random, type Shape } from "@mxgraft/base";

/**
 * Parameters of a network by MXNet's names, the same for a seed on every machine: weights uniform with the variance
 * 2 / fan-in, which keeps activations of their size through many layers; statistics and scales near 1, the rest near 0.
 */
export function seededParameters(shapes: ReadonlyMap<string, Shape>, seed: number): Map<string, HostArray> {
  const random = new Random(seed);
  const parameters = new Map<string, HostArray>();
  for (const [name, shape] of shapes) {
    const array = hostArray("float32", [...shape]);
    const fanIn = shape.slice(1).reduce((product, size) => product * size, 1);
    const [middle, spread] = name.endsWith("_weight")
      ? [0, Math.sqrt(6 / fanIn)]
      : /_(gamma|moving_var|running_var)$/.test(name)
        ? [1, 0.2]
        : [0, 0.05];
    for (let i = 0; i < array.data.length; i++) array.data[i] = middle + spread * (2 * random.uniform() - 1);
    parameters.set(name, array);
  }
  return parameters;
}
