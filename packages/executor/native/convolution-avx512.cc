#ifdef __x86_64__
#include <cstdint>
#include <cstring>

#include "convolution-images.h"

#pragma GCC target("avx512f,avx512vl,avx2,fma")
#define MXGRAFT_32_REGISTERS
#define MXGRAFT_TABLE kConvolutionForAvx512
#include "convolution-images.inc"
#endif
