#include <algorithm>
#include <cstdint>
#include <cstring>

#include "max-pooling-images.h"

#define MXGRAFT_TABLE kMaxPoolingForAny
#include "max-pooling-images.inc"
