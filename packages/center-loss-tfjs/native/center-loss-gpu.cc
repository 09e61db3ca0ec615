// The operators of center-loss-ops.cc on NVIDIA's GPUs, where TensorFlow is the one for GPUs: the set-up then gives the
// PTX code of cuda/center-loss.cu as MXGRAFT_PTX. It is loaded and launched through the driver, which is opened when a
// kernel first runs, so that nothing of CUDA is needed to compile or to load this file.
#ifdef MXGRAFT_PTX

#include <dlfcn.h>

#include <map>
#include <mutex>
#include <type_traits>
#include <vector>

#include "center-loss-kernel.h"
#include "gpu-blocks.h"
#include "tensorflow/core/framework/device_base.h"
#if __has_include("xla/stream_executor/stream.h")
#include "xla/stream_executor/stream.h"
#else
// Until TensorFlow 2.15.
#include "tensorflow/compiler/xla/stream_executor/stream.h"
#endif

// The code, with the zero at its end that the driver looks for.
asm(".pushsection .rodata\n"
    ".globl mxgraft_center_loss_ptx\n"
    ".hidden mxgraft_center_loss_ptx\n"
    "mxgraft_center_loss_ptx:\n"
    ".incbin \"" MXGRAFT_PTX "\"\n"
    ".byte 0\n"
    ".popsection\n");
extern "C" const char mxgraft_center_loss_ptx[];

namespace mxgraft {
namespace {

// The part of the driver's API that is used; names and meanings as in cuda.h, where results are an enum with 0 for
// success, handles are pointers, and device addresses are 64 bits wide.
struct Driver {
  int (*get_context)(void** context);
  int (*load_module)(void** module, const void* image);
  int (*get_function)(void** function, void* module, const char* name);
  int (*launch)(void* function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y,
                unsigned block_z, unsigned shared_bytes, void* stream, void** parameters, void** extra);
  int (*copy_to_device)(unsigned long long to, const void* from, size_t bytes, void* stream);
  int (*copy_on_device)(unsigned long long to, unsigned long long from, size_t bytes, void* stream);

  // Null where there is no driver.
  static const Driver* Get() {
    static const Driver* const driver = Open();
    return driver;
  }

 private:
  static const Driver* Open() {
    void* const library = dlopen("libcuda.so.1", RTLD_NOW);
    if (!library) return nullptr;
    auto* const driver = new Driver;
    bool whole = true;
    const auto find = [&](auto& function, const char* name) {
      void* const symbol = dlsym(library, name);
      whole = whole && symbol;
      function = reinterpret_cast<std::decay_t<decltype(function)>>(symbol);
    };
    find(driver->get_context, "cuCtxGetCurrent");
    find(driver->load_module, "cuModuleLoadData");
    find(driver->get_function, "cuModuleGetFunction");
    find(driver->launch, "cuLaunchKernel");
    find(driver->copy_to_device, "cuMemcpyHtoDAsync_v2");
    find(driver->copy_on_device, "cuMemcpyDtoDAsync_v2");
    return whole ? driver : nullptr;
  }
};

absl::Status Check(int result, const char* call) {
  if (result == 0) return absl::OkStatus();
  return tensorflow::errors::Internal("centerloss: ", call, " of the CUDA driver fails with error ", result,
                                      result == 222 ? "; the driver is older than the CUDA libraries" : "");
}

// A kernel of the current context, which TensorFlow sets before it runs an operator.
absl::Status FindKernel(const Driver& driver, const char* name, void** kernel) {
  static std::mutex mutex;
  static std::map<void*, void*>* const modules = new std::map<void*, void*>;
  void* context = nullptr;
  TF_RETURN_IF_ERROR(Check(driver.get_context(&context), "cuCtxGetCurrent"));
  std::lock_guard<std::mutex> lock(mutex);
  auto found = modules->find(context);
  if (found == modules->end()) {
    void* module = nullptr;
    TF_RETURN_IF_ERROR(Check(driver.load_module(&module, mxgraft_center_loss_ptx), "cuModuleLoadData"));
    found = modules->emplace(context, module).first;
  }
  return Check(driver.get_function(kernel, found->second, name), "cuModuleGetFunction");
}

void* StreamOf(tensorflow::OpKernelContext* context) {
  return context->op_device_context()->stream()->platform_specific_handle().stream;
}

unsigned long long AddressOf(const tensorflow::Tensor& tensor) {
  return reinterpret_cast<unsigned long long>(tensor.data());
}

template <Pass pass, typename T>
constexpr const char* KernelName() {
  constexpr bool half = std::is_same_v<T, Eigen::half>;
  switch (pass) {
    case Pass::kForward:
      return half ? "center_loss_forward_half" : "center_loss_forward_float";
    case Pass::kStep:
      return half ? "center_loss_step_half" : "center_loss_step_float";
    case Pass::kBackward:
      return half ? "center_loss_backward_half" : "center_loss_backward_float";
  }
}

// Labels are in host memory: they are checked and grouped there, where a wrong one can end the operator with a message
// and without waiting for the GPU; the groups, some integers a row, go to the device.
template <Pass pass, typename T, typename Label>
class CenterLossGpuOp : public CenterLossKernel<pass, Label> {
 public:
  using CenterLossKernel<pass, Label>::CenterLossKernel;

