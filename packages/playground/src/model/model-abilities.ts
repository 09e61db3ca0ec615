import type { ModelView } from "../protocol/model-messages.ts";
import { imageShape } from "./image-shape.ts";

/** Whether a model can be given a drawing or an image. */
export function takesImages({ inputs }: ModelView): boolean {
  return inputs.some(({ role, shape }) => role === "input" && shape !== null && imageShape(shape) !== undefined);
}

/** Whether a model has all that a run needs. */
export function isRunnable({ paramsName, problems, inputs }: ModelView): boolean {
  if (paramsName === undefined || problems.length > 0) return false;
  return inputs.every(
    ({ role, shape }) => role === "label" || (shape !== null && shape.length > 0 && !shape.includes(0)),
  );
}
