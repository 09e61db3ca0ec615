#include "work-team.h"

#include <chrono>
#include <thread>

namespace mxgraft {
namespace {

constexpr int kPartBits = 20;
constexpr uint64_t kParts = (uint64_t{1} << kPartBits) - 1;

uint64_t JobOf(uint64_t ticket) { return ticket >> (2 * kPartBits); }
uint64_t PartsOf(uint64_t ticket) { return ticket >> kPartBits & kParts; }
uint64_t NextOf(uint64_t ticket) { return ticket & kParts; }

// Longer than what lies between two layers, shorter than what other threads would miss.
constexpr std::chrono::microseconds kPatience{50};

void Pause() {
#ifdef __x86_64__
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// Looks until the condition holds; gives up after a while.
template <typename Condition>
bool LookOut(const Condition& holds) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  do {
    for (int i = 0; i < 32; i++) {
      if (holds()) return true;
      Pause();
    }
  } while (std::chrono::steady_clock::now() < end);
  return holds();
}

}  // namespace

WorkTeam& WorkTeam::Here(int threads) {
  // Never deleted: its threads may be looking for work while the process ends.
  static WorkTeam* const team = new WorkTeam(threads - 1);
  return *team;
}

WorkTeam::WorkTeam(int workers) {
  for (int i = 0; i < workers; i++) std::thread(&WorkTeam::Serve, this).detach();
}

bool WorkTeam::RunParts(int64_t parts, Call call, const void* work) {
  const std::unique_lock<std::mutex> own(caller_, std::try_to_lock);
  if (!own || parts >= static_cast<int64_t>(kParts) / 2) return false;
  call_ = call;
  work_ = work;
  done_.store(0, std::memory_order_relaxed);
  const uint64_t job = JobOf(ticket_.load(std::memory_order_relaxed)) + 1;
  ticket_.store(job << (2 * kPartBits) | static_cast<uint64_t>(parts) << kPartBits);
  if (sleepers_.load() > 0) {
    { const std::lock_guard<std::mutex> lock(sleep_); }
    awake_.notify_all();
  }
  TakeParts();
  while (!LookOut([&] { return done_.load(std::memory_order_acquire) == parts; })) std::this_thread::yield();
  return true;
}

uint64_t WorkTeam::TakeParts() {
  for (;;) {
    const uint64_t ticket = ticket_.fetch_add(1, std::memory_order_acq_rel);
    if (NextOf(ticket) >= PartsOf(ticket)) return JobOf(ticket);
    call_(work_, static_cast<int64_t>(NextOf(ticket)));
    done_.fetch_add(1, std::memory_order_release);
  }
}

void WorkTeam::Serve() {
  for (uint64_t last = 0;; last = TakeParts()) AwaitJob(last);
}

void WorkTeam::AwaitJob(uint64_t last) {
  const auto is_there = [&] { return JobOf(ticket_.load(std::memory_order_acquire)) != last; };
  if (LookOut(is_there)) return;
  std::unique_lock<std::mutex> lock(sleep_);
  sleepers_.fetch_add(1);
  awake_.wait(lock, is_there);
  sleepers_.fetch_sub(1);
}

}  // namespace mxgraft
