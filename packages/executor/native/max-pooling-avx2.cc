#ifdef __x86_64__
#include <algorithm>
#include <cstdint>
#include <cstring>

#include "max-pooling-images.h"

#pragma GCC target("avx2,fma")
#define MXGRAFT_TABLE kMaxPoolingForAvx2
#include "max-pooling-images.inc"
#endif
