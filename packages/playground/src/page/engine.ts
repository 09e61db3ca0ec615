import workerAddress from "../engine/worker.ts?worker&url";

/**
 * The program of all workers, as a blob: such a worker is under the content security policy of the page, one that is
 * loaded from an address under none but what the server sends along with it. In development there is no policy.
 */
const PROGRAM = import.meta.env.PROD
  ? URL.createObjectURL(
      new Blob([`import ${JSON.stringify(new URL(workerAddress, import.meta.url))};`], { type: "text/javascript" }),
    )
  : workerAddress;

/** A worker that computes: requests go to it, reports come from it. */
export class Engine<Request, Report> {
  readonly #name: "training" | "models";
  readonly #take: (report: Report) => void;
  #worker: Worker | undefined;

  /** @param take  gets the reports, and a failure of the worker as a whole as a sentence. */
  constructor(name: "training" | "models", take: (report: Report) => void, fail: (message: string) => void) {
    this.#name = name;
    this.#take = take;
    this.#fail = fail;
  }

  readonly #fail: (message: string) => void;

  /** Starts the worker; its first report says that it takes requests. */
  start(): void {
    this.#worker ??= this.#create();
  }

  send(request: Request, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(request, { transfer });
  }

  /** Ends the worker in the middle of whatever it does, and starts another one. */
  restart(): void {
    this.#worker?.terminate();
    this.#worker = this.#create();
  }

  #create(): Worker {
    const worker = new Worker(PROGRAM, { type: "module", name: this.#name });
    worker.addEventListener("message", ({ data }: MessageEvent<Report>) => this.#take(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#fail(
        event.message
          ? `The part of the page that computes has failed: ${event.message}`
          : "The part of the page that computes could not be loaded. Check the connection and load the page again.",
      );
    });
    return worker;
  }
}
