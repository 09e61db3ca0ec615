import { type Plane, principalComponents, projectOnPlane } from "@mxgraft/plot";
import { alignAxes } from "./align-axes.ts";

/** Where embeddings of any size are drawn: as they are, or on the plane in which they vary most, which turns slowly. */
export class PicturePlane {
  #before: Plane | undefined;

  /** @param features  (N, dimensions). */
  follow(features: Float32Array, dimensions: number): (rows: Float32Array) => Float32Array {
    if (dimensions === 2) return (rows) => Float32Array.from(rows);
    const found = principalComponents(features, dimensions);
    const axes = this.#before ? alignAxes(found.axes, this.#before.axes) : found.axes;
    const plane = { ...found, axes };
    this.#before = plane;
    return (rows) => Float32Array.from(projectOnPlane(rows, plane));
  }
}
