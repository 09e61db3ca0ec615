import { defaulted, dtype, optional, text, tuple } from "@mxgraft/operator";

/** The attributes of all operators that draw random numbers into a new array. */
export const randomAttributes = {
  shape: defaulted(optional(tuple), null, "shape of the output; found from where it goes when not given"),
  ctx: defaulted(text, "", "not used here: arrays live on the backend"),
  // MXNet writes "None" for no type.
  dtype: defaulted(optional(dtype), null, "type of the output, float32 when not given"),
};
