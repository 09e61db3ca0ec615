// Recurrent layers over some sequences of a batch, by code for the processor at hand. Sequences do not see each other,
// so that a thread takes its own through all steps.
#pragma once

#include <cstdint>

#include "processor-tables.h"

namespace mxgraft {

enum class RecurrentMode { kRelu, kTanh, kLstm, kGru };

// G: gates of a unit. K: numbers that are kept of each step for the gradient: the gates (relu and tanh: h; lstm: i, f,
// g, o; gru: r, z, n), then for lstm c before the step and tanh(c) after it, for gru what the state gives to n.
constexpr int GatesOf(RecurrentMode mode) {
  return mode == RecurrentMode::kLstm ? 4 : mode == RecurrentMode::kGru ? 3 : 1;
}
constexpr int KeptOf(RecurrentMode mode) {
  return mode == RecurrentMode::kLstm ? 6 : mode == RecurrentMode::kGru ? 4 : 1;
}

constexpr int64_t RoundedUpUnits(int64_t count) { return (count + 7) / 8 * 8; }

// Sizes of a layer in one direction: T steps, N sequences, H units.
struct RecurrentSizes {
  RecurrentMode mode;
  bool reverse;
  int64_t steps, batch, units;

  int64_t gates() const { return GatesOf(mode); }
  // Units and gates with zeros behind each, so that whole registers can be read.
  int64_t padded() const { return RoundedUpUnits(units); }
  int64_t padded_gates() const { return gates() * padded(); }
  // What is needed beside the arrays, in numbers: for the weight, and for each sequence.
  int64_t packed_weight() const { return padded_gates() * padded(); }
  int64_t scratch() const { return padded_gates() + 2 * padded(); }
  // Where the step lies that is computed at a place in the order of computing.
  int64_t step(int64_t place) const { return reverse ? steps - 1 - place : place; }
};

struct RecurrentForward {
  // (T, N, G H)
  const float* from_input;
  // Packed.
  const float* weight;
  // With zeros behind each gate.
  const float *input_bias, *state_bias;
  // (N, H), c for lstm
  const float *h, *c;
  // (N) steps that count, or nothing where all do
  const float* lengths;
  // (T, N, H), 0 after the end of a sequence
  float* output;
  // (N, H)
  float *last_h, *last_c;
  // (T, N, H) h before each step, and (T, N, K H); nothing where no gradient will be asked for
  float *before, *kept;
};

struct RecurrentGradients {
  // (T, N, H)
  const float* output;
  // (N, H), or nothing
  const float *last_h, *last_c;
  // Packed.
  const float* weight;
  const float *before, *kept;
  const float* lengths;
  // (T, N, G H): of the sums that come from the input and, for gru alone, of those that come from the state
  float *input_sums, *state_sums;
  // (N, H)
  float *h, *c;
};

// The functions for one kind of processor. `from` and `to` are sequences.
struct RecurrentRows {
  // The state's weight (G H, H) as each direction reads it.
  void (*pack_forward)(const RecurrentSizes&, const float* weight, float* packed);
  void (*pack_gradients)(const RecurrentSizes&, const float* weight, float* packed);
  void (*forward)(const RecurrentSizes&, const RecurrentForward&, int64_t from, int64_t to, float* scratch);
  void (*gradients)(const RecurrentSizes&, const RecurrentGradients&, int64_t from, int64_t to, float* scratch);
};

MXGRAFT_TABLES(RecurrentRows, Recurrent)

}  // namespace mxgraft
