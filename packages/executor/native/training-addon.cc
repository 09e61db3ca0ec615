// The entry of the Node addon. Loading the file is all that is needed: its static initialisers register the operators
// with the TensorFlow of the process.
#include <node_api.h>

static napi_value Init(napi_env, napi_value exports) { return exports; }

NAPI_MODULE(mxgraft_training, Init)
