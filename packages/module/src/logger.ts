/** Takes one line of the training log, without a newline. */
export type Logger = (line: string) => void;
