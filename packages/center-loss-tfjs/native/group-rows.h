// The rows of a batch grouped by class, in a time that grows with the batch and not with the number of classes.
#ifndef MXGRAFT_GROUP_ROWS_H_
#define MXGRAFT_GROUP_ROWS_H_

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace mxgraft {

// The K classes that occur, in the order of their first rows. Rows of one class keep their order, so that sums over
// them have the same bits each time.
struct Groups {
  std::vector<int32_t> classes;  // (K)
  std::vector<int32_t> begin;    // (K + 1) where the rows of each class begin in `rows`
  std::vector<int32_t> rows;     // (N)

  // Room to work in. Who groups batch after batch keeps all of it and allocates nothing.
  std::vector<int32_t> slots, group_of, next;

  int64_t size() const { return static_cast<int64_t>(classes.size()); }
};

// The class index of a label, whose fraction is cut off; -1 when it is out of 0..num_class-1 or not a number.
inline int32_t ClassOf(int32_t label, int64_t num_class) { return label >= 0 && label < num_class ? label : -1; }
inline int32_t ClassOf(float label, int64_t num_class) {
  // In double, where num_class is exact. The condition is written so that NaN fails it.
  const double value = label;
  return value > -1.0 && value < static_cast<double>(num_class) ? static_cast<int32_t>(value) : -1;
}

// Groups the rows by label. Returns a message, empty when every label is a class index.
template <typename Label>
std::string GroupRows(const Label* labels, int64_t count, int64_t num_class, Groups* groups) {
  // A table of twice the batch, open addressing: sorting would take a tenth of the whole step.
  int bits = 4;
  while ((int64_t{1} << bits) < 2 * count) bits++;
  const uint32_t mask = (uint32_t{1} << bits) - 1;
  auto& slots = groups->slots;
  auto& group_of = groups->group_of;
  slots.assign(size_t{1} << bits, -1);
  group_of.resize(count);
  groups->classes.clear();
  groups->begin.assign(1, 0);
  // begin[k + 1] counts the rows of class k first.
  for (int64_t row = 0; row < count; row++) {
    const int32_t index = ClassOf(labels[row], num_class);
    if (index < 0) {
      int64_t others = 0;
      for (int64_t later = row + 1; later < count; later++) others += ClassOf(labels[later], num_class) < 0;
      char text[256];
      snprintf(text, sizeof text,
               "argument \"label\" is %.9g in row %lld, out of range, expected a class index 0..%lld (num_class is %lld)",
               static_cast<double>(labels[row]), static_cast<long long>(row), static_cast<long long>(num_class - 1),
               static_cast<long long>(num_class));
      std::string message = text;
      if (others > 0) {
        message += "; so are " + std::to_string(others) + " more of " + std::to_string(count) + " rows";
      }
      return message + ".";
    }
    // Knuth's multiplicative hash: 2^32 divided by the golden ratio; the high bits are the mixed ones.
    uint32_t slot = (static_cast<uint32_t>(index) * 2654435769u) >> (32 - bits);
    while (slots[slot] >= 0 && groups->classes[slots[slot]] != index) slot = (slot + 1) & mask;
    if (slots[slot] < 0) {
      slots[slot] = static_cast<int32_t>(groups->classes.size());
      groups->classes.push_back(index);
      groups->begin.push_back(0);
    }
    group_of[row] = slots[slot];
    groups->begin[slots[slot] + 1]++;
  }
  for (size_t k = 1; k < groups->begin.size(); k++) groups->begin[k] += groups->begin[k - 1];
  auto& next = groups->next;
  next.assign(groups->begin.begin(), groups->begin.end() - 1);
  groups->rows.resize(count);
  for (int64_t row = 0; row < count; row++) groups->rows[next[group_of[row]]++] = static_cast<int32_t>(row);
  return "";
}

}  // namespace mxgraft

#endif  // MXGRAFT_GROUP_ROWS_H_
