import type { OperatorSpec } from "@mxgraft/operator";
import type { builtins } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";

type Builtins = typeof builtins;

type KernelsOf<Spec> = Spec extends OperatorSpec<infer A> ? KernelTable<A> : never;

/** The kernels of MXNet's built-in operators, each under its canonical MXNet name. */
export const builtinKernels: { readonly [Name in keyof Builtins]: KernelsOf<Builtins[Name]> } = {};
