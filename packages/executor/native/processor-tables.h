// Tables of functions that are compiled for several generations of processors, and the choice among them.
#pragma once

namespace mxgraft {

#ifdef __x86_64__
inline bool KnowsAvx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
inline bool KnowsAvx512() { return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl"); }
#endif

}  // namespace mxgraft

// Declares the tables k<Name>ForAny, ...ForAvx2 and ...ForAvx512, and <Name>Here(), the fastest that the processor knows.
#ifdef __x86_64__
#define MXGRAFT_TABLES(Table, Name)                                            \
  extern const Table k##Name##ForAny, k##Name##ForAvx2, k##Name##ForAvx512;    \
  inline const Table& Name##Here() {                                           \
    if (KnowsAvx512()) return k##Name##ForAvx512;                              \
    return KnowsAvx2() ? k##Name##ForAvx2 : k##Name##ForAny;                   \
  }
#else
#define MXGRAFT_TABLES(Table, Name)   \
  extern const Table k##Name##ForAny; \
  inline const Table& Name##Here() { return k##Name##ForAny; }
#endif
