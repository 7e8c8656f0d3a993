import { expect, it } from "vitest";
import { SlaError } from "../../src/errors/index.js";
import { inAttempts } from "../../src/run/attempts.js";
import type { RunNode } from "../../src/run/index.js";

const NODE = { unique_id: "model.shop.a", config: {} } as unknown as RunNode;
const driver = (errno: number): Error => Object.assign(new Error(`errno ${errno}`), { errno });
const lost = new SlaError({ code: "SLA405", message: "the server has gone away", cause: driver(2006) });
const refused = new SlaError({ code: "SLA401", message: "cannot connect", cause: driver(-111) });
const deadlock = new SlaError({ code: "SLA506", message: "deadlock", cause: driver(1213) });
const lockWait = new SlaError({ code: "SLA506", message: "lock wait", cause: driver(1205) });
const syntax = new SlaError({ code: "SLA301", message: "syntax", cause: driver(1064) });

/** What comes of a node that fails with these errors, one an attempt, and then succeeds. */
async function outcome(errors: Error[], node = NODE, signal = new AbortController().signal) {
  const again: string[] = [];
  let attempts = 0;
  const result = await inAttempts(
    node,
    signal,
    (message) => again.push(message),
    async () => {
      const error = errors[attempts++];
      if (error !== undefined) throw error;
      return "done";
    },
    [0, 0],
  ).catch((error: Error) => error.message);
  return { result, attempts, again };
}

it.each([
  ["nothing", [], "done", 1],
  ["a lost session", [lost], "done", 2],
  ["a deadlock", [deadlock], "done", 2],
  ["a lock that others hold", [lockWait, lockWait], "done", 3],
  ["a server that is coming back", [lost, refused], "done", 3],
  ["a server that stays away", [lost, refused, refused], "cannot connect", 3],
  ["a session lost three times", [lost, lost, lost], "the server has gone away", 3],
  ["a server that was never there", [refused], "cannot connect", 1],
  ["wrong SQL", [syntax], "syntax", 1],
  ["wrong SQL at the second attempt", [lost, syntax], "syntax", 2],
] as const)("%s", async (_what, errors, result, attempts) => {
  expect(await outcome([...errors])).toMatchObject({ result, attempts });
});

it("tells of each attempt", async () => {
  expect((await outcome([lost, deadlock])).again).toEqual([
    "the server has gone away [SLA405]: attempt 2 of 3 in 0 s",
    "deadlock [SLA506]: attempt 3 of 3 in 0 s",
  ]);
});

it("does not repeat hooks, nor what the user ends", async () => {
  const hooked = { ...NODE, config: { pre_hook: ["DO 1"] } } as unknown as RunNode;
  expect(await outcome([lost], hooked)).toMatchObject({ attempts: 1 });
  expect(await outcome([lost], NODE, AbortSignal.abort())).toMatchObject({ attempts: 1 });
});
