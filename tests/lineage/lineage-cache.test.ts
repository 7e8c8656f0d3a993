import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseManifest } from "../../src/compile/index.js";
import { projectLineage } from "../../src/lineage/index.js";
import { LineageCache } from "../../src/lineage/lineage-cache.js";
import type { Lookup } from "../../src/lineage/query.js";
import { loadProject } from "../../src/project/index.js";
import { queryLineage } from "../../src/sql/index.js";
import { writeProject, writeText } from "../harness/project.js";

const ORDERS = lookup(["id", "amount"]);
const SQL = "SELECT o.* FROM s.orders AS o";

function lookup(columns: string[]): Lookup {
  const all = new Map([["s.orders", { id: "orders", columns, complete: true }]]);
  return { all, relation: (schema, name) => all.get(`${schema}.${name}`) };
}

/** A cache that counts the queries that it reads. */
async function cacheIn(dir?: string) {
  const target = dir ?? join(await writeProject({}), "target");
  let read = 0;
  const open = (edition = "one") =>
    new LineageCache(target, edition, (sql, relation) => {
      read += 1;
      return queryLineage(sql, relation);
    });
  const reads = () => read;
  return { path: join(target, "lineage-cache"), open, reads };
}

test("a query is read once, as long as it and the columns that it may read stay what they are", async () => {
  const { open, reads } = await cacheIn();
  const first = open();
  const found = await first.get(SQL, ORDERS);
  first.save();
  const second = open();
  expect(await second.get(SQL, ORDERS)).toEqual(found);
  expect(reads()).toBe(1);
  const more = await second.get(SQL, lookup(["id", "amount", "note"]));
  expect(more.columns.map(({ name }) => name)).toEqual(["id", "amount", "note"]);
  await second.get(`${SQL} WHERE id > 1`, ORDERS);
  expect(reads()).toBe(3);
});

test("what nobody asked for is forgotten", async () => {
  const { open, reads } = await cacheIn();
  const first = open();
  await first.get(SQL, ORDERS);
  await first.get("SELECT 1 AS one", ORDERS);
  first.save();
  const second = open();
  await second.get(SQL, ORDERS);
  second.save();
  await open().get("SELECT 1 AS one", ORDERS);
  expect(reads()).toBe(3);
});

test.each([
  ["damaged", (text: string) => text.replace('"amount"', '"amuont"')],
  ["cut off", (text: string) => text.slice(0, -20)],
  ["no cache at all", () => "\0"],
])("a file that is %s is thrown away, and made anew", async (_what, damage) => {
  const { path, open, reads } = await cacheIn();
  const first = open();
  const found = await first.get(SQL, ORDERS);
  first.save();
  const whole = readFileSync(path, "utf8");
  expect(damage(whole)).not.toBe(whole);
  writeFileSync(path, damage(whole));
  const second = open();
  expect(await second.get(SQL, ORDERS)).toEqual(found);
  second.save();
  expect(reads()).toBe(2);
  expect(readFileSync(path, "utf8")).toBe(whole);
});

test("other code reads all queries again", async () => {
  const { open, reads } = await cacheIn();
  const first = open("one");
  await first.get(SQL, ORDERS);
  first.save();
  await open("two").get(SQL, ORDERS);
  expect(reads()).toBe(2);
});

test("a project's lineage is the same from the cache, and follows what changes above a model", async () => {
  const dir = await writeProject({
    "seeds/orders.csv": "id,amount\n1,2\n",
    "models/a.sql": 'SELECT * FROM {{ref "orders"}}',
    "models/b.sql": 'SELECT * FROM {{ref "a"}}',
  });
  const lineage = async () => {
    const project = await loadProject({ projectDir: dir, env: {} });
    const { manifest } = await parseManifest(project);
    return projectLineage(project, manifest, { runStartedAt: new Date(0) });
  };
  const cold = await lineage();
  expect(await lineage()).toEqual(cold);
  writeText(dir, "seeds/orders.csv", "id,amount,note\n1,2,x\n");
  const names = (await lineage()).nodes["model.shop.b"]!.columns.map(({ name }) => name);
  expect(names).toEqual(["id", "amount", "note"]);
});
