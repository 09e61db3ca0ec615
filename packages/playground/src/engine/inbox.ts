/** Requests of the page in the order in which they came. */
export class Inbox<Request> {
  readonly #waiting: Request[] = [];
  #wake: (() => void) | undefined;

  push(request: Request): void {
    this.#waiting.push(request);
    this.#wake?.();
  }

  /** The next request, if there is one. */
  take(): Request | undefined {
    return this.#waiting.shift();
  }

  /** The request that `take` would give. */
  get next(): Request | undefined {
    return this.#waiting[0];
  }

  /** Until there is a request. */
  async wait(): Promise<void> {
    if (this.#waiting.length > 0) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }
}

const channel = new MessageChannel();
const turns: (() => void)[] = [];
channel.port1.onmessage = () => turns.shift()?.();

/** Lets messages in: computing that never waits leaves them no turn. Timers would wait 4 ms. */
export function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => {
    turns.push(resolve);
    channel.port2.postMessage(null);
  });
}
