// Center loss on GPUs: for each class of a batch, and for some columns of its rows, one block of threads reads the
// center once, writes differences or gradients, sums them and moves the center. No two blocks share a center and all
// sums have a fixed order, so there are no atomics and the bits are the same each time.
//
// Compiled by NVRTC, without CUDA's headers; and by a C++ compiler for its test, which defines MXGRAFT_EMULATION and
// what CUDA has beyond C++.

namespace {

enum Pass { kForward, kStep, kBackward };

constexpr int kMostThreads = 256;

// float16 comes as its bits: its type needs headers that NVRTC does not bring.
using Half = unsigned short;

__device__ inline float Load(const float* from) { return *from; }
__device__ inline void Store(float* to, float value) { *to = value; }

#ifdef MXGRAFT_EMULATION
inline float Load(const Half* from) {
  _Float16 value;
  __builtin_memcpy(&value, from, sizeof value);
  return static_cast<float>(value);
}
inline void Store(Half* to, float value) {
  const _Float16 rounded = static_cast<_Float16>(value);
  __builtin_memcpy(to, &rounded, sizeof rounded);
}
#else
__device__ inline float Load(const Half* from) {
  float value;
  asm("cvt.f32.f16 %0, %1;" : "=f"(value) : "h"(*from));
  return value;
}
__device__ inline void Store(Half* to, float value) {
  Half bits;
  asm("cvt.rn.f16.f32 %0, %1;" : "=h"(bits) : "f"(value));
  *to = bits;
}
#endif

// What CenterPass of center-pass.h does on processors. Block (k, j) has the rows of class k and the j-th `width`
// columns; its threads are lanes of `width`, each of which takes every lanes-th row. Both are powers of two.
//   squares  (classes, column blocks) sums of squared differences, written by kForward and kStep
template <typename T, Pass pass>
__device__ void CenterRows(const T* x, float* centers, T* output, float* squares, const int* classes, const int* begin,
                           const int* rows, long long columns, int width, float alpha, float weight) {
  __shared__ float shared[kMostThreads];
  const int thread = threadIdx.x;
  const int threads = blockDim.x;
  const int lane = thread / width;
  const int lanes = threads / width;
  const long long column = static_cast<long long>(blockIdx.y) * width + thread % width;
  const bool inside = column < columns;
  const int first = begin[blockIdx.x];
  const int last = begin[blockIdx.x + 1];
  float* const center = centers + classes[blockIdx.x] * columns + column;
  const float before = inside ? *center : 0.0f;
  float sum = 0.0f;
  float square = 0.0f;
  if (inside) {
    for (int i = first + lane; i < last; i += lanes) {
      const long long at = rows[i] * columns + column;
      const float value = Load(x + at);
      const float diff = pass == kBackward ? value : value - before;
      Store(output + at, diff * weight);
      sum += diff;
      square += diff * diff;
    }
  }
  if (pass != kForward) {
    shared[thread] = sum;
    // Nobody reads the old center after this point.
    __syncthreads();
    for (int half = lanes / 2; half > 0; half /= 2) {
      if (lane < half) shared[thread] += shared[thread + half * width];
      __syncthreads();
    }
    if (lane == 0 && inside) *center = before + alpha / static_cast<float>(1 + last - first) * shared[thread];
    __syncthreads();
  }
  if (pass != kBackward) {
    shared[thread] = square;
    __syncthreads();
    for (int half = threads / 2; half > 0; half /= 2) {
      if (thread < half) shared[thread] += shared[thread + half];
      __syncthreads();
    }
    if (thread == 0) squares[static_cast<long long>(blockIdx.x) * gridDim.y + blockIdx.y] = shared[0];
  }
}

}  // namespace

#define MXGRAFT_CENTER_ROWS(name, type, pass)                                                                        \
  extern "C" __global__ void name(const type* x, float* centers, type* output, float* squares, const int* classes,   \
                                  const int* begin, const int* rows, long long columns, int width, float alpha,      \
                                  float weight) {                                                                    \
    CenterRows<type, pass>(x, centers, output, squares, classes, begin, rows, columns, width, alpha, weight);        \
  }

MXGRAFT_CENTER_ROWS(center_loss_forward_float, float, kForward)
MXGRAFT_CENTER_ROWS(center_loss_step_float, float, kStep)
MXGRAFT_CENTER_ROWS(center_loss_backward_float, float, kBackward)
MXGRAFT_CENTER_ROWS(center_loss_forward_half, Half, kForward)
MXGRAFT_CENTER_ROWS(center_loss_step_half, Half, kStep)
MXGRAFT_CENTER_ROWS(center_loss_backward_half, Half, kBackward)

// loss = weight * sum of squares (count), in one block.
extern "C" __global__ void center_loss_sum(const float* squares, long long count, float weight, float* loss) {
  __shared__ double shared[kMostThreads];
  const int thread = threadIdx.x;
  const int threads = blockDim.x;
  double sum = 0.0;
  for (long long i = thread; i < count; i += threads) sum += squares[i];
  shared[thread] = sum;
  __syncthreads();
  for (int half = threads / 2; half > 0; half /= 2) {
    if (thread < half) shared[thread] += shared[thread + half];
    __syncthreads();
  }
  if (thread == 0) *loss = static_cast<float>(weight * shared[0]);
}
