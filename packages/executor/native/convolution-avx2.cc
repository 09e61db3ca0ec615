#ifdef __x86_64__
#include <cstdint>
#include <cstring>

#include "convolution-images.h"

#pragma GCC target("avx2,fma")
#define MXGRAFT_TABLE kConvolutionForAvx2
#include "convolution-images.inc"
#endif
