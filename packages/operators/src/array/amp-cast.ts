import { cast } from "./cast.ts";

/**
 * `Cast` as MXNet's mixed precision puts it into graphs.
 *
 * Shapes: data (any) -> output (as data, of type `dtype`).
 */
export const ampCast: typeof cast = { ...cast, name: "amp_cast", aliases: [] };
