// Convolutions of some images of a batch, by code for the processor at hand.
#pragma once

#include <cstdint>

namespace mxgraft {

constexpr int64_t RoundedUp(int64_t count) { return (count + 7) / 8 * 8; }

// Sizes of a convolution over two axes: data (N, height, width, channels), filter (kernel_y, kernel_x, channels,
// filters), output (N, out_height, out_width, filters).
struct ConvolutionSizes {
  int64_t height, width, channels;
  int64_t kernel_y, kernel_x, filters;
  int64_t out_height, out_width;
  int64_t stride_y, stride_x;
  int64_t pad_y, pad_x;

  int64_t padded_height() const { return height + 2 * pad_y; }
  int64_t padded_width() const { return width + 2 * pad_x; }
  bool pads() const { return pad_y > 0 || pad_x > 0; }
  // Numbers of one image.
  int64_t data() const { return height * width * channels; }
  int64_t padded_data() const { return padded_height() * padded_width() * channels; }
  int64_t pixels() const { return out_height * out_width; }
  int64_t output() const { return pixels() * filters; }
  // A row of a filter over one line of data, whose numbers lie side by side in the data.
  int64_t line() const { return kernel_x * channels; }
  // Filters with zeros behind each row, (kernel_y * line, filters rounded up), and the same turned, (kernel_y, filters,
  // line rounded up).
  int64_t packed_filter() const { return kernel_y * line() * RoundedUp(filters); }
  int64_t turned_filter() const { return kernel_y * filters * RoundedUp(line()); }
  // What is needed beside the arrays, in numbers.
  int64_t forward_scratch() const { return pads() ? padded_data() : 0; }
  int64_t gradient_scratch() const { return padded_data() + pixels() * RoundedUp(filters) + 2 * padded_data() + 16; }
};

struct ConvolutionForward {
  const float* data;
  // Packed.
  const float* filter;
  // Filled up with zeros, or nothing.
  const float* bias;
  float* output;
};

struct ConvolutionGradients {
  const float* data;
  // Turned; nothing if the gradient of data is not wanted.
  const float* filter;
  const float* output_gradient;
  float* data_gradient;
};

// The functions for one kind of processor. `from` and `to` are images.
struct ConvolutionImages {
  void (*forward)(const ConvolutionSizes&, const ConvolutionForward&, int64_t from, int64_t to, float* scratch);
  // Adds to filter_gradient, which is packed, and to bias_gradient, filled up with zeros.
  void (*gradients)(const ConvolutionSizes&, const ConvolutionGradients&, int64_t from, int64_t to, float* scratch,
                    float* filter_gradient, float* bias_gradient);
};

extern const ConvolutionImages kConvolutionForAny;
#ifdef __x86_64__
extern const ConvolutionImages kConvolutionForAvx2;
extern const ConvolutionImages kConvolutionForAvx512;
#endif

// The fastest that the processor knows.
inline const ConvolutionImages& ConvolutionHere() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) return kConvolutionForAvx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return kConvolutionForAvx2;
#endif
  return kConvolutionForAny;
}

}  // namespace mxgraft
