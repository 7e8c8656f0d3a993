import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseManifest } from "../../src/compile/index.js";
import { FileCache, loadProject } from "../../src/project/index.js";
import { writeProject, writeText } from "../harness/project.js";

/** A cache that counts how often a file is looked into; `later` is how long after the present it believes to be (ms). */
async function cacheIn(files: Record<string, string>) {
  const dir = await writeProject(files);
  let derived: string[] = [];
  const open = (later = 10_000, stamp = "v1") =>
    new FileCache(dir, join(dir, "target/cache"), stamp, () => Date.now() + later);
  const read = (cache: FileCache, path: string) =>
    cache.derive(path, ({ text }) => {
      derived.push(path);
      return { length: text.length };
    });
  const looked = () => {
    const paths = derived;
    derived = [];
    return paths;
  };
  return { dir, open, read, looked };
}

describe("the parse cache", () => {
  it("remembers between commands", async () => {
    const { open, read, looked } = await cacheIn({ "a.sql": "one" });
    const first = open();
    expect(read(first, "a.sql")).toEqual({ length: 3 });
    first.save();
    expect(read(open(), "a.sql")).toEqual({ length: 3 });
    expect(looked()).toEqual(["a.sql"]);
  });

  it("looks into a file that has changed, be it in nothing but its content", async () => {
    const { dir, open, read, looked } = await cacheIn({ "a.sql": "one" });
    const first = open();
    read(first, "a.sql");
    first.save();
    const before = new Date(Date.now() - 60_000);
    writeText(dir, "a.sql", "two!");
    utimesSync(join(dir, "a.sql"), before, before);
    expect(read(open(), "a.sql")).toEqual({ length: 4 });
    writeText(dir, "a.sql", "six");
    expect(read(open(), "a.sql")).toEqual({ length: 3 });
    expect(looked()).toEqual(["a.sql", "a.sql", "a.sql"]);
  });

  it("reads again what was written at about the time it was read, but looks into it only if it differs", async () => {
    const { dir, open, read, looked } = await cacheIn({ "a.sql": "one" });
    const first = open(0);
    read(first, "a.sql");
    first.save();
    expect(read(open(0), "a.sql")).toEqual({ length: 3 });
    expect(looked()).toEqual(["a.sql"]);
    // The same length within the same tick of the clock: nothing but the text can tell.
    writeFileSync(join(dir, "a.sql"), "uno");
    read(open(0), "a.sql");
    expect(looked()).toEqual(["a.sql"]);
  });

  it("does not look into a file that was only touched", async () => {
    const { dir, open, read, looked } = await cacheIn({ "a.sql": "one" });
    const first = open();
    read(first, "a.sql");
    first.save();
    utimesSync(join(dir, "a.sql"), new Date(), new Date());
    read(open(), "a.sql");
    expect(looked()).toEqual(["a.sql"]);
  });

  it.each([
    ["cut short", (text: string) => text.slice(0, -5)],
    ["altered", (text: string) => text.replace('"length":3', '"length":9')],
    ["no cache at all", () => "{}"],
    ["empty", () => ""],
  ])("is started anew when its file is %s", async (_what, damage) => {
    const { dir, open, read, looked } = await cacheIn({ "a.sql": "one" });
    const first = open();
    read(first, "a.sql");
    first.save();
    const path = join(dir, "target/cache");
    writeFileSync(path, damage(readFileSync(path, "utf8")));
    expect(read(open(), "a.sql")).toEqual({ length: 3 });
    expect(looked()).toEqual(["a.sql", "a.sql"]);
  });

  it("is started anew by another version", async () => {
    const { open, read, looked } = await cacheIn({ "a.sql": "one" });
    const first = open();
    read(first, "a.sql");
    first.save();
    read(open(10_000, "v2"), "a.sql");
    expect(looked()).toEqual(["a.sql", "a.sql"]);
  });

  it("does not remember what could not be read", async () => {
    const { open } = await cacheIn({ "a.sql": "one" });
    const cache = open();
    const fail = () =>
      cache.derive("a.sql", () => {
        throw new Error("no");
      });
    expect(fail).toThrow("no");
    cache.save();
    expect(() => open().derive("a.sql", () => "yes")).not.toThrow();
    expect(open().derive("a.sql", () => "yes")).toBe("yes");
  });

  it("is done without where it cannot be written", async () => {
    const { open, read } = await cacheIn({ "a.sql": "one", target: "a file where the folder should be" });
    const cache = open();
    read(cache, "a.sql");
    expect(() => cache.save()).not.toThrow();
  });

  it("gives the same manifest as a first parse, and an edit is seen at once", async () => {
    const dir = await writeProject({
      "models/a.sql": "select 1 as id",
      "models/b.sql": 'select * from {{ref "a"}}',
      "models/c.yml": "models: [{name: a, columns: [{name: id, tests: [unique]}]}]",
    });
    const parse = async () => (await parseManifest(await loadProject({ projectDir: dir, env: {} }))).manifest;
    const first = await parse();
    expect(await parse()).toEqual(first);
    writeText(dir, "models/b.sql", "select 2 as id");
    const edited = await parse();
    expect(edited.parent_map["model.shop.b"]).toEqual([]);
    expect(edited.metadata.digest).not.toBe(first.metadata.digest);
  });
});
