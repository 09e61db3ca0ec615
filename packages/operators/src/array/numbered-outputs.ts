/** The names `output0`, `output1`, ... of operators with several outputs. */
export function numberedOutputs(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `output${i}`);
}
