import { formatShape, type HostArray, type Random, ShapeError, sizeOf, UsageError } from "@mxgraft/base";
import { fillArray } from "../fill-array.ts";
import { fillWithZeros } from "../fill-with-zeros.ts";
import { bilinearWeight } from "./bilinear-weight.ts";
import type { InitDesc } from "./init-desc.ts";
import { pythonJson } from "./python-json.ts";

/** What fills parameters: an `Initializer`, `Load` or `Mixed`. */
export interface ParameterInitializer {
  /**
   * Fills an array in place.
   *
   * @param desc    the parameter; a plain name follows the rules of MXNet's early versions.
   * @param array   in MXNet's layout.
   * @param random  the stream that random values come from.
   */
  initialize(desc: InitDesc | string, array: HostArray, random: Random): void;
}

/**
 * Base of all initializers: chooses by the name of a parameter, as MXNet 1.9.1 does. A class of your own implements
 * `initWeight` and overrides the other rules where it wants to.
 *
 * The variable's own initializer (attribute `__init__`) comes first. After it the end of the name decides:
 *
 *   weight -> initWeight      bias, beta -> 0      gamma -> 1      min -> 0      max -> 1
 *   weight_quantize -> random integers      bias_quantize -> 0      anything else -> an error
 *
 * so a bias is 0 and a gamma 1 whatever the initializer. Plain names follow the old rules, which also know
 * `moving_mean` (0), `moving_var` (1), `moving_inv_var` and `moving_avg` (0), names that begin with `upsampling`
 * (bilinear) and with `stn_loc` (identity transform).
 */
export abstract class Initializer implements ParameterInitializer {
  /** The name in MXNet's registry, in lower case. */
  readonly name: string;
  readonly #parameters: Readonly<Record<string, unknown>>;
  readonly #floats: readonly string[];

  /**
   * @param name        the name it is registered by.
   * @param parameters  what `dumps` writes, by MXNet's names.
   * @param floats      parameters that Python writes as floats even when they are whole.
   */
  constructor(name: string, parameters: Readonly<Record<string, unknown>> = {}, floats: readonly string[] = []) {
    this.name = name;
    this.#parameters = parameters;
    this.#floats = floats;
  }

  /** The text for a variable's `__init__` attribute, e.g. `["normal", {"sigma": 0.5}]`. */
  dumps(): string {
    return pythonJson([this.name, this.#parameters], this.#floats);
  }

  /** @throws UsageError  no rule fits the name. */
  initialize(desc: InitDesc | string, array: HostArray, random: Random): void {
    if (typeof desc === "string") {
      this.#initializeByOldRules(desc, array, random);
      return;
    }
    const own = desc.ownInitializer();
    if (own !== undefined) own.initWeight(desc.name, array, random, this);
    else if (desc.name.endsWith("weight")) this.initWeight(desc.name, array, random);
    else if (desc.name.endsWith("bias")) this.initBias(desc.name, array, random);
    else if (desc.name.endsWith("gamma")) this.initGamma(desc.name, array, random);
    else if (desc.name.endsWith("beta")) this.initBeta(desc.name, array, random);
    else if (desc.name.endsWith("min")) fillWithZeros(array);
    else if (desc.name.endsWith("max")) fillArray(array, () => 1);
    else if (desc.name.endsWith("weight_quantize")) fillArray(array, () => random.below(254) - 127);
    else if (desc.name.endsWith("bias_quantize")) fillWithZeros(array);
    else this.initDefault(desc.name, array, random);
  }

  #initializeByOldRules(name: string, array: HostArray, random: Random): void {
    if (name.startsWith("upsampling")) bilinearWeight(name, array);
    else if (name.startsWith("stn_loc") && name.endsWith("weight")) fillWithZeros(array);
    else if (name.startsWith("stn_loc") && name.endsWith("bias")) identityTransform(name, array);
    else if (name.endsWith("bias")) this.initBias(name, array, random);
    else if (name.endsWith("gamma")) this.initGamma(name, array, random);
    else if (name.endsWith("beta")) this.initBeta(name, array, random);
    else if (name.endsWith("weight")) this.initWeight(name, array, random);
    else if (name.endsWith("moving_mean")) fillWithZeros(array);
    else if (name.endsWith("moving_var")) fillArray(array, () => 1);
    else if (name.endsWith("moving_inv_var")) fillWithZeros(array);
    else if (name.endsWith("moving_avg")) fillWithZeros(array);
    else if (name.endsWith("min")) fillWithZeros(array);
    else if (name.endsWith("max")) fillArray(array, () => 1);
    else this.initDefault(name, array, random);
  }

  /**
   * Fills a weight, and whatever carries this initializer as its own.
   *
   * @param globalInit  the initializer of the whole network, when the variable carries this one.
   */
  abstract initWeight(name: string, array: HostArray, random: Random, globalInit?: ParameterInitializer): void;

  /** Fills a bias: 0. */
  initBias(_name: string, array: HostArray, _random: Random): void {
    fillWithZeros(array);
  }

  /** Fills a scale of a normalization: 1. */
  initGamma(_name: string, array: HostArray, _random: Random): void {
    fillArray(array, () => 1);
  }

  /** Fills a shift of a normalization: 0. */
  initBeta(_name: string, array: HostArray, _random: Random): void {
    fillWithZeros(array);
  }

  /**
   * Called for names that no rule fits.
   *
   * @throws UsageError
   */
  initDefault(name: string, _array: HostArray, _random: Random): void {
    throw new UsageError(
      `Parameter "${name}": no rule of the initializer "${this.name}" fits its name, expected one that ends in weight, bias, gamma, beta, min or max. Give the variable an initializer of its own, variable("${name}", { init: ... }).`,
      { argument: name },
    );
  }
}

/** The affine transform that changes nothing, as the bias of a spatial transformer's last layer. */
function identityTransform(name: string, array: HostArray): void {
  if (sizeOf(array.shape) !== 6) {
    throw new ShapeError(`Parameter "${name}" has shape ${formatShape(array.shape)}, expected (6,).`, {
      argument: name,
      expected: [6],
      actual: array.shape,
    });
  }
  fillArray(array, (i) => (i === 0 || i === 4 ? 1 : 0));
}
