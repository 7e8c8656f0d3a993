import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sla } from "../functional/cli.js";
import { siteProject } from "./site-project.js";

test("build --docs writes the site after a build that failed, and its exit code stays", async () => {
  const dir = siteProject();
  const { code, stdout } = await sla(dir, ["build", "--docs"]);
  expect(stdout).toMatch(/Wrote target\/site\/index\.html: \d+ nodes, \d\.\d MB in \d+\.\d+s\n$/);
  expect(code).toBe(1);
  expect(readFileSync(join(dir, "target/site/data/core.js"), "utf8")).toContain('"status":"fail"');
});

test("docs generate writes it without a build, and no other command does", async () => {
  const dir = siteProject();
  expect((await sla(dir, ["parse"])).code).toBe(0);
  expect(existsSync(join(dir, "target/site"))).toBe(false);
  expect((await sla(dir, ["docs", "generate", "--empty-catalog"])).code).toBe(0);
  expect(existsSync(join(dir, "target/site/index.html"))).toBe(true);
  expect(existsSync(join(dir, "target/site/assets/licences.txt"))).toBe(true);
});

test("a port that is none is refused", async () => {
  const { code, stderr } = await sla(siteProject(), ["docs", "serve", "--port", "70000"]);
  expect(code).toBe(2);
  expect(stderr).toContain("--port takes a whole number from 0 to 65535");
});
