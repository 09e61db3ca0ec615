import { PICKLE_INSTRUCTIONS } from "./pickle-instructions.ts";
import { PickleMachine } from "./pickle-machine.ts";
import type { PickleValue } from "./pickle-value.ts";

const STOP = 0x2e;

/**
 * Reads a Python pickle (protocols 0 to 5) as inert data. Nothing that it names is looked up, built or called, and a
 * pickle that names anything but MXNet's, NumPy's and a few harmless classes is refused.
 *
 * @throws FormatError  the bytes are no such pickle.
 */
export function readPickle(bytes: Uint8Array, file: string): PickleValue {
  const machine = new PickleMachine(bytes, file);
  const { reader } = machine;
  for (;;) {
    const at = reader.offset;
    const opcode = reader.uint8("instruction");
    if (opcode === STOP) return machine.result();
    const instruction = PICKLE_INSTRUCTIONS.get(opcode);
    if (instruction === undefined) {
      const hex = opcode.toString(16).padStart(2, "0");
      throw reader.error(`byte ${at} is 0x${hex}, no pickle instruction that a states file uses.`, {
        byte: at,
        actual: opcode,
      });
    }
    instruction(machine);
  }
}
