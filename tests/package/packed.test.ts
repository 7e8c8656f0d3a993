import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, engineEnvironment, SERVERS, schemaName } from "../harness/engines.js";
import { asUser, npmInstall, packedTarball } from "../harness/packed.js";

const ROOT = join(import.meta.dirname, "..", "..");
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** A project that uses a bit of everything that the package brings along. */
const FILES: Record<string, string> = {
  "project.yml": "name: shop\nmodels:\n  materialized: table\n",
  "seeds/orders.csv": "id,city,amount,ordered_on\n1,Rome,10.50,2026-03-01\n2,Oslo,3.25,2026-03-02\n",
  "models/paid.sql": 'SELECT id, city, amount, ordered_on FROM {{ref "orders"}}\n',
  "models/schema.yml": `models:
  - name: paid
    columns: [{ name: id, tests: [unique, not_null] }, { name: city }, { name: amount }, { name: ordered_on }]
metrics:
  - { name: revenue, label: Revenue, description: Money., model: ref('paid'), numerator: SUM(amount), date: ordered_on }
dashboards:
  - name: sales
    title: Sales
    question: How much?
    owner: { name: Sales, email: sales@shop.example }
    filters: [{ field: date, label: Period, default: all }]
    kpis: [revenue]
    sheets: [{ name: by_city, title: Cities, kind: bar, metrics: [revenue], dimensions: [city] }]
    layout: [[{ sheet: by_city, width: 12 }]]
`,
  "models/cities.ts": `import { op, table } from "arquero";
import { defineModel } from "sla";

export default defineModel({
  refs: ["paid"],
  columns: { city: { type: "varchar(40)", tests: ["unique"] }, revenue: "decimal(12,2)" },
  async run({ ref, exportChart }) {
    const paid = await ref<{ city: string; amount: string }>("paid").table(["city", "amount"]);
    const found = paid.groupby("city").rollup({ revenue: op.sum("amount") }).orderby("city");
    const rows = found.objects() as { city: string; revenue: number }[];
    await exportChart("cities", {
      kind: "heatmap",
      title: "Revenue by city",
      subtitle: "2 cities",
      description: "The revenue of each city.",
      x: { name: "", labels: ["revenue"] },
      y: { name: "city", labels: rows.map(({ city }) => city) },
      value: { name: "revenue" },
      cells: rows.map(({ revenue }) => [revenue]),
    });
    return table({ city: rows.map(({ city }) => city), revenue: rows.map(({ revenue }) => revenue) });
  },
});
`,
};

const dir = mkdtempSync(join(tmpdir(), "sla-packed-"));
let tarball: string;
let installed: { stdout: string; stderr: string };

/** Paths in the tarball, below its folder `package/`. */
let content: string[];

beforeAll(async () => {
  tarball = await packedTarball();
  const listed = await asUser(dir, "tar", ["tzf", tarball]);
  content = listed.stdout
    .trim()
    .split("\n")
    .map((path) => path.replace(/^package\//, ""));
  installed = await npmInstall(dir, tarball);
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}, 300_000);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe("the tarball", () => {
  test("holds the compiled framework, its site, its templates, its fonts and their licences, and nothing else", () => {
    const folders = new Set(content.map((path) => path.split("/")[0]));
    expect([...folders].sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "bin",
      "dist",
      "package.json",
      "templates",
    ]);
    // Sources stay in the repository, and with them what would lead to them.
    expect(
      content.filter(
        (path) => !path.startsWith("templates/") && /(?<!\.d)\.tsx?$|\.map$|(^|\/)tests?\//.test(path),
      ),
    ).toEqual([]);
    for (const path of [
      "dist/docs/site-assets/site.js",
      "dist/docs/site-assets/licences.txt",
      "dist/reports/fonts/noto-sans-regular.ttf",
      "dist/reports/fonts/noto-sans-licence.txt",
      "dist/reports/fonts/dejavu-sans-licence.txt",
      "dist/index.d.ts",
      "templates/shop/project.yml",
    ])
      expect(content).toContain(path);
  });

  test("is small", () => {
    expect(statSync(tarball).size).toBeLessThan(3_000_000);
  });

  test("names no folder of the machine it was packed on", async () => {
    const unpacked = join(dir, "node_modules", "sla");
    const found = await asUser(dir, "grep", [
      "-rlF",
      "-e",
      ROOT,
      "-e",
      `${tmpdir()}/sla-pack-`,
      unpacked,
    ]).catch(() => null);
    expect(found).toBeNull();
  });
});

describe("installed into an empty folder", () => {
  test("brings a clean tree, without scripts to approve", async () => {
    expect(installed.stderr).not.toMatch(/install-scripts|deprecated|ERESOLVE|ERR!/);
    const { stdout } = await asUser(dir, "npm", ["ls", "--all", "--json"]);
    expect(JSON.parse(stdout).problems).toBeUndefined();
  });

  test("is of this version, as npx finds it", async () => {
    expect((await asUser(dir, "npx", ["sla", "--version"])).stdout.trim()).toBe(version);
  });

  for (const engine of [ENGINES[0]!, SERVERS[0]!]) {
    test(`builds, tests and documents a project on ${engine.name}`, async () => {
      const env = engineEnvironment(engine, schemaName("packed"));
      const target = engine.server === undefined ? [] : ["--target", "mysql"];
      const sla = (...args: string[]) => asUser(dir, "npx", ["sla", ...args, ...target], env);
      expect((await sla("build")).stdout).toMatch(/PASS=6 WARN=0 ERROR=0/);
      expect((await sla("test")).stdout).toMatch(/PASS=3 WARN=0 ERROR=0/);
      await sla("docs", "generate");
      const page = readFileSync(join(dir, "target", "site", "index.html"), "utf8");
      expect(page).toContain("shop");
      const { stdout } = await sla("show", "--select", "cities", "--output", "json");
      expect(JSON.parse(stdout)).toMatchObject([
        { city: "Oslo", revenue: 3.25 },
        { city: "Rome", revenue: 10.5 },
      ]);
    });
  }

  test.each([
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])("gives TypeScript models their types: module %s, moduleResolution %s", async (module, resolution) => {
    const check = (file: string) =>
      asUser(dir, process.execPath, [
        join(ROOT, "node_modules", "typescript", "bin", "tsc"),
        // Arquero's own declarations hold an error.
        ...["--noEmit", "--strict", "--skipLibCheck", "--target", "es2023", "--module", module],
        ...["--moduleResolution", resolution, "--types", "", file],
      ]);
    await check("models/cities.ts");
    writeFileSync(
      join(dir, "wrong.ts"),
      'import { defineModel } from "sla";\nexport default defineModel({ refs: 1, run: () => [] });\n',
    );
    await expect(check("wrong.ts")).rejects.toThrow(/wrong\.ts\(2,3[0-9]\): error TS2322/);
    rmSync(join(dir, "wrong.ts"));
  });
});

test("installs for all projects of a machine, too", async () => {
  const prefix = join(dir, "global");
  mkdirSync(prefix);
  await npmInstall(dir, "--global", "--prefix", prefix, tarball);
  expect((await asUser(dir, join(prefix, "bin", "sla"), ["--version"])).stdout.trim()).toBe(version);
}, 120_000);
