import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { blocksOf, runCommand, writeFiles } from "./pages.js";

const FIRST = "getting-started.md";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sla-docs-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the project of the first page builds, and its commands print what the page says", async () => {
  writeFiles(folder, FIRST);
  const consoles = blocksOf(FIRST).filter(({ language }) => language === "console");
  expect(consoles.length).toBeGreaterThan(2);
  for (const { text } of consoles) {
    for (const part of text.split(/^\$ /m).slice(1)) {
      const [command, ...said] = part.trimEnd().split("\n");
      const printed = await runCommand(command!, folder);
      expect(printed.trim(), command).not.toBe("");
      if (said.length > 0) expect(JSON.parse(printed), command).toEqual(JSON.parse(said.join("\n")));
    }
  }
});

test.each(["project-file.md", "models.md", "seeds.md", "tests.md"])(
  "what %s shows builds in that project",
  async (page) => {
    writeFiles(folder, FIRST);
    expect(writeFiles(folder, page)).toBeGreaterThan(0);
    const printed = await runCommand("npx sla build --project-dir shop", folder);
    expect(printed).toMatch(/^Done\. PASS=\d+ WARN=\d+ ERROR=0 SKIP=0 /m);
  },
);
