/** The sizes in a text such as `1, 3, 224, 224` or `(1, 3, 224, 224)`; undefined when it is no shape. */
export function parseShape(text: string): number[] | undefined {
  const inner = text.trim().replace(/^[([]\s*|\s*,?\s*[)\]]$/g, "");
  const parts = inner.split(/\s*[,x×]\s*|\s+/);
  const sizes = parts.map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : 0));
  return sizes.length > 0 && sizes.every((size) => size >= 1) ? sizes : undefined;
}
