import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { codeEdition, loadProject } from "../../src/project/index.js";
import { writeProject } from "../harness/project.js";

const root = mkdtempSync(join(tmpdir(), "code-edition-"));
afterAll(() => rmSync(root, { recursive: true }));

test("changes with every file of the folders, and with no other", () => {
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
    utimesSync(join(root, path), 1_000, 1_000);
  };
  write("compile/models.ts", "one");
  write("compile/deep/macros.js", "one");
  write("run/run.ts", "one");
  const edition = () => codeEdition(["compile"], root);
  const first = edition();
  expect(edition()).toBe(first);
  write("run/run.ts", "another");
  write("compile/notes.md", "new");
  expect(edition()).toBe(first);
  utimesSync(join(root, "compile/deep/macros.js"), 1_000, 1_001);
  const touched = edition();
  expect(touched).not.toBe(first);
  write("compile/models.ts", "longer");
  const changed = edition();
  expect(changed).not.toBe(touched);
  renameSync(join(root, "compile/models.ts"), join(root, "compile/model.ts"));
  expect(edition()).not.toBe(changed);
});

test("the parse cache is stamped with the code of all floors that make what it holds", async () => {
  const source = join(import.meta.dirname, "../../src");
  const floors = ["compile"];
  for (const floor of floors)
    for (const name of readdirSync(join(source, floor), { recursive: true, encoding: "utf8" }))
      if (name.endsWith(".ts"))
        for (const [, other = ""] of readFileSync(join(source, floor, name), "utf8").matchAll(
          /from "(?:\.\.\/)+([a-z-]+)\/index\.js"/g,
        ))
          if (!floors.includes(other)) floors.push(other);
  expect(floors).toContain("project");
  const project = await loadProject({
    projectDir: await writeProject({ "models/a.sql": "SELECT 1 AS one" }),
    env: {},
  });
  project.cache.hash("models/a.sql");
  project.cache.save();
  const [stamp] = readFileSync(join(project.targetPath, "parse-cache"), "utf8").split(" ");
  const order = ["errors", "manifest", "project", "compile"];
  expect(floors.sort()).toEqual([...order].sort());
  expect(stamp).toBe(`sla-${project.slaVersion}-parse-cache-${codeEdition(order)}`);
});
