import { byId } from "./element.ts";

const VIEWS = ["train", "model"] as const;

export type ViewName = (typeof VIEWS)[number];

const TITLES: { readonly [V in ViewName]: string } = { train: "Train", model: "Your model" };

/** The views of the page: the part of the address behind `#` says which one is shown, so that "back" works. */
export class Views {
  readonly #shown: (name: ViewName) => void;

  /** @param shown  called when a view begins to be shown. */
  constructor(shown: (name: ViewName) => void) {
    this.#shown = shown;
  }

  begin(): void {
    // As a plain link it would change the part of the address that says which view is shown.
    byId("skip", HTMLAnchorElement).addEventListener("click", (event) => {
      event.preventDefault();
      byId("content", HTMLElement).focus();
    });
    addEventListener("hashchange", () => {
      this.#show();
      scrollTo(0, 0);
    });
    this.#show();
  }

  /** Shows a view because of something in the other one, which had the focus and is hidden now. */
  go(name: ViewName): void {
    location.hash = name;
    byId("content", HTMLElement).focus({ preventScroll: true });
  }

  #show(): void {
    const wanted = VIEWS.find((name) => location.hash === `#${name}`) ?? "train";
    for (const name of VIEWS) {
      byId(`view-${name}`, HTMLElement).hidden = name !== wanted;
      const tab = byId(`tab-${name}`, HTMLAnchorElement);
      if (name === wanted) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    document.title = `${TITLES[wanted]} · mxgraft playground`;
    this.#shown(wanted);
  }
}
