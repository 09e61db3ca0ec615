// Holds back what native libraries print to standard error while they are loaded. TensorFlow logs from its static
// initialisers, before its log level can be set, so a notice about oneDNN would open every run.
//
//   start()             from now on standard error goes to memory
//   stop() -> string    standard error is as before; the text that came meanwhile
#include <node_api.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

static int saved_stderr = -1;
static int memory = -1;

static napi_value Start(napi_env env, napi_callback_info) {
  if (saved_stderr >= 0) return nullptr;
  memory = memfd_create("captured-stderr", MFD_CLOEXEC);
  saved_stderr = memory < 0 ? -1 : dup(STDERR_FILENO);
  // Without a file in memory nothing is held back, which harms nothing.
  if (saved_stderr >= 0) dup2(memory, STDERR_FILENO);
  return nullptr;
}

static napi_value Stop(napi_env env, napi_callback_info) {
  std::string text;
  if (saved_stderr >= 0) {
    dup2(saved_stderr, STDERR_FILENO);
    close(saved_stderr);
    saved_stderr = -1;
    char part[4096];
    ssize_t count;
    for (off_t at = 0; (count = pread(memory, part, sizeof part, at)) > 0; at += count) text.append(part, count);
    close(memory);
  }
  napi_value result;
  napi_create_string_utf8(env, text.data(), text.size(), &result);
  return result;
}

static napi_value Init(napi_env env, napi_value exports) {
  const napi_property_descriptor functions[] = {
      {"start", nullptr, Start, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"stop", nullptr, Stop, nullptr, nullptr, nullptr, napi_default, nullptr},
  };
  napi_define_properties(env, exports, 2, functions);
  return exports;
}

NAPI_MODULE(captured_stderr, Init)
