// The inner loops of center loss over parts of one row. x, g and c are a row of the features (or of the differences),
// of their gradient, and of the table of centers; x and g may be the same memory.
#ifndef MXGRAFT_CENTER_ROWS_H_
#define MXGRAFT_CENTER_ROWS_H_

#include <cstdint>

namespace mxgraft {

// g = weight * (x - c), sum += x - c. Returns |x - c|^2.
float CompareRow(const float* x, const float* c, float* g, float* sum, int64_t count, float weight);

// g = weight * (x - c), c += step * (x - c) with the c from before. Returns |x - c|^2.
float CompareAndMoveRow(const float* x, float* c, float* g, int64_t count, float weight, float step);

// g = weight * x, sum += x.
void WeighRow(const float* x, float* g, float* sum, int64_t count, float weight);

// g = weight * x, c += step * x.
void WeighAndMoveRow(const float* x, float* c, float* g, int64_t count, float weight, float step);

// c += step * sum.
void MoveRow(float* c, const float* sum, int64_t count, float step);

}  // namespace mxgraft

#endif  // MXGRAFT_CENTER_ROWS_H_
