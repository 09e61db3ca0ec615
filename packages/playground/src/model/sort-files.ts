/** The two files of a model among what was dropped. */
export interface SortedFiles<F> {
  readonly symbol?: F;
  readonly params?: F;
  /** A sentence, when they are not what is needed. */
  readonly problem?: string;
}

/** Tells the graph from the parameters by the ends of the names. */
export function sortFiles<F extends { readonly name: string }>(files: readonly F[]): SortedFiles<F> {
  const symbols = files.filter(({ name }) => /\.json$/i.test(name));
  const params = files.filter(({ name }) => /\.params$/i.test(name));
  const others = files.filter((file) => !symbols.includes(file) && !params.includes(file));
  const [symbol] = symbols;
  const [param] = params;
  const found = { ...(symbol ? { symbol } : {}), ...(param ? { params: param } : {}) };
  if (symbols.length > 1 || params.length > 1) {
    const twice = symbols.length > 1 ? symbols : params;
    return {
      ...found,
      problem: `One model has one of each file; here are ${twice.map(({ name }) => name).join(" and ")}.`,
    };
  }
  if (others.length > 0 && symbol === undefined && param === undefined) {
    const names = others.map(({ name }) => name).join(", ");
    return { problem: `A model is two files, …-symbol.json and ….params; ${names} is neither.` };
  }
  return found;
}
