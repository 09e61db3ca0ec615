import { Mixed, Normal, type ParameterInitializer, Xavier } from "@mxgraft/module";
import type { DigitsSettings } from "./digits-settings.ts";

/** The initializer that settings name. */
export function digitsInitializer({ initializer }: DigitsSettings): ParameterInitializer {
  switch (initializer) {
    case "xavier":
      return new Xavier();
    case "program":
      return new Mixed(
        [".*fc.*", ".*"],
        [new Normal(0.001), new Xavier({ rndType: "gaussian", factorType: "out", magnitude: 2 })],
      );
    default:
      return initializer satisfies never;
  }
}
