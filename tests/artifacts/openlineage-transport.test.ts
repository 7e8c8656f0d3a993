import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { httpSink } from "../../src/artifacts/openlineage/http-sink.js";
import type { RunEvent } from "../../src/artifacts/openlineage/index.js";
import { openLineageSettings } from "../../src/artifacts/openlineage/settings.js";
import { runCommand } from "../../src/commands/index.js";
import { ENGINES } from "../harness/engines.js";
import { type Ran, Warehouse } from "../harness/warehouse.js";
import { eventFaults } from "./openlineage-check.js";

const KEY = "key-that-nobody-may-see";
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

interface Received {
  path: string;
  authorization: string | undefined;
  body: string;
}

/** A receiver on the loopback that answers with a status, after all that came before; 0 for no answer at all. */
async function receiver(statuses: number[] = [201]): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const status = statuses[Math.min(received.length, statuses.length - 1)]!;
    received.push({ path: request.url!, authorization: request.headers.authorization, body });
    if (status > 0) response.writeHead(status).end("{}");
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const FILES = {
  "seeds/raw_orders.csv": "id,amount\n1,10\n2,5\n",
  "models/orders.sql": '{{config materialized="table"}}\nSELECT id, amount FROM {{ref "raw_orders"}}\n',
  "models/schema.yml": "models:\n  - name: orders\n    columns:\n      - { name: id, tests: [unique] }\n",
};

const duckdb = ENGINES[0]!;
const shop = (env: Record<string, string> = {}) =>
  new Warehouse(duckdb, "sent", {
    ...FILES,
    ".env": Object.entries(env)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join(""),
  });
const warnings = (ran: Ran) =>
  ran.events.flatMap((event) => (event.type === "warning" ? [event.message] : []));
const types = (lines: readonly string[]) =>
  lines.map((line) => {
    const { eventType, job } = JSON.parse(line) as RunEvent;
    return `${eventType} ${job.name}`;
  });

