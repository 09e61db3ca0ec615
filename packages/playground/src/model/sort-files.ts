/** What a dropped file is told by. */
interface NamedFile {
  readonly name: string;
  /** A media type; empty when the browser knows none. */
  readonly type: string;
}

/** The two files of a model, or one of them. */
export interface ModelFilePair<F> {
  readonly symbol?: F;
  readonly params?: F;
}

/** What is useful among dropped files. */
export interface SortedFiles<F> extends ModelFilePair<F> {
  /** A picture, for the model that is open. */
  readonly image?: F;
  /** A sentence, when they are not what is needed. */
  readonly problem?: string;
}

/** Tells the graph from the parameters by the ends of the names, and both from an image. */
export function sortFiles<F extends NamedFile>(files: readonly F[]): SortedFiles<F> {
  const symbols = files.filter(({ name }) => /\.json$/i.test(name));
  const params = files.filter(({ name }) => /\.params$/i.test(name));
  const [symbol] = symbols;
  const [param] = params;
  if (symbols.length > 1 || params.length > 1) {
    const twice = symbols.length > 1 ? symbols : params;
    return { problem: `One model has one of each file; here are ${twice.map(({ name }) => name).join(" and ")}.` };
  }
  if (symbol !== undefined || param !== undefined) {
    return { ...(symbol ? { symbol } : {}), ...(param ? { params: param } : {}) };
  }
  const image = files.find(({ type }) => type.startsWith("image/"));
  if (image !== undefined) return { image };
  const names = files.map(({ name }) => name).join(", ");
  return { problem: `A model is two files, …-symbol.json and ….params; ${names} is neither.` };
}

/**
 * The files of a model that come one after the other: parameters belong to the graph that is there, and wait for one
 * where there is none.
 */
export function joinFiles<F>(before: ModelFilePair<F>, { symbol, params }: ModelFilePair<F>): ModelFilePair<F> {
  if (symbol === undefined) return { ...before, ...(params ? { params } : {}) };
  const arrays = params ?? (before.symbol === undefined ? before.params : undefined);
  return { symbol, ...(arrays ? { params: arrays } : {}) };
}
