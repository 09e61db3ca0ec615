#include <algorithm>
#include <cstdint>
#include <cstring>

#include "recurrent-rows.h"

#define MXGRAFT_TABLE kRecurrentForAny
#include "recurrent-rows.inc"
