/** Placeholder of the first hour, replaced by the package's own developer. */
export interface NDArray {
  set(src: NDArray | number): void;
  addInPlace(src: NDArray | number): void;
}
