// Update rules of optimizers over the numbers of one parameter.
#pragma once

#include <cstdint>

namespace mxgraft {

struct UpdateRates {
  float lr, wd, rescale_grad;
  // Below 0: the gradient is not cut.
  float clip_gradient;
  float momentum;
  float beta1, beta2, epsilon;
};

//   g = clip(rescale_grad * gradient, clip_gradient) + wd * weight
//   weight -= lr * g
void SgdUpdate(int64_t count, float* weight, const float* gradient, const UpdateRates& rates);

//   g as above; mom = momentum * mom - lr * g; weight += mom
void SgdMomUpdate(int64_t count, float* weight, float* mom, const float* gradient, const UpdateRates& rates);

//   g = clip(rescale_grad * gradient + wd * weight, clip_gradient)
//   mean = beta1 * mean + (1 - beta1) * g; var = beta2 * var + (1 - beta2) * g^2
//   weight -= lr * mean / (sqrt(var) + epsilon)
void AdamUpdate(int64_t count, float* weight, float* mean, float* var, const float* gradient, const UpdateRates& rates);

}  // namespace mxgraft
