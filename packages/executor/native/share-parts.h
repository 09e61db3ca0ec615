// How operators that come one after another share their work among threads.
#pragma once

#include "operator-kernel.h"
#include "work-team.h"

namespace mxgraft {

// Calls work(part) for all parts, by the team or, while that is busy, by TensorFlow's threads; `cost` is that of one, in
// cycles.
template <typename Work>
void ShareParts(OpKernelContext* context, int64_t parts, int64_t cost, const Work& work) {
  const int threads = context->device()->tensorflow_cpu_worker_threads()->num_threads;
  if (parts > 1 && WorkTeam::Here(threads).Run(parts, work)) return;
  InParts(context, parts, cost, [&](int64_t from, int64_t to) {
    for (int64_t part = from; part < to; part++) work(part);
  });
}

}  // namespace mxgraft
