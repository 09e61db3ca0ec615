#include <cstdint>
#include <cstring>

#include "convolution-images.h"

#define MXGRAFT_TABLE kConvolutionForAny
#include "convolution-images.inc"
