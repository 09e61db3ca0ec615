// The entry of the Node addon, as in training-addon.cc: loading the file registers the operators.
#include <node_api.h>

static napi_value Init(napi_env, napi_value exports) { return exports; }

NAPI_MODULE(mxgraft_vision, Init)
