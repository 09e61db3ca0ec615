"""The worker's side of the benchmark's protocol: JSON lines, see tools/bench/run/protocol.ts."""
import json
import os
import sys
import time
import traceback

import numpy as np


def read_inputs(job):
    """The arrays that a case wrote, by name."""
    with np.load(os.path.join(job["folder"], "inputs.npz")) as arrays:
        return {name: arrays[name] for name in arrays.files}


def run(step, warm, iterations):
    """Milliseconds of each of `iterations` steps, after `warm` that do not count."""
    for _ in range(warm):
        step()
    times = []
    for _ in range(iterations):
        begun = time.perf_counter()
        step()
        times.append((time.perf_counter() - begun) * 1e3)
    return times


def serve(works, facts):
    """Answers requests until standard input is closed. `works`: functions of a job -> (check, facts, step)."""
    # Standard output belongs to the replies; what libraries print goes to standard error.
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    step = None
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if request["do"] == "prepare":
                job = request["job"]
                if job["work"] not in works:
                    raise ValueError('work "%s" is not known here' % job["work"])
                check, own, step = works[job["work"]](job)
                reply = {"ok": {"check": check, "facts": dict(facts, **own)}}
            else:
                reply = {"ok": run(step, request["warm"], request["iterations"])}
        except Exception as error:  # Whatever goes wrong is for the benchmark to report.
            traceback.print_exc()
            reply = {"error": "%s: %s" % (type(error).__name__, error)}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()
