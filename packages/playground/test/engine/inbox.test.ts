import { expect, test } from "vitest";
import { Inbox } from "../../src/engine/inbox.ts";

test("requests come in the order in which they were sent, and who waits is woken", async () => {
  const inbox = new Inbox<number>();
  const woken = inbox.wait();
  inbox.push(1);
  inbox.push(2);
  await woken;
  await inbox.wait();
  expect(inbox.next).toBe(1);
  expect([inbox.take(), inbox.take(), inbox.take()]).toEqual([1, 2, undefined]);
});