describe("a receiver of OpenLineage events", () => {
  const outer = "f99310b4-3c3c-1a1a-2b2b-c1b95c24ff11";
  const context = {
    parent: { run: { runId: outer }, job: { namespace: "night", name: "dag.build" } },
    root: {
      run: { runId: "0f9310b4-3c3c-1a1a-2b2b-c1b95c24ff12" },
      job: { namespace: "night", name: "dag" },
    },
  };

  it("gets what the file gets, in the same order, with the key and as part of the outer run", async () => {
    const { url, received } = await receiver();
    const house = shop({
      OPENLINEAGE_URL: url,
      OPENLINEAGE_API_KEY: KEY,
      OPENLINEAGE_NAMESPACE: "warehouse",
      OPENLINEAGE_CONTEXT: JSON.stringify(context),
    });
    const ran = await house.run("build", { threads: 1 });
    expect(warnings(ran)).toEqual([]);
    const sent = received.map(({ body }) => body);
    expect(eventFaults(sent)).toEqual([]);
    expect(new Set(received.map(({ path, authorization }) => `${path} ${authorization}`))).toEqual(
      new Set([`/api/v1/lineage Bearer ${KEY}`]),
    );
    const run = JSON.parse(sent[0]!) as RunEvent;
    expect(run).toMatchObject({
      job: { namespace: "warehouse", name: "sla-build-shop" },
      run: { facets: { parent: { run: context.parent.run, job: context.parent.job, root: context.root } } },
    });
    expect((JSON.parse(sent[1]!) as RunEvent).run.facets.parent).toMatchObject({
      run: { runId: run.run.runId },
      job: { namespace: "warehouse", name: "sla-build-shop" },
      root: context.root,
    });
    expect(sent.join("")).not.toContain(KEY);

    // The option wins over the environment.
    await house.run("build", { threads: 1, openlineage: "logs/events.jsonl" });
    expect(received).toHaveLength(sent.length);
    const lines = readFileSync(join(house.dir, "logs/events.jsonl"), "utf8").trimEnd().split("\n");
    expect(types(lines)).toEqual(types(sent));
    // A file goes on.
    await house.run("test", { openlineage: "logs/events.jsonl" });
    const more = readFileSync(join(house.dir, "logs/events.jsonl"), "utf8").trimEnd().split("\n");
    expect(eventFaults(more)).toEqual([]);
    expect(types(more.slice(lines.length))).toEqual([
      "START sla-test-shop",
      expect.stringMatching(/^START test\.shop\.unique_orders_id\.\w+\.test$/),
      expect.stringMatching(/^COMPLETE test\.shop\.unique_orders_id\.\w+\.test$/),
      "COMPLETE sla-test-shop",
    ]);
  });

  it.each<[string, number[], RegExp]>([
    ["refuses the key", [401], /6 of 6 OpenLineage events were not delivered to http:.*answered 401/],
    ["takes no event of a kind", [201, 422, 201], /1 of 6 OpenLineage events.*answered 422/],
    ["is out of order", [500], /6 of 6 OpenLineage events.*answered 500/],
  ])("that %s does no harm to the build", async (_what, statuses, warning) => {
    const { url } = await receiver(statuses);
    const house = shop({ OPENLINEAGE_URL: url, OPENLINEAGE_API_KEY: KEY });
    const ran = await house.build({ select: ["raw_orders", "orders"], indirectSelection: "empty" });
    expect(ran.status).toEqual({ raw_orders: "success", orders: "success" });
    expect(warnings(ran)).toEqual([expect.stringMatching(warning)]);
    expect(warnings(ran).join()).not.toContain(KEY);
  });

  it("that is not there does no harm to the build", async () => {
    const { url } = await receiver();
    servers.at(-1)!.close();
    const ran = await shop({ OPENLINEAGE_URL: url.replace("//", "//ada:pass-of-ada@") }).build();
    expect(warnings(ran)).toEqual([
      expect.stringMatching(/^\d of \d OpenLineage events were not delivered to http:\/\/127.*ECONNREFUSED/),
    ]);
    expect(warnings(ran).join()).not.toContain("pass-of-ada");
  });

  it("that does not answer is given up, at once or at the end", async () => {
    const limits = { request: 200, flush: 5_000, pauses: [], waiting: 2 };
    const { url, received } = await receiver([0]);
    const slow = httpSink(url, {}, limits);
    for (const line of ["1", "2", "3", "4"]) slow.send(line);
    expect(await slow.close()).toMatch(/^4 of 4 OpenLineage events .* it (did not answer|takes)/);
    expect(received).toHaveLength(1);
    const late = httpSink(url, {}, { ...limits, request: 60_000, flush: 100 });
    late.send("1");
    expect(await late.close()).toMatch(/^1 of 1 .*it took too long/);
  });

  it("that fails once gets the event again", async () => {
    const { url, received } = await receiver([503, 201]);
    const sink = httpSink(url, {}, { request: 5_000, flush: 5_000, pauses: [1], waiting: 10 });
    for (const line of ["1", "2"]) sink.send(line);
    expect(await sink.close()).toBeNull();
    expect(received.map(({ body }) => body)).toEqual(["1", "1", "2"]);
  });
});

