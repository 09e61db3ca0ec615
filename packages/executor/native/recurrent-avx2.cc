#ifdef __x86_64__
#include <algorithm>
#include <cstdint>
#include <cstring>

#include "recurrent-rows.h"

#pragma GCC target("avx2,fma")
#define MXGRAFT_TABLE kRecurrentForAvx2
#include "recurrent-rows.inc"
#endif
