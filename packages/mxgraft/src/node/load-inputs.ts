import { FormatError, type HostArray, UsageError } from "@mxgraft/base";
import { loadNpy, loadNpz } from "@mxgraft/files/node";

/**
 * Reads inputs of a model: `data=x.npy`; `data=x.npz` for the array of that name in it, or the only one; `x.npz` for
 * all arrays in it under their own names.
 *
 * @throws UsageError   a text is none of these, or the file has no such array.
 * @throws FileError    a file is not there or cannot be read.
 * @throws FormatError  a file is damaged.
 */
export function loadInputs(texts: readonly string[]): Map<string, HostArray> {
  const inputs = new Map<string, HostArray>();
  for (const text of texts) {
    const at = text.indexOf("=");
    const [name, file] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
    const extension = file.slice(file.lastIndexOf(".") + 1).toLowerCase();
    if (extension === "npz") {
      for (const [one, array] of name === "" ? loadNpz(file) : [[name, memberOf(file, name)] as const]) {
        inputs.set(one, array);
      }
    } else if (extension === "npy" && name !== "") inputs.set(name, loadNpy(file));
    else {
      throw new UsageError(`Input "${text}" is not understood, expected NAME=FILE.npy, NAME=FILE.npz or FILE.npz.`, {
        argument: "input",
        actual: text,
      });
    }
  }
  return inputs;
}

function memberOf(file: string, name: string): HostArray {
  const arrays = loadNpz(file);
  const [only] = arrays.values();
  const array = arrays.get(name) ?? (arrays.size === 1 ? only : undefined);
  if (array) return array;
  const there = [...arrays.keys()].map((key) => `"${key}"`).join(", ");
  throw new FormatError(`${file}: there is no array "${name}"; it has ${there || "none"}.`, { file, argument: name });
}
