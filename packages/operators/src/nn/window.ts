import { AttributeError, formatShape, type Shape } from "@mxgraft/base";
import { type AttributeType, oneOf } from "@mxgraft/operator";

/** The order of axes that `layout` of Convolution and Pooling can ask for; MXNet's own is channels first. */
export const windowLayout: AttributeType<"NCW" | "NCHW" | "NCDHW" | "NWC" | "NHWC" | "NDHWC"> = oneOf(
  "NCW",
  "NCHW",
  "NCDHW",
  "NWC",
  "NHWC",
  "NDHWC",
);

/** How a window moves over the spatial axes of an array, every attribute filled in; `(x)`, `(y, x)` or `(z, y, x)`. */
export interface Window {
  readonly kernel: Shape;
  readonly stride: Shape;
  readonly dilate: Shape;
  /** Rows of padding on either side of an axis. */
  readonly pad: Shape;
  /** Channels are axis 1 (MXNet's own order), or the last axis. */
  readonly channelsLast: boolean;
}

interface WindowAttributes {
  readonly kernel: Shape;
  readonly stride: Shape;
  readonly dilate?: Shape;
  readonly pad: Shape;
  readonly layout?: string | null;
}

function filled(name: string, given: Shape, rank: number, otherwise: number): Shape {
  if (given.length === 0) return new Array<number>(rank).fill(otherwise);
  if (given.length !== rank) {
    throw new AttributeError(
      `attribute "${name}" is ${formatShape(given)}, expected ${rank} numbers, as many as "kernel" has.`,
      { argument: name, expected: rank, actual: given },
    );
  }
  if (given.some((size) => size < (name === "pad" ? 0 : 1))) {
    throw new AttributeError(`attribute "${name}" is (${given.join(", ")}), expected numbers >= ${otherwise}.`, {
      argument: name,
      actual: given,
    });
  }
  return given;
}

/**
 * The window that the attributes of Convolution or Pooling describe: stride and dilate are 1, pad is 0 where left out.
 *
 * @throws AttributeError  `kernel` has not 1 to 3 axes, another attribute has not as many, or a number is too small.
 */
export function windowOf(attributes: WindowAttributes): Window {
  const rank = attributes.kernel.length;
  if (rank < 1 || rank > 3) {
    throw new AttributeError(
      `attribute "kernel" is ${formatShape(attributes.kernel)}, expected 1 to 3 numbers such as (2, 2).`,
      { argument: "kernel", actual: attributes.kernel },
    );
  }
  return {
    kernel: filled("kernel", attributes.kernel, rank, 1),
    stride: filled("stride", attributes.stride, rank, 1),
    dilate: filled("dilate", attributes.dilate ?? [], rank, 1),
    pad: filled("pad", attributes.pad, rank, 0),
    channelsLast: attributes.layout?.endsWith("C") ?? false,
  };
}

/** The sizes of the spatial axes of a shape of `rank` + 2 axes. */
export function spatialSizes(shape: Shape, channelsLast: boolean): Shape {
  return channelsLast ? shape.slice(1, -1) : shape.slice(2);
}

/** A shape from its batch size, channels and spatial sizes, in the order asked for. */
export function windowShape(batch: number, channels: number, spatial: Shape, channelsLast: boolean): Shape {
  return channelsLast ? [batch, ...spatial, channels] : [batch, channels, ...spatial];
}
