import { readPath } from "#read-path";
import { FileError } from "./errors.ts";

/** Bytes, something that has them, a URL, or in Node a path. In a page, text is a URL relative to the page. */
export type ByteSource = string | URL | Uint8Array | ArrayBuffer | Blob;

const SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/**
 * The bytes of a source.
 *
 * @throws FileError  it is not there, cannot be read, or the server refuses; the message says the status.
 */
export async function readSource(source: ByteSource): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  const url = urlOf(source);
  if (url === undefined) return readPath(source);
  if (url.protocol === "file:") return readPath(url);
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FileError(`Cannot fetch "${url}": ${reason}.`, { file: String(url) }, { cause });
  }
  if (!response.ok) {
    throw new FileError(`Cannot fetch "${url}": ${response.status} ${response.statusText}`.trimEnd(), {
      file: String(url),
      actual: response.status,
    });
  }
  return new Uint8Array(await response.arrayBuffer());
}

function urlOf(source: string | URL): URL | undefined {
  if (source instanceof URL) return source;
  // A worker or page has a location; so has jsdom. A Windows path, "C:\", has a scheme of one letter.
  const base: unknown = Reflect.get(Reflect.get(globalThis, "location") ?? {}, "href");
  if (!SCHEME.test(source) && typeof base !== "string") return undefined;
  return new URL(source, typeof base === "string" ? base : undefined);
}
