import { request } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveDocs } from "../../src/commands/docs-serve.js";
import { type SiteServer, serveSite } from "../../src/docs/index.js";
import { write } from "../functional/shop.js";
import { ENGINES, schemaName } from "../harness/engines.js";
import { settled, visit } from "./browser.js";
import { build, effects, generate, siteProject } from "./site-project.js";

const duckdb = ENGINES[0]!;
let dir: string;
let server: SiteServer;
let folder: string;

beforeAll(async () => {
  dir = siteProject();
  await build(dir, duckdb, schemaName());
  folder = dirname(fileURLToPath(await generate(dir, duckdb, schemaName())));
  server = await serveSite({ folder, project: "shop", host: "127.0.0.1", port: 0 });
});

afterAll(() => server.close());

/** A request as it is written, without the tidying of paths that fetch does. */
function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((done, failed) => {
    const asked = request(new URL(server.url), { path, ...options }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on("end", () => done({ status: response.statusCode!, headers: response.headers, text }));
    });
    asked.on("error", failed);
    asked.end();
  });
}

test.each([
  "/../../project.yml",
  "/..%2f..%2fproject.yml",
  "/%2e%2e/%2e%2e/project.yml",
  "/data/..%5c..%5cproject.yml",
  "/data/%00core.js",
  "//etc/passwd",
  "/data",
  "/nothing.js",
  "/.hidden",
  "/%",
])("%s leads to no file", async (path) => {
  expect(await ask(path)).toMatchObject({ status: 404, text: "There is no such file.\n" });
});

test("files come with their type, a policy and no licence to guess or keep", async () => {
  expect(await ask("/data/core.js")).toMatchObject({
    status: 200,
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("script-src 'self'"),
    },
  });
});

test("another host's name and other methods are refused", async () => {
  expect((await ask("/", { headers: { Host: "evil.example" } })).status).toBe(403);
  expect((await ask("/", { headers: { Host: "localhost:1" } })).status).toBe(200);
  expect((await ask("/", { method: "POST" })).status).toBe(405);
});

test("a port that is taken is said to be taken", async () => {
  const port = Number(new URL(server.url).port);
  await expect(serveSite({ folder, project: "shop", host: "127.0.0.1", port })).rejects.toMatchObject({
    code: "SLA701",
    message: `port ${port} of 127.0.0.1 is in use`,
  });
});

test("an open page follows a change of the project, and stays where it was", async () => {
  const stop = new AbortController();
  const warnings: string[] = [];
  let serving = (_: string): void => {};
  const address = new Promise<string>((done) => {
    serving = done;
  });
  const world = {
    ...effects(),
    signal: stop.signal,
    emit: (event: { type: string; message?: string }) => {
      if (event.type === "warning") warnings.push(event.message!);
    },
  };
  const ended = serveDocs({ projectDir: dir, host: "127.0.0.1", port: 0 }, world, {
    serving,
    written: () => {},
  });
  const { page, complaints, close } = await visit(`${await address}#/node/model.shop.stg_orders`);
  expect(await page.locator("main").textContent()).toContain("Orders of any kind.");

  write(dir, { "models/broken.sql": 'SELECT 1 FROM {{ref "nothing"}}\n' });
  await expect.poll(() => warnings.join(), { timeout: 20_000 }).toContain("nothing");
  expect(await page.locator("main").textContent()).toContain("Orders of any kind.");

  write(dir, {
    "models/broken.sql": "SELECT 1 AS one\n",
    "models/staging/staging.yml": "models:\n  - name: broken\n    description: Mended.\n",
  });
  await page.waitForEvent("load", { timeout: 20_000 });
  await settled(page);
  expect(await page.locator("h1").textContent()).toBe("stg_orders");
  expect(await page.locator(".tree").textContent()).toContain("broken");
  expect(complaints).toEqual([]);
  await close();
  stop.abort();
  await ended;
});

test("nothing of the machine is in what is served", async () => {
  const { text } = await ask("/data/core.js");
  expect(text).not.toContain(dir);
  expect(text).not.toContain(join(dir, "target"));
});
