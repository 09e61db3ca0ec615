export type ToWorker =
  | {
      readonly kind: "start";
      /** URL of the module whose default export is the task. */
      readonly module: string;
      readonly input: unknown;
    }
  | { readonly kind: "abort" };

export type FromWorker<Result = unknown, Message = unknown> =
  | { readonly kind: "report"; readonly message: Message }
  | { readonly kind: "result"; readonly result: Result }
  | {
      readonly kind: "error";
      /** Whether it is the module that is wrong, and not the task that failed. */
      readonly usage: boolean;
      readonly name: string;
      readonly message: string;
      readonly stack?: string;
    };
