/** Keeps a canvas as sharp as the screen, at whatever size the page gives it, and redraws it when that changes. */
export class SharpCanvas {
  readonly element: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  width = 0;
  height = 0;

  constructor(element: HTMLCanvasElement, redraw: () => void) {
    this.element = element;
    const context = element.getContext("2d");
    if (context === null) throw new Error("This browser gives the page no canvas to draw on.");
    this.#context = context;
    new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element;
      const ratio = Math.min(3, devicePixelRatio || 1);
      this.width = clientWidth;
      this.height = clientHeight;
      element.width = Math.round(clientWidth * ratio);
      element.height = Math.round(clientHeight * ratio);
      redraw();
    }).observe(element);
  }

  /** The context in units of the page, emptied; undefined while the canvas has no size. */
  begin(): CanvasRenderingContext2D | undefined {
    if (this.width === 0 || this.height === 0) return undefined;
    const { element } = this;
    this.#context.setTransform(element.width / this.width, 0, 0, element.height / this.height, 0, 0);
    this.#context.clearRect(0, 0, this.width, this.height);
    return this.#context;
  }
}
