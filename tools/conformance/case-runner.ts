import { setBackend } from "mxgraft";
import { type BrowserFolders, BrowserWorker } from "./browser-worker.ts";
import type { CasePlace } from "./case-place.ts";
import { diskFiles } from "./disk-files.ts";
import { type CaseResult, runCase } from "./run-case.ts";

/** Replays cases on one backend, somewhere. */
export interface CaseRunner {
  /** The backend's name. */
  readonly backend: string;
  run(place: CasePlace): Promise<CaseResult>;
  close(): Promise<void>;
}

interface Options {
  readonly backend: string;
  readonly limit?: number;
  readonly folders: BrowserFolders;
}

/** Replays cases in this process. */
export async function nodeRunner({ backend: wanted, limit, folders }: Options): Promise<CaseRunner> {
  const backend = await setBackend(wanted);
  const files = diskFiles(folders.goldens);
  const others = { data: diskFiles(folders.data), models: diskFiles(folders.models) };
  const where = limit === undefined ? { backend } : { backend, limit };
  return { backend, run: (place) => runCase(files, place, others, where), close: async () => {} };
}

/** How long a case may take in a page before the page is loaded anew. */
const CASE_MILLISECONDS = 120_000;

/** Replays cases in Chromium, in the worker of a page. */
export async function browserRunner({ backend, limit, folders }: Options): Promise<CaseRunner> {
  const worker = await BrowserWorker.open(folders);
  const where = limit === undefined ? { backend } : { backend, limit };
  try {
    await worker.start(backend);
  } catch (error) {
    await worker.close();
    throw error;
  }
  return {
    backend,
    async run(place) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, fail) => {
        const reason = `took more than ${CASE_MILLISECONDS / 1000} s`;
        timer = setTimeout(() => fail(new Error(reason)), CASE_MILLISECONDS);
      });
      try {
        return await Promise.race([worker.ask("replay", { place, ...where }), late]);
      } catch (error) {
        // The page is gone or stuck; the next case gets a new one.
        await worker.start(backend);
        const problem = error instanceof Error ? error.message : String(error);
        const operator = place.name.split("/")[0] ?? place.name;
        return { ...place, operator, status: "failed", problems: [problem], compared: 0 };
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => worker.close(),
  };
}
