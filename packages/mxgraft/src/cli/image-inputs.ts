import { didYouMean, formatShape, type HostArray, type Shape, UsageError } from "@mxgraft/base";
import { inferGraphShapes, type Symbol as MxSymbol } from "@mxgraft/symbol";
import { type ImageArrayOptions, type ImageColor, type ImageLayout, imageArray } from "../model/image-array.ts";
import { resizeImage } from "../model/resize-image.ts";
import { variableRoles } from "../model/variable-roles.ts";
import { loadImage } from "../node/load-image.ts";

/** What the command line says about images. */
export interface ImageOptions {
  /** Files, or `NAME=FILE` where the graph has an input of that name. */
  readonly image: readonly string[];
  readonly shape: Readonly<Record<string, Shape>>;
  readonly layout: ImageLayout;
  readonly color?: ImageColor;
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  readonly scale?: number;
}

/**
 * The images as inputs of a graph: decoded, resized to the shape of the input, normalized. Several images for one input
 * are a batch, in the order given. Needs a backend.
 *
 * @throws UsageError   no input, or none in particular, takes images; its shape is not known; or it is no image's.
 * @throws FormatError  a file is no image.
 */
export async function imageInputs(
  symbol: MxSymbol,
  given: ReadonlyMap<string, HostArray>,
  options: ImageOptions,
): Promise<Map<string, HostArray>> {
  const inputs = new Map<string, HostArray>();
  const byInput = filesByInput(symbol, given, options.image);
  const stray = Object.keys(options.shape).find((name) => !byInput.has(name));
  if (stray !== undefined) {
    const known = byInput.size > 0 ? [...byInput.keys()] : symbol.listInputs();
    throw new UsageError(
      `--shape names "${stray}", which gets no image; it says the size that images are brought to.${didYouMean(stray, known)}`,
      { argument: stray, expected: known },
    );
  }
  for (const [name, files] of byInput) {
    const { layout } = options;
    const { width, height, depth } = sizeOfInput(symbol, name, options.shape, layout);
    const images = [];
    for (const file of files) images.push(await resizeImage(await loadImage(file), { width, height }));
    inputs.set(name, imageArray(images, arrayOptions(options, depth)));
  }
  return inputs;
}

function arrayOptions({ layout, color, mean, std, scale }: ImageOptions, depth: number): ImageArrayOptions {
  return {
    layout,
    color: color ?? (depth === 1 ? "gray" : "rgb"),
    ...(mean === undefined ? {} : { mean }),
    ...(std === undefined ? {} : { std }),
    ...(scale === undefined ? {} : { scale }),
  };
}

function filesByInput(
  symbol: MxSymbol,
  given: ReadonlyMap<string, HostArray>,
  texts: readonly string[],
): Map<string, string[]> {
  const names = symbol.listInputs();
  const files = new Map<string, string[]>();
  for (const text of texts) {
    const before = text.slice(0, Math.max(text.indexOf("="), 0));
    const named = names.includes(before);
    const name = named ? before : onlyInput(symbol, given);
    files.set(name, [...(files.get(name) ?? []), named ? text.slice(before.length + 1) : text]);
  }
  return files;
}

function onlyInput(symbol: MxSymbol, given: ReadonlyMap<string, HostArray>): string {
  const free = [...variableRoles(symbol)].filter(([name, role]) => role === "input" && !given.has(name));
  const [only, ...others] = free.map(([name]) => name);
  if (only !== undefined && others.length === 0) return only;
  const which = free.map(([name]) => `"${name}"`).join(", ");
  throw new UsageError(
    `The graph has ${free.length === 0 ? "no input without a value" : `the inputs ${which}`}; say which one the image is for: --image NAME=FILE.`,
    { argument: "image", actual: free.length },
  );
}

function sizeOfInput(
  symbol: MxSymbol,
  name: string,
  given: Readonly<Record<string, Shape>>,
  layout: ImageLayout,
): { width: number; height: number; depth: number } {
  const node = symbol.nodes().find((one) => one.op === null && one.name === name);
  const own = Object.hasOwn(given, name) ? given[name] : undefined;
  const shape = own ?? (node && inferGraphShapes(symbol, {}).get({ node, index: 0 }));
  const sizes = shape?.length === 3 ? shape : shape?.slice(1);
  const example = layout === "NCHW" ? `${name}=1,3,224,224` : `${name}=1,224,224,3`;
  if (sizes?.length !== 3 || sizes.includes(0)) {
    const known = shape === undefined ? "" : ` (the graph says ${formatShape(shape)})`;
    throw new UsageError(
      `The size of images for "${name}" is not known${own ? ` from ${formatShape(own)}` : known}. Give the shape of the input, such as --shape ${example}.`,
      { argument: name, actual: shape },
    );
  }
  const [first = 0, second = 0, third = 0] = sizes;
  const size =
    layout === "NCHW" ? { depth: first, height: second, width: third } : { height: first, width: second, depth: third };
  if (size.depth === 1 || size.depth === 3) return size;
  throw new UsageError(
    `Input "${name}" has ${size.depth} channels in layout ${layout} (${formatShape(shape)}); images have 3, or 1 in gray. Is it --layout ${layout === "NCHW" ? "NHWC" : "NCHW"}?`,
    { argument: name, actual: size.depth, expected: [1, 3] },
  );
}
