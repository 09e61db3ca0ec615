/** Files below a folder, wherever that is: on a disk, or behind a server that a page asks. */
export interface FileSource {
  /**
   * The bytes of a file, `undefined` if it is not there.
   *
   * @param path  from the folder on, its parts separated by "/".
   */
  read(path: string): Uint8Array | undefined;
}
