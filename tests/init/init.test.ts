import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { projectName } from "../../src/commands/init/init.js";
import { engineEnvironment, SERVERS, schemaName, scratchFolder } from "../harness/engines.js";
import { packedTarball, userEnvironment } from "../harness/packed.js";

const run = promisify(execFile);

/** A command in a folder, as in a user's terminal; its output and its exit code. */
async function user(folder: string, command: string, more: Record<string, string> = {}) {
  try {
    const { stdout, stderr } = await run("sh", ["-c", command], {
      cwd: folder,
      env: { ...userEnvironment(), ...more },
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

const ALL_GOOD = /^Done\. PASS=\d+ WARN=0 ERROR=0 SKIP=0 NO-OP=0 REUSED=0 TOTAL=\d+$/m;

let shop: string;
let tarball: string;

beforeAll(async () => {
  tarball = await packedTarball();
  const empty = mkdtempSync(join(scratchFolder(), "empty-"));
  const made = await user(empty, `npx --yes "file:${tarball}" init shop`);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  expect(made.stdout).toMatch(/^Created shop in shop\n/);
  shop = join(empty, "shop");
}, 300_000);

test("npx with the packed package makes a project that has the same package as its dependency", () => {
  const { dependencies } = JSON.parse(readFileSync(join(shop, "package.json"), "utf8"));
  expect(join(shop, dependencies.sla.replace("file:", ""))).toBe(tarball);
  expect(existsSync(join(shop, "node_modules", ".bin", "sla"))).toBe(true);
  expect(readFileSync(join(shop, ".gitignore"), "utf8")).toContain(".env\n");
  expect(readFileSync(join(shop, "project.yml"), "utf8")).not.toContain("PROJECT_NAME");
});

test("it builds, is tested and builds on, without a server", async () => {
  for (const command of ["build", "test", "build"]) {
    const ran = await user(shop, `npx sla ${command}`);
    expect(ran.stdout + ran.stderr).toMatch(ALL_GOOD);
  }
  const shown = await user(shop, "npx sla show days_between_orders --limit -1 --output json");
  expect(JSON.parse(shown.stdout)).toHaveLength(40);
});

test.each(SERVERS)("it builds and is tested on $name", async (engine) => {
  for (const command of ["build", "test"]) {
    const ran = await user(
      shop,
      `npx sla ${command} --target mysql`,
      engineEnvironment(engine, schemaName("init")),
    );
    expect(ran.stdout + ran.stderr).toMatch(ALL_GOOD);
  }
});

test("a global sla makes and builds a project without node_modules", async () => {
  const prefix = join(scratchFolder(), "prefix");
  const installed = await user(
    scratchFolder(),
    `npm install -g --prefix "${prefix}" --no-audit --no-fund --prefer-offline --loglevel=error "${tarball}"`,
  );
  expect(installed, installed.stderr).toMatchObject({ code: 0 });
  const folder = join(scratchFolder(), "7 Geschäfte");
  mkdirSync(folder);
  const path = { PATH: `${join(prefix, "bin")}:${process.env.PATH}` };
  const made = await user(folder, "sla init --no-install", path);
  expect(made.stdout).toMatch(/^Created _7_geschafte in this folder\n/);
  expect(existsSync(join(folder, "node_modules"))).toBe(false);
  expect((await user(folder, "sla build", path)).stdout).toMatch(ALL_GOOD);

  const again = await user(folder, "sla init --no-install", path);
  expect(again.code).toBe(2);
  expect(again.stderr).toContain("Error SLA702 files are in the way");
  expect(again.stderr).toContain("project.yml");
  const linked = await user(folder, "sla init --force", path);
  expect(linked.stdout).toContain("Linked to the sla that runs.\n");
  expect((await user(folder, "npx sla test")).stdout).toMatch(ALL_GOOD);
}, 300_000);

test("without a network the project is there, and what is missing is said", async () => {
  const empty = mkdtempSync(join(scratchFolder(), "offline-"));
  const tool = join(shop, "node_modules", ".bin", "sla");
  const offline = { npm_config_offline: "true", npm_config_cache: join(empty, "cache") };
  const made = await user(empty, `"${tool}" init shop`, offline);
  expect(made).toMatchObject({ code: 0 });
  expect(made.stderr).toContain("Not installed: ");
  expect(made.stderr).toContain("The project is complete without");
  expect(made.stdout).toContain("npm install");
  expect((await user(join(empty, "shop"), `"${tool}" build`)).stdout).toMatch(ALL_GOOD);
});

test.each([
  ["shop", "shop"],
  ["My Shop", "my_shop"],
  ["7-eleven", "_7_eleven"],
  ["Übersee.Läden", "ubersee_laden"],
  ["商店", "project"],
])("a folder called %s holds the project %s", (folder, name) => {
  expect(projectName(folder)).toBe(name);
});
