"""Loads files that mxgraft converted into MXNet 1.9.1 and compares them with what they were made from.

Arguments: SOURCE.json CONVERTED.json SOURCE.params CONVERTED.params. Prints as JSON what differs.
"""
import json
import sys

import mxnet as mx
import numpy as np

source_symbol, symbol, source_params, params = sys.argv[1:]
differences = []

old, new = mx.sym.load(source_symbol), mx.sym.load(symbol)
# What MXNet itself makes of the old file.
if json.loads(old.tojson()) != json.loads(new.tojson()):
    differences.append("the graphs differ")


def entries(loaded):
    return sorted(loaded.items()) if isinstance(loaded, dict) else list(enumerate(loaded))


before, after = entries(mx.nd.load(source_params)), entries(mx.nd.load(params))
if [name for name, _ in before] != [name for name, _ in after]:
    differences.append("the names differ")
for (name, a), (_, b) in zip(before, after):
    same = a.stype == b.stype and a.dtype == b.dtype and a.shape == b.shape
    if not same or not np.array_equal(a.asnumpy().view(np.uint8), b.asnumpy().view(np.uint8)):
        differences.append("%s differs" % name)
print(json.dumps({"version": mx.__version__, "arrays": len(after), "differences": differences}))
