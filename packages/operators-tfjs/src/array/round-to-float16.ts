import * as tf from "@tensorflow/tfjs";

// The next number that is no float16 any more, 65504 plus half of its last place, becomes infinite.
const OVERFLOW = 65520;
/** Below 2^-14 the numbers of float16 are evenly spaced. */
const SMALLEST_NORMAL = 2 ** -14;
/** Numbers in 0.5..1 of float32 are 2^-24 apart, as those of float16 below 2^-14 are. */
const EVENLY_SPACED = 0.75;
/** Dekker's split of 24 bits into 11 and 13. */
const SPLIT = 2 ** 13 + 1;

/** Numbers rounded to the nearest of float16, kept as float32. */
export function roundToFloat16(x: tf.Tensor): tf.Tensor {
  const bounded = tf.clipByValue(x, -OVERFLOW, OVERFLOW);
  const shifted = tf.mul(bounded, SPLIT);
  const normal = tf.sub(shifted, tf.sub(shifted, bounded));
  const small = tf.sub(tf.add(bounded, EVENLY_SPACED), EVENLY_SPACED);
  const magnitude = tf.abs(x);
  const rounded = tf.where(tf.less(magnitude, SMALLEST_NORMAL), small, normal);
  // Not a number times infinity stays none; clipByValue may have hidden it.
  const outside = tf.mul(x, Number.POSITIVE_INFINITY);
  return tf.where(tf.less(magnitude, OVERFLOW), rounded, outside);
}
