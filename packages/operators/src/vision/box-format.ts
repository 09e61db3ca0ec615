import { oneOf } from "@mxgraft/operator";

/** How the four numbers of a box are meant: `corner` x1, y1, x2, y2; `center` x, y, width, height. */
export const boxFormat = oneOf("corner", "center");
