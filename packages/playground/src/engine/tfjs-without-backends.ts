/**
 * What "@tensorflow/tfjs" is in the bundle: its core and gradients. The union package would add its layers, converter
 * and data readers, which nothing here uses, and the backends "webgl" and "cpu", which are loaded when they are chosen.
 */
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";

export * from "@tensorflow/tfjs-core";
