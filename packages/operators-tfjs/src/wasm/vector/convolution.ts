import type * as tf from "@tensorflow/tfjs";
import { addressOf, floatsOf, type WasmBackend, withScratch } from "../wasm-kernel.ts";
import type { HeapFunctions } from "./heap-functions.ts";
import { type ConvInfo, type ImageFrame, imageFrame } from "./image-frame.ts";
import { NUMBER, wholeVectors } from "./vectors.ts";

/** Whether the functions of this file compute a convolution: channels last, no dilation, nothing empty. */
export function isVectorConvolution(info: ConvInfo): boolean {
  const sizes = [...info.inShape, ...info.outShape, info.filterHeight, info.filterWidth];
  return (
    info.dataFormat === "channelsLast" &&
    info.dilationHeight === 1 &&
    info.dilationWidth === 1 &&
    sizes.every((size) => size > 0)
  );
}

/** All numbers of the heap that a tensor is on; not valid after the next allocation. */
function heapOf(backend: WasmBackend, tensor: tf.TensorInfo): Float32Array {
  return new Float32Array(floatsOf(backend, tensor).buffer);
}

/**
 * Calls `visit` for each image, with the address of its frame.
 *
 * @param copy  where the frame is put together if it is a copy.
 */
function forEachFrame(
  backend: WasmBackend,
  { info, frame, x, copy }: { info: ConvInfo; frame: ImageFrame; x: tf.TensorInfo; copy: number },
  visit: (frame: number, image: number) => void,
): void {
  const first = addressOf(backend, x);
  const imageSize = info.inHeight * info.inWidth * info.inChannels;
  const numbers = heapOf(backend, x);
  const to = copy / NUMBER;
  numbers.fill(0, to, to + frame.numbers);
  for (let image = 0; image < info.batchSize; image++) {
    const at = first + image * imageSize * NUMBER;
    for (const { inImage, inFrame } of frame.pieces) {
      const from = at / NUMBER + inImage;
      numbers.copyWithin(to + inFrame, from, from + frame.pieceSize);
    }
    visit(frame.copied ? copy : at, image);
  }
}

/** x (N, H, W, C) convolved with a filter (FH, FW, C, O), plus a bias (O); with `relu`, 0 where that is negative. */
export function convolve(
  heap: HeapFunctions,
  backend: WasmBackend,
  info: ConvInfo,
  given: { x: tf.TensorInfo; filter: tf.TensorInfo; bias: tf.TensorInfo | undefined; relu: boolean },
): tf.TensorInfo {
  const { x, filter, bias, relu } = given;
  const output = backend.makeOutput([...info.outShape], "float32");
  const frame = imageFrame(info);
  const { outChannels: columns, filterHeight: segments } = info;
  const positions = info.outHeight * info.outWidth;
  const steps = info.filterWidth * info.inChannels;
  const filterNumbers = segments * steps * wholeVectors(columns);
  withScratch(backend, frame.numbers + filterNumbers + wholeVectors(columns), (copy) => {
    const packed = copy + frame.numbers * NUMBER;
    const start = packed + filterNumbers * NUMBER;
    const rows = { fromStep: columns * NUMBER, fromColumn: NUMBER, columns };
    heap.pack({ from: addressOf(backend, filter), steps: segments * steps, to: packed, ...rows });
    if (bias) heap.pack({ from: addressOf(backend, bias), steps: 1, to: start, ...rows });
    const first = addressOf(backend, output);
    forEachFrame(backend, { info, frame, x, copy }, (a, image) =>
      heap.product({
        a,
        aLine: info.strideHeight * frame.line,
        aRow: info.strideWidth * frame.pixel,
        aSegment: frame.line,
        aStep: NUMBER,
        b: packed,
        c: first + image * positions * columns * NUMBER,
        cLine: info.outWidth * columns * NUMBER,
        cRow: columns * NUMBER,
        width: info.outWidth,
        rows: positions,
        segments,
        steps,
        columns,
        start: bias ? start : 0,
        adds: false,
        relu,
      }),
    );
  });
  return output;
}

