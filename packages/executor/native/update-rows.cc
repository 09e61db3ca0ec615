#include "update-rows.h"

#include <cmath>

// The loops are plain; the compiler makes registers of them. One version per generation of processors, chosen when the
// library is loaded. The files that include TensorFlow must not be compiled so: its memory layouts depend on it.
#pragma GCC optimize("O3,no-math-errno,no-trapping-math")
#ifdef __x86_64__
#define MXGRAFT_CLONES __attribute__((target_clones("avx512f", "arch=haswell", "default")))
#else
#define MXGRAFT_CLONES
#endif

namespace mxgraft {

MXGRAFT_CLONES void SgdUpdate(int64_t count, float* __restrict__ weight, const float* __restrict__ gradient,
                              const UpdateRates& rates) {
  const float lr = rates.lr, wd = rates.wd, rescale = rates.rescale_grad;
  const float bound = rates.clip_gradient < 0 ? INFINITY : rates.clip_gradient;
  for (int64_t i = 0; i < count; i++) {
    float g = rescale * gradient[i];
    g = g > bound ? bound : g < -bound ? -bound : g;
    weight[i] -= lr * (g + wd * weight[i]);
  }
}

MXGRAFT_CLONES void SgdMomUpdate(int64_t count, float* __restrict__ weight, float* __restrict__ mom,
                                 const float* __restrict__ gradient, const UpdateRates& rates) {
  const float lr = rates.lr, wd = rates.wd, rescale = rates.rescale_grad, momentum = rates.momentum;
  const float bound = rates.clip_gradient < 0 ? INFINITY : rates.clip_gradient;
  for (int64_t i = 0; i < count; i++) {
    float g = rescale * gradient[i];
    g = g > bound ? bound : g < -bound ? -bound : g;
    mom[i] = momentum * mom[i] - lr * (g + wd * weight[i]);
    weight[i] += mom[i];
  }
}

MXGRAFT_CLONES void AdamUpdate(int64_t count, float* __restrict__ weight, float* __restrict__ mean,
                               float* __restrict__ var, const float* __restrict__ gradient, const UpdateRates& rates) {
  const float lr = rates.lr, wd = rates.wd, rescale = rates.rescale_grad, epsilon = rates.epsilon;
  const float beta1 = rates.beta1, beta2 = rates.beta2, rest1 = 1 - beta1, rest2 = 1 - beta2;
  const float bound = rates.clip_gradient < 0 ? INFINITY : rates.clip_gradient;
  for (int64_t i = 0; i < count; i++) {
    float g = rescale * gradient[i] + wd * weight[i];
    g = g > bound ? bound : g < -bound ? -bound : g;
    mean[i] = beta1 * mean[i] + rest1 * g;
    var[i] = beta2 * var[i] + rest2 * g * g;
    weight[i] -= lr * mean[i] / (std::sqrt(var[i]) + epsilon);
  }
}

}  // namespace mxgraft
