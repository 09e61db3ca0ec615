// Two operators for TensorFlow's eager context: they put functions into its library and take them out, so that a
// program can call a function as it calls any operator. TensorFlow's C API has calls for both, but they need the
// context, which tfjs-node keeps to itself.
//
//   MxgraftAddFunctions(library: string)   a serialized FunctionDefLibrary; its functions are operators afterwards
//   MxgraftRemoveFunction(name: string)    the function is forgotten; a name is never used again
#include <node_api.h>

#include <string>

#include "tensorflow/core/framework/function.h"
#include "tensorflow/core/framework/function.pb.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/op_kernel.h"

namespace mxgraft {

using tensorflow::FunctionDefLibrary;
using tensorflow::FunctionLibraryDefinition;
using tensorflow::OpKernel;
using tensorflow::OpKernelConstruction;
using tensorflow::OpKernelContext;

REGISTER_OP("MxgraftAddFunctions").Input("library: string").SetIsStateful();
REGISTER_OP("MxgraftRemoveFunction").Input("name: string").SetIsStateful();

// The library of the eager context. Operators see it as constant, since inside of a graph nobody should change it;
// these two are called by themselves only.
FunctionLibraryDefinition* LibraryOf(OpKernelContext* context) {
  auto* runtime = context->function_library();
  if (runtime == nullptr) return nullptr;
  return const_cast<FunctionLibraryDefinition*>(runtime->GetFunctionLibraryDefinition());
}

std::string TextOf(OpKernelContext* context) { return std::string(context->input(0).scalar<tensorflow::tstring>()()); }

class AddFunctions : public OpKernel {
 public:
  explicit AddFunctions(OpKernelConstruction* construction) : OpKernel(construction) {}

  void Compute(OpKernelContext* context) override {
    FunctionDefLibrary functions;
    OP_REQUIRES(context, functions.ParseFromString(TextOf(context)),
                tensorflow::errors::InvalidArgument("the bytes are no FunctionDefLibrary"));
    FunctionLibraryDefinition* library = LibraryOf(context);
    OP_REQUIRES(context, library != nullptr, tensorflow::errors::Internal("there is no function library"));
    OP_REQUIRES_OK(context, library->AddLibrary(functions));
  }
};

class RemoveFunction : public OpKernel {
 public:
  explicit RemoveFunction(OpKernelConstruction* construction) : OpKernel(construction) {}

  void Compute(OpKernelContext* context) override {
    FunctionLibraryDefinition* library = LibraryOf(context);
    OP_REQUIRES(context, library != nullptr, tensorflow::errors::Internal("there is no function library"));
    OP_REQUIRES_OK(context, library->RemoveFunction(TextOf(context)));
  }
};

// Strings lie in the memory of the processor, on a GPU too.
REGISTER_KERNEL_BUILDER(Name("MxgraftAddFunctions").Device(tensorflow::DEVICE_DEFAULT).HostMemory("library"),
                        AddFunctions);
REGISTER_KERNEL_BUILDER(Name("MxgraftRemoveFunction").Device(tensorflow::DEVICE_DEFAULT).HostMemory("name"),
                        RemoveFunction);

}  // namespace mxgraft

// Loading the file registers the operators; it gives JavaScript nothing.
static napi_value Init(napi_env, napi_value exports) { return exports; }

NAPI_MODULE(mxgraft_functions, Init)
