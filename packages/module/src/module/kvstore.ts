import { UsageError } from "@mxgraft/base";

/** Where MXNet keeps parameters that several devices share. There is one device here, so the names mean the same. */
export type KVStore = "local" | "device" | null;

const LOCAL = ["local", "device", "local_update_cpu", "local_allreduce_cpu", "local_allreduce_device"];

/** @throws UsageError  the store needs several machines. */
export function checkKVStore(kvstore: string | null): void {
  if (kvstore === null || LOCAL.includes(kvstore)) return;
  throw new UsageError(
    `kvstore is "${kvstore}", expected "local", "device" or null: a Module trains on one device, without other machines.`,
    { argument: "kvstore", expected: ["local", "device", null], actual: kvstore },
  );
}