  absl::Status ComputeBatch(tensorflow::OpKernelContext* context, const Batch& batch) override {
    const Driver* const driver = Driver::Get();
    if (!driver) return tensorflow::errors::Internal("centerloss: the CUDA driver, libcuda.so.1, cannot be opened");
    void* const stream = StreamOf(context);
    const Groups& groups = batch.groups;
    const GpuBlocks blocks = GpuBlocks::For(batch.rows, groups.size(), batch.columns);
    const int64_t parts = groups.size() * blocks.column_blocks;

    std::vector<int32_t> host(groups.classes);
    host.insert(host.end(), groups.begin.begin(), groups.begin.end());
    host.insert(host.end(), groups.rows.begin(), groups.rows.end());
    tensorflow::Tensor indices, squares;
    TF_RETURN_IF_ERROR(context->allocate_temp(tensorflow::DT_INT32,
                                              tensorflow::TensorShape({static_cast<int64_t>(host.size())}), &indices));
    TF_RETURN_IF_ERROR(context->allocate_temp(tensorflow::DT_FLOAT,
                                              tensorflow::TensorShape({std::max<int64_t>(parts, 1)}), &squares));
    // From pageable memory: when the call returns, the driver has its own copy.
    TF_RETURN_IF_ERROR(Check(
        driver->copy_to_device(AddressOf(indices), host.data(), host.size() * sizeof(int32_t), stream), "cuMemcpyHtoD"));

    const int32_t* classes = static_cast<const int32_t*>(indices.data());
    const int32_t* begin = classes + groups.size();
    const int32_t* rows = begin + groups.size() + 1;
    const void* x = batch.x->data();
    void* centers = batch.centers->data();
    void* output = batch.output->data();
    void* squared = squares.data();
    long long columns = batch.columns;
    int width = blocks.width;
    float alpha = batch.alpha;
    float weight = batch.weight;
    void* parameters[] = {&x, &centers, &output, &squared, &classes, &begin, &rows, &columns, &width, &alpha, &weight};
    if (parts > 0) {
      void* kernel = nullptr;
      TF_RETURN_IF_ERROR(FindKernel(*driver, KernelName<pass, T>(), &kernel));
      TF_RETURN_IF_ERROR(Check(driver->launch(kernel, static_cast<unsigned>(groups.size()),
                                              static_cast<unsigned>(blocks.column_blocks), 1, blocks.threads, 1, 1, 0,
                                              stream, parameters, nullptr),
                               "cuLaunchKernel"));
    }
    if (!batch.loss) return absl::OkStatus();
    void* loss = batch.loss->data();
    long long count = parts;
    float loss_weight = batch.loss_weight;
    void* sum_parameters[] = {&squared, &count, &loss_weight, &loss};
    void* sum = nullptr;
    TF_RETURN_IF_ERROR(FindKernel(*driver, "center_loss_sum", &sum));
    return Check(driver->launch(sum, 1, 1, 1, 256, 1, 1, 0, stream, sum_parameters, nullptr), "cuLaunchKernel");
  }

  absl::Status CopyTable(tensorflow::OpKernelContext* context, const tensorflow::Tensor& from,
                         tensorflow::Tensor* to) override {
    const Driver* const driver = Driver::Get();
    if (!driver) return tensorflow::errors::Internal("centerloss: the CUDA driver, libcuda.so.1, cannot be opened");
    return Check(driver->copy_on_device(AddressOf(*to), AddressOf(from), from.TotalBytes(), StreamOf(context)),
                 "cuMemcpyDtoD");
  }
};

#define REGISTER_KERNEL(name, pass, type, label)                  \
  REGISTER_KERNEL_BUILDER(Name(name)                              \
                              .Device(tensorflow::DEVICE_GPU)     \
                              .HostMemory("centers")              \
                              .HostMemory("label")                \
                              .TypeConstraint<type>("T")          \
                              .TypeConstraint<label>("Tlabel"),   \
                          CenterLossGpuOp<pass, type, label>)
#define REGISTER_STEP(name, pass, type, label)                    \
  REGISTER_KERNEL_BUILDER(Name(name)                              \
                              .Device(tensorflow::DEVICE_GPU)     \
                              .HostMemory("centers")              \
                              .HostMemory("label")                \
                              .HostMemory("alpha")                \
                              .HostMemory("scale")                \
                              .TypeConstraint<type>("T")          \
                              .TypeConstraint<label>("Tlabel"),   \
                          CenterLossGpuOp<pass, type, label>)
#define REGISTER_ALL(type, label)                                                \
  REGISTER_KERNEL("MxgraftCenterLossForward", Pass::kForward, type, label);      \
  REGISTER_STEP("MxgraftCenterLossStep", Pass::kStep, type, label);              \
  REGISTER_STEP("MxgraftCenterLossBackward", Pass::kBackward, type, label)

REGISTER_ALL(float, float);
REGISTER_ALL(float, int32_t);
REGISTER_ALL(Eigen::half, float);
REGISTER_ALL(Eigen::half, int32_t);

}  // namespace
}  // namespace mxgraft

#endif  // MXGRAFT_PTX
