// compile-ptx LIBNVRTC FILE.cu ARCHITECTURE FILE.ptx
//
// Compiles a CUDA file to PTX code by a libnvrtc that is only there as a library, without headers. Exit code 1: the
// file has errors, which are on standard error; 2: the library cannot be used.
#include <dlfcn.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

namespace {

using Program = void*;
// NVRTC's results are an enum whose 0 is success.
using CreateProgram = int(Program*, const char*, const char*, int, const char* const*, const char* const*);
using CompileProgram = int(Program, int, const char* const*);
using GetSize = int(Program, size_t*);
using GetText = int(Program, char*);

template <typename Function>
Function* Find(void* library, const char* name) {
  return reinterpret_cast<Function*>(dlsym(library, name));
}

std::string TextOf(void* library, const char* size_name, const char* text_name, Program program) {
  size_t size = 0;
  auto* size_of = Find<GetSize>(library, size_name);
  auto* text_of = Find<GetText>(library, text_name);
  if (!size_of || !text_of || size_of(program, &size) != 0) return "";
  std::string text(size, '\0');
  if (text_of(program, text.data()) != 0) return "";
  // The size counts the final zero.
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) {
    fprintf(stderr, "usage: compile-ptx LIBNVRTC FILE.cu ARCHITECTURE FILE.ptx\n");
    return 2;
  }
  void* library = dlopen(words[1], RTLD_NOW);
  auto* create = library ? Find<CreateProgram>(library, "nvrtcCreateProgram") : nullptr;
  auto* compile = library ? Find<CompileProgram>(library, "nvrtcCompileProgram") : nullptr;
  if (!create || !compile) {
    fprintf(stderr, "%s cannot be used: %s\n", words[1], dlerror());
    return 2;
  }
  std::ifstream file(words[2]);
  const std::string source{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::string architecture = std::string("--gpu-architecture=") + words[3];
  const char* options[] = {architecture.c_str(), "--std=c++17"};
  Program program = nullptr;
  if (!file || create(&program, source.c_str(), words[2], 0, nullptr, nullptr) != 0) {
    fprintf(stderr, "%s cannot be read\n", words[2]);
    return 2;
  }
  if (compile(program, 2, options) != 0) {
    fputs(TextOf(library, "nvrtcGetProgramLogSize", "nvrtcGetProgramLog", program).c_str(), stderr);
    return 1;
  }
  const std::string ptx = TextOf(library, "nvrtcGetPTXSize", "nvrtcGetPTX", program);
  std::ofstream(words[4]) << ptx;
  return ptx.empty() ? 2 : 0;
}
