// Writes TensorFlow's list of operators, a serialized OpList, to its output.
#include <stdio.h>

#include "tensorflow/c/c_api.h"

int main(void) {
  TF_Buffer* operators = TF_GetAllOpList();
  return fwrite(operators->data, 1, operators->length, stdout) == operators->length ? 0 : 1;
}
