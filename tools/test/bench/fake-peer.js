/*
 * A worker that computes nothing: it answers "prepare" with the check in its first argument and "run" with the times in
 * its second, over and over. A third argument is a fault: "noise", "dies", "fails", "too-few".
 */
import { createInterface } from "node:readline";

const [check = "{}", times = "[1]", fault = ""] = process.argv.slice(2);
const list = JSON.parse(times);
let next = 0;

createInterface({ input: process.stdin }).on("line", (line) => {
  const request = JSON.parse(line);
  if (fault === "noise") console.log("a library says hello\n{ not JSON");
  if (fault === "dies") {
    console.error("out of memory");
    process.exit(3);
  }
  const answer = () => {
    if (request.do === "prepare") {
      if (fault === "fails") return { error: "no such work" };
      return { ok: { check: JSON.parse(check), facts: { folder: request.job.folder, ...request.job.settings } } };
    }
    const count = request.iterations - (fault === "too-few" ? 1 : 0);
    return { ok: Array.from({ length: count }, () => list[next++ % list.length]) };
  };
  console.log(JSON.stringify(answer()));
});
