/** An option as we write it: `"clip_gradient"` becomes `"clipGradient"`. */
export function optionName(mxnetName: string): string {
  const [first = "", ...rest] = mxnetName.split("_");
  return first + rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
}

/** An option as MXNet writes it: `"clipGradient"` becomes `"clip_gradient"`. */
export function mxnetOptionName(name: string): string {
  return [...name].map((char) => (char >= "A" && char <= "Z" ? `_${char.toLowerCase()}` : char)).join("");
}
