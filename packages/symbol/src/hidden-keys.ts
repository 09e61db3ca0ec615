/**
 * Attributes that are about training and placing, not about the operator. MXNet keeps them as `__lr_mult__`, where old
 * files wrote `lr_mult`; both spellings can be asked for.
 */
export const HIDDEN_KEYS: readonly string[] = ["ctx_group", "lr_mult", "wd_mult", "force_mirroring", "mirror_stage"];

/** `__lr_mult__` for `lr_mult`. */
export function hide(key: string): string {
  return `__${key}__`;
}

/** `lr_mult` for `__lr_mult__`, `undefined` for what is no hidden key. */
export function unhide(key: string): string | undefined {
  return HIDDEN_KEYS.find((hidden) => hide(hidden) === key);
}

/** The hidden key that an attribute name ends with, as in `weight_lr_mult`. */
export function hiddenSuffix(name: string): string | undefined {
  return HIDDEN_KEYS.find((hidden) => name.endsWith(hidden));
}

/** Whether operators do not see the attribute. */
export function isHidden(name: string): boolean {
  return (name.length > 4 && name.startsWith("__") && name.endsWith("__")) || hiddenSuffix(name) !== undefined;
}
