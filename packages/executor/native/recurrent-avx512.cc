#ifdef __x86_64__
#include <algorithm>
#include <cstdint>
#include <cstring>

#include "recurrent-rows.h"

#pragma GCC target("avx512f,avx512vl,avx2,fma")
#define MXGRAFT_32_REGISTERS
#define MXGRAFT_TABLE kRecurrentForAvx512
#include "recurrent-rows.inc"
#endif
