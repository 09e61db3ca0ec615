import { creation } from "./nd-creation.ts";
import { elementwise } from "./nd-elementwise.ts";
import { indexing } from "./nd-indexing.ts";
import { reduction } from "./nd-reduction.ts";
import { arrangement } from "./nd-shape.ts";

/**
 * The functions of `mx.nd` that custom operators use, under MXNet's names. Arrays are given in Python's order;
 * keyword arguments are fields of a last object: `mx.nd.sum(x, axis=1)` is `nd.sum(x, { axis: 1 })`.
 */
export const nd = { ...creation, ...elementwise, ...reduction, ...arrangement, ...indexing };
