import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, resolve, sep } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** A server on this machine only. */
export interface FolderServer {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Gives out files over HTTP on a free port of this machine, each folder below its own prefix.
 *
 * @param folders  folders by prefix, `"/"` or `"/name/"`; the longest prefix that fits counts.
 */
export async function serveFolders(folders: Readonly<Record<string, string>>): Promise<FolderServer> {
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
  const find = (path: string): string | undefined => {
    const prefix = prefixes.find((candidate) => path.startsWith(candidate));
    const folder = prefix === undefined ? undefined : folders[prefix];
    if (prefix === undefined || folder === undefined) return undefined;
    const root = resolve(folder);
    const rest = path.slice(prefix.length);
    const file = resolve(root, rest === "" ? "index.html" : rest);
    return file.startsWith(root + sep) && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
  };
  const server = createServer((request, response) => {
    let path = "";
    try {
      path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    } catch {
      // A path that is no URL has no file.
    }
    const file = find(path);
    // Both are needed for memory that threads share, which the threads of wasm use.
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
    createReadStream(file)
      .on("error", () => response.destroy())
      .pipe(response);
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail).listen(0, "127.0.0.1", done);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("internal: the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
