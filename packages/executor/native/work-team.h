// Threads that share the parts of an operator's work. TensorFlow's pool puts its threads to sleep between two operators,
// and waking one takes longer than a layer of a small network; these look out for more work a moment before they sleep.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace mxgraft {

class WorkTeam {
 public:
  // The team of this process, which is made with its first use and stays.
  static WorkTeam& Here(int threads);

  // Calls work(part) for every part, by the calling thread too, and returns when all are done. Returns false at once,
  // with nothing done, while the team works for another thread.
  template <typename Work>
  bool Run(int64_t parts, const Work& work) {
    return RunParts(parts, [](const void* given, int64_t part) { (*static_cast<const Work*>(given))(part); }, &work);
  }

 private:
  using Call = void (*)(const void*, int64_t);

  explicit WorkTeam(int workers);
  bool RunParts(int64_t parts, Call call, const void* work);
  // Takes parts until there are none left; returns the number of the job.
  uint64_t TakeParts();
  void Serve();
  // Waits for a job after the one with this number.
  void AwaitJob(uint64_t last);

  std::mutex caller_;
  Call call_;
  const void* work_;
  // Number of the job, its parts, and the next part to take, in one word: who takes a part knows that it is one of the
  // job whose work_ it reads, since that job cannot end before.
  std::atomic<uint64_t> ticket_{0};
  std::atomic<int64_t> done_{0};
  std::atomic<int> sleepers_{0};
  std::mutex sleep_;
  std::condition_variable awake_;
};

}  // namespace mxgraft
