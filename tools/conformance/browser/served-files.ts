import type { FileSource } from "../file-source.ts";

/** The files of a folder that a server gives out, for workers: only they may wait for an answer without a promise. */
export function servedFiles(url: string): FileSource {
  return {
    read(path) {
      const request = new XMLHttpRequest();
      request.open("GET", `${url}/${path}`, false);
      request.responseType = "arraybuffer";
      request.send();
      if (request.status === 404) return undefined;
      if (request.status !== 200) throw new Error(`GET ${url}/${path} was answered with ${request.status}`);
      return new Uint8Array(request.response as ArrayBuffer);
    },
  };
}
