import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { TranslationCache } from "../../src/adapters/duckdb/translation-cache.js";
import { openAdapter } from "../../src/adapters/index.js";

/** Native code and parsers that are in memory by now. */
const loaded = () =>
  Object.keys(createRequire(import.meta.url).cache).filter((path) =>
    /node_modules\/(mysql2|@duckdb|@polyglot-sql)\//.test(path),
  );

// One test first in its file, because it asks in which order things come to memory.
test("a driver is loaded by the target that needs it, and never another's", async () => {
  expect(loaded()).toEqual([]);
  await openAdapter({
    name: "m",
    type: "mysql",
    schema: "s",
    threads: 1,
    host: "127.0.0.1",
    port: 1,
    user: "u",
    password: "",
    ssl: false,
  }).catch(() => {});
  expect(loaded().filter((path) => path.includes("mysql2")).length).toBeGreaterThan(0);
  expect(loaded().filter((path) => !path.includes("mysql2"))).toEqual([]);
  const adapter = await openAdapter({
    name: "d",
    type: "duckdb",
    schema: "s",
    threads: 1,
    path: ":memory:",
    settings: {},
  });
  expect(loaded().some((path) => path.includes("@duckdb"))).toBe(true);
  await adapter.close();
});

test("a translation is made once, kept on disk, and made anew by a new translator", async () => {
  const dir = mkdtempSync(join(tmpdir(), "sla-test-cache-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  let calls = 0;
  const translate = async (sql: string) => {
    calls++;
    return `${sql} translated`;
  };
  const cacheDir = join(dir, "cache", "sql");
  const first = new TranslationCache(translate, () => "1", cacheDir);
  expect(await Promise.all([first.get("a"), first.get("a"), first.get("b")])).toEqual([
    "a translated",
    "a translated",
    "b translated",
  ]);
  expect(calls).toBe(2);
  const files = readdirSync(cacheDir);
  expect(files.every((name) => /^[0-9a-f]{32}\.sql$/.test(name))).toBe(true);
  expect(files.map((name) => readFileSync(join(cacheDir, name), "utf8")).sort()).toEqual([
    "a translated",
    "b translated",
  ]);
  expect(await new TranslationCache(translate, () => "1", cacheDir).get("a")).toBe("a translated");
  expect(calls).toBe(2);
  await new TranslationCache(translate, () => "2", cacheDir).get("a");
  expect(calls).toBe(3);
});

test("a translation that fails is tried again, and a cache that cannot be written is no failure", async () => {
  let calls = 0;
  const cache = new TranslationCache(
    async () => {
      if (++calls === 1) throw new Error("no");
      return "yes";
    },
    () => "1",
    "/dev/null/no-folder",
  );
  await expect(cache.get("a")).rejects.toThrow("no");
  expect(await cache.get("a")).toBe("yes");
});
