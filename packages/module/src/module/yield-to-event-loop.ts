/** Milliseconds that computation may run before timers, signals and the screen get their turn. */
const SLICE = 50;
let last = 0;

/**
 * Lets the event loop run if it has not for a while. Kernels that never wait leave it no turn by themselves, and
 * without one Ctrl-C is not seen and a page does not draw.
 */
export function yieldToEventLoop(): Promise<void> | undefined {
  const now = performance.now();
  if (now - last < SLICE) return undefined;
  last = now;
  return new Promise((resolve) => {
    const goOn = () => {
      last = performance.now();
      resolve();
    };
    // A timer waits for a millisecond, an immediate only until the others had their turn; browsers have none.
    if (typeof setImmediate === "function") setImmediate(goOn);
    else setTimeout(goOn, 0);
  });
}
