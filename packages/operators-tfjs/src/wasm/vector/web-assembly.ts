// The few members that are used; TypeScript's DOM types are not part of this build.
export interface WebAssemblyHost {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** The global `WebAssembly`; where the backend "wasm" runs there is one. */
export function webAssembly(): WebAssemblyHost {
  return Reflect.get(globalThis, "WebAssembly") as WebAssemblyHost;
}