/** The gradient (FH, FW, C, O) of the filter, for a gradient dy (N, OH, OW, O) of the output. */
export function filterGradient(
  heap: HeapFunctions,
  backend: WasmBackend,
  info: ConvInfo,
  { x, dy }: { x: tf.TensorInfo; dy: tf.TensorInfo },
): tf.TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels: columns } = info;
  const gradient = backend.makeOutput([filterHeight, filterWidth, inChannels, columns], "float32");
  const frame = imageFrame(info);
  const positions = info.outHeight * info.outWidth;
  const line = filterWidth * inChannels;
  withScratch(backend, frame.numbers + positions * wholeVectors(columns), (copy) => {
    floatsOf(backend, gradient).fill(0);
    const packed = copy + frame.numbers * NUMBER;
    const c = addressOf(backend, gradient);
    const first = addressOf(backend, dy);
    forEachFrame(backend, { info, frame, x, copy }, (a, image) => {
      heap.pack({
        from: first + image * positions * columns * NUMBER,
        fromStep: columns * NUMBER,
        fromColumn: NUMBER,
        steps: positions,
        columns,
        to: packed,
      });
      heap.product({
        a,
        aLine: frame.line,
        aRow: NUMBER,
        aSegment: info.strideHeight * frame.line,
        aStep: info.strideWidth * frame.pixel,
        b: packed,
        c,
        cLine: line * columns * NUMBER,
        cRow: columns * NUMBER,
        width: line,
        rows: filterHeight * line,
        segments: info.outHeight,
        steps: info.outWidth,
        columns,
        start: 0,
        adds: true,
        relu: false,
      });
    });
  });
  return gradient;
}

/** The gradient (N, H, W, C) of the data, for a gradient dy (N, OH, OW, O) of the output. */
export function inputGradient(
  heap: HeapFunctions,
  backend: WasmBackend,
  info: ConvInfo,
  { dy, filter }: { dy: tf.TensorInfo; filter: tf.TensorInfo },
): tf.TensorInfo {
  const gradient = backend.makeOutput([...info.inShape], "float32");
  const frame = imageFrame(info);
  const { filterHeight, outChannels: steps } = info;
  const positions = info.outHeight * info.outWidth;
  const columns = info.filterWidth * info.inChannels;
  const imageSize = info.inHeight * info.inWidth * info.inChannels;
  const lineNumbers = steps * wholeVectors(columns);
  withScratch(backend, frame.numbers + filterHeight * lineNumbers, (sums) => {
    const packed = sums + frame.numbers * NUMBER;
    const filterLine = (y: number) => packed + y * lineNumbers * NUMBER;
    for (let y = 0; y < filterHeight; y++) {
      heap.pack({
        from: addressOf(backend, filter) + y * columns * steps * NUMBER,
        fromStep: NUMBER,
        fromColumn: steps * NUMBER,
        steps,
        columns,
        to: filterLine(y),
      });
    }
    floatsOf(backend, gradient).fill(0);
    const numbers = heapOf(backend, gradient);
    const [from, to] = [addressOf(backend, dy), addressOf(backend, gradient)];
    for (let image = 0; image < info.batchSize; image++) {
      const own = to + image * imageSize * NUMBER;
      numbers.fill(0, sums / NUMBER, sums / NUMBER + frame.numbers);
      for (let y = 0; y < filterHeight; y++) {
        // What the positions of a line say of the inputs overlaps, which is why it is added.
        heap.product({
          a: from + image * positions * steps * NUMBER,
          aLine: info.outWidth * steps * NUMBER,
          aRow: steps * NUMBER,
          aSegment: 0,
          aStep: NUMBER,
          b: filterLine(y),
          c: (frame.copied ? sums : own) + y * frame.line,
          cLine: info.strideHeight * frame.line,
          cRow: info.strideWidth * frame.pixel,
          width: info.outWidth,
          rows: positions,
          segments: 1,
          steps,
          columns,
          start: 0,
          adds: true,
          relu: false,
        });
      }
      for (const { inImage, inFrame } of frame.pieces) {
        const piece = sums / NUMBER + inFrame;
        numbers.copyWithin(own / NUMBER + inImage, piece, piece + frame.pieceSize);
      }
    }
  });
  return gradient;
}