describe("OpenLineage events", () => {
  it("that cannot be written do no harm to the build", async () => {
    const house = shop();
    mkdirSync(join(house.dir, "taken"));
    const ran = await house.build({ openlineage: "taken" });
    expect(warnings(ran)).toEqual([
      "OpenLineage events are not written to taken (EISDIR): check that it is a file that may be written.",
    ]);
  });

  it("are sent by nobody who does not ask for them", async () => {
    const { url, received } = await receiver();
    const house = shop({ OPENLINEAGE_URL: url, OPENLINEAGE_DISABLED: "true" });
    expect(warnings(await house.build())).toEqual([]);
    expect(warnings(await house.build({ openlineage: "events.jsonl" }))).toEqual([
      expect.stringContaining("OPENLINEAGE_DISABLED"),
    ]);
    expect(received).toEqual([]);
    expect(existsSync(join(house.dir, "events.jsonl"))).toBe(false);
  });

  it("of a run with nothing to do, and of one that does not come to run, have their end", async () => {
    const house = shop();
    const lines = () => readFileSync(join(house.dir, "e.jsonl"), "utf8").trimEnd().split("\n");
    await house.run("snapshot", { openlineage: "e.jsonl" });
    expect(types(lines())).toEqual(["START sla-snapshot-shop", "COMPLETE sla-snapshot-shop"]);
    house.write({
      "project.yml":
        "name: shop\ntarget: it\ntargets:\n  it: { type: mysql, host: 127.0.0.1, port: 1, user: u, password: word-of-u }\n",
    });
    await house.run("build", { openlineage: "e.jsonl" });
    expect(types(lines()).slice(2)).toEqual(["START sla-build-shop", "FAIL sla-build-shop"]);
    expect(eventFaults(lines())).toEqual([]);
    expect(JSON.parse(lines()[3]!)).toMatchObject({
      run: { facets: { errorMessage: { message: expect.stringContaining("127.0.0.1:1") } } },
    });
    expect(lines().join()).not.toContain("word-of-u");
  });

  it("of a run that is interrupted end with ABORT", async () => {
    const house = shop();
    house.write({
      "models/endless.sql":
        '{{config materialized="table"}}\nSELECT COUNT(*) AS n FROM (WITH RECURSIVE s AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM s WHERE i < 100000000) SELECT i FROM s) AS t\n',
    });
    const stop = new AbortController();
    await runCommand(
      "build",
      { projectDir: house.dir, openlineage: "e.jsonl", threads: 2 },
      {
        env: {},
        clock: () => new Date(),
        signal: stop.signal,
        emit: (event) => {
          if (event.type === "node_finished" && event.node.name === "orders") stop.abort();
        },
      },
    );
    const lines = readFileSync(join(house.dir, "e.jsonl"), "utf8").trimEnd().split("\n");
    expect(eventFaults(lines)).toEqual([]);
    expect(types(lines)).toContainEqual(expect.stringMatching(/^ABORT .*\.endless\.build\.run$/));
    expect(types(lines).at(-1)).toBe("ABORT sla-build-shop");
  });

  it("say what is wrong with what they are told from outside, and go on without it", () => {
    const read = (env: Record<string, string>, option?: string) => openLineageSettings(option, env, "/p");
    expect(read({})).toEqual({ settings: null, problems: [] });
    const url = "http://h:1/base/";
    expect(read({ OPENLINEAGE_URL: url, OPENLINEAGE_PARENT_ID: "a/b" })).toEqual({
      settings: {
        destination: { url: "http://h:1/base/api/v1/lineage", headers: {} },
        namespace: "sla",
        parent: null,
        root: null,
      },
      problems: [expect.stringMatching(/^OPENLINEAGE_PARENT_ID is left out/)],
    });
    const id = "f99310b4-3c3c-1a1a-2b2b-c1b95c24ff11";
    const parent = { run: { runId: id }, job: { namespace: "ns", name: "dag/task" } };
    expect(read({ OPENLINEAGE_PARENT_ID: `ns/dag/task/${id}` }, "http://h/api/v1/lineage").settings).toEqual({
      destination: { url: "http://h/api/v1/lineage", headers: {} },
      namespace: "sla",
      parent,
      root: parent,
    });
    expect(read({ OPENLINEAGE_ENDPOINT: "/in" }, "https://u:p%40@h").settings?.destination).toEqual({
      url: "https://h/in",
      headers: { authorization: `Basic ${Buffer.from("u:p@").toString("base64")}` },
    });
    expect(read({ OPENLINEAGE_CONTEXT: "{" }, "e.jsonl")).toMatchObject({
      settings: { destination: { file: "/p/e.jsonl" }, parent: null },
      problems: [expect.stringMatching(/^OPENLINEAGE_CONTEXT is left out/)],
    });
    expect(read({ OPENLINEAGE_URL: "ftp://h" }).problems).toEqual([
      "OPENLINEAGE_URL is no http or https URL: no OpenLineage events are sent.",
    ]);
  });
});
