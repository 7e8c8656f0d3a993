import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ENGINES, engineEnvironment, schemaName } from "../harness/engines.js";
import { asUser, npmInstall } from "../harness/packed.js";
import { sla } from "./cli.js";
import { emptyFolder, write } from "./shop.js";

/** A package as somebody publishes it: of every kind of node one. */
const UTILS = {
  "package.json": JSON.stringify({ name: "@acme/sla-utils", version: "1.4.0", files: ["**"] }),
  "project.yml": "name: utils\nvars: {rate: 2}\nmodels: {+materialized: table}\nsnapshots: {+schema: kept}\n",
  "seeds/rates.csv": "city,rate\nRome,2\nOslo,3\n",
  "seeds/places.ts": `import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineSeeder } from "sla";
export default defineSeeder({
  name: "atlas",
  tables: { places: { columns: { city: "varchar(40)" }, primary_key: "city" } },
  inputs: ({ packageDir }) => [join(packageDir, "data/places.txt")],
  *run({ packageDir }) {
    const text = readFileSync(join(packageDir, "data/places.txt"), "utf8");
    yield { table: "places", rows: text.trim().split("\\n").map((city) => ({ city })) };
  },
});
`,
  "data/places.txt": "Rome\nOslo\n",
  "macros/doubled.ts":
    'import { defineMacro } from "sla";\nexport const doubled = defineMacro({ arguments: { column: {} }, run: ({ column }, { vars }) => `(${column} * ${vars.rate})` });\n',
  "models/base/cities.sql":
    'SELECT r.city, {{doubled "r.rate"}} AS doubled FROM {{ref "rates"}} AS r JOIN {{source "atlas" "places"}} AS p ON p.city = r.city\n',
  "models/ranked.ts": `import { defineModel } from "sla";
import { byRate } from "../lib/order.ts";
export default defineModel({
  refs: ["cities"],
  columns: { city: "varchar(40)", place: "int" },
  async run({ ref, vars }) {
    if (vars.fail) throw new Error("told to");
    const rows = await ref<{ city: string; doubled: number }>("cities").all();
    return rows.sort(byRate).map(({ city }, at) => ({ city, place: at + 1 }));
  },
});
`,
  "lib/order.ts":
    "export const byRate = (a: { doubled: number }, b: { doubled: number }) => Number(b.doubled) - Number(a.doubled);\n",
  "models/schema.yml": `models:
  - name: cities
    columns: [{ name: city, tests: [unique, capital] }, { name: doubled }]
unit_tests:
  - name: doubles
    model: cities
    given:
      - { input: ref('rates'), rows: [{ city: A, rate: 5 }] }
      - { input: "source('atlas', 'places')", rows: [{ city: A }] }
    expect: { rows: [{ city: A, doubled: 10 }] }
snapshots:
  - { name: kept_rates, relation: ref('rates'), config: { strategy: check, unique_key: city, check_cols: all } }
metrics:
  - { name: rate, label: Rate, description: Of rates., model: ref('cities'), numerator: SUM(doubled) }
exposures:
  - { name: report, type: analysis, owner: { name: Acme }, depends_on: [ref('cities'), metric('rate')] }
`,
  "tests/generic/capital.sql":
    "{{#test capital model column_name}}SELECT * FROM {{model}} WHERE LEFT({{column_name}}, 1) <> UPPER(LEFT({{column_name}}, 1)){{/test}}\n",
  "tests/some.sql": 'SELECT 1 AS nothing FROM {{ref "cities"}} WHERE doubled < 0\n',
  "procedures/count_cities.sql": `CREATE PROCEDURE count_cities()
BEGIN
  DELETE FROM {{ref "city_count"}};
  INSERT INTO {{ref "city_count"}} (n) SELECT COUNT(*) FROM {{ref "cities"}};
END
`,
  "procedures/schema.yml":
    "procedures: [{name: count_cities, tables: [{name: city_count, columns: [{name: n, data_type: bigint}]}]}]\n",
};

const SHOP = {
  "package.json": "{}",
  "project.yml": `name: shop
packages:
  - npm: "@acme/sla-utils"
  - local: shared
vars: { utils: { rate: 2 } }
models: { utils: { base: { +schema: base, +tags: [theirs] } } }
`,
  "models/cities.sql":
    'SELECT city, place FROM {{ref "utils" "ranked"}} UNION ALL SELECT name, 0 FROM {{ref "extra"}}\n',
  "models/schema.yml": "models: [{name: cities, columns: [{name: city, tests: [utils.capital]}]}]\n",
  "shared/project.yml": "name: shared\n",
  "shared/models/extra.sql": "SELECT 'Bern' AS name\n",
};

let prepared: string;

beforeAll(async () => {
  const [source, tarballs] = [emptyFolder(), emptyFolder()];
  prepared = emptyFolder();
  write(source, UTILS);
  write(prepared, SHOP);
  await asUser(source, "npm", ["pack", "--pack-destination", tarballs]);
  await npmInstall(prepared, join(tarballs, "acme-sla-utils-1.4.0.tgz"));
});

describe.each(ENGINES)("packages on $name", (engine) => {
  test("are built, tested, selected, changed and reused", async () => {
    const dir = emptyFolder();
    cpSync(prepared, dir, { recursive: true });
    const env = engineEnvironment(engine, schemaName(`packages_${engine.name}`));
    const target = engine.server === undefined ? [] : ["--target", "mysql"];
    const run = (...args: string[]) => sla(dir, [...args, ...target], { env });
    const rows = async (query: string) => {
      const { stdout, stderr } = await run("show", "--inline", query, "--output", "json");
      try {
        return JSON.parse(stdout);
      } catch {
        throw new Error(stdout + stderr);
      }
    };

    const first = await run("build");
    expect(first.stdout + first.stderr).toMatch(/PASS=1\d WARN=0 ERROR=0 SKIP=0/);
    expect(await rows('SELECT city, place FROM {{ref "cities"}} ORDER BY place')).toEqual([
      { city: "Bern", place: 0 },
      { city: "Oslo", place: 1 },
      { city: "Rome", place: 2 },
    ]);
    expect(await rows('SELECT n, {{utils.doubled "n"}} AS twice FROM {{ref "utils" "city_count"}}')).toEqual([
      { n: 2, twice: 4 },
    ]);
    // As dbt has it: what a package compiles to stands below its name, wherever its files lie.
    for (const path of ["utils/models/base/cities.sql", "shop/models/cities.sql", "shared/models/extra.sql"])
      expect(existsSync(join(dir, "target/compiled", path)), path).toBe(true);
    const manifest = JSON.parse(readFileSync(join(dir, "target/manifest.json"), "utf8"));
    expect(manifest.nodes["model.utils.cities"]).toMatchObject({
      package_name: "utils",
      original_file_path: "models/base/cities.sql",
      patch_path: "utils://models/schema.yml",
      fqn: ["utils", "base", "cities"],
    });

    const named = async (...selection: string[]) =>
      (await run("ls", "--resource-type", "model", "--select", ...selection)).stdout.trim().split("\n");
    expect(await named("package:utils")).toEqual(["utils.base.cities", "utils.ranked"]);
    expect(await named("utils.base")).toEqual(["utils.base.cities"]);
    expect(await named("tag:theirs")).toEqual(["utils.base.cities"]);
    expect(await named("package:this")).toEqual(["shop.cities"]);

    // A file that only the package's TypeScript imports counts for what is made by it, and for what reads that.
    write(dir, {
      "node_modules/@acme/sla-utils/lib/order.ts":
        "export const byRate = (a: { doubled: number }, b: { doubled: number }) => Number(a.doubled) - Number(b.doubled);\n",
    });
    const again = await run("build", "--reuse", "--select", "package:utils", "cities", "extra");
    expect(again.stdout + again.stderr).toMatch(/ERROR=0 SKIP=0 NO-OP=0 REUSED=[1-9]/);
    expect(await rows('SELECT city FROM {{ref "shop" "cities"}} WHERE place = 1')).toEqual([
      { city: "Rome" },
    ]);

    const failing = await run("build", "--select", "ranked", "--vars", "{fail: true}");
    expect(failing.code).toBe(1);
    expect(failing.stdout + failing.stderr).toContain("node_modules/@acme/sla-utils/models/ranked.ts:7:26");
    if (engine.name !== "duckdb") return;

    expect((await run("docs", "generate")).code).toBe(0);
    const lineage = await run("lineage", "utils.ranked.city");
    expect(lineage.stdout + lineage.stderr).toContain("ranked");
  });
});

test("a package that a package needs is found where Node finds it", async () => {
  const dir = emptyFolder();
  write(dir, {
    "project.yml": "name: shop\npackages: [{npm: one}]\n",
    "models/a.sql": 'SELECT * FROM {{ref "b"}}\n',
    "node_modules/one/package.json": '{"name":"one","version":"2.0.0"}',
    "node_modules/one/project.yml": "name: one\npackages: [{npm: two}]\n",
    "node_modules/one/models/b.sql": 'SELECT * FROM {{ref "two" "c"}}\n',
    "node_modules/one/node_modules/two/package.json": '{"name":"two","version":"3.0.0"}',
    "node_modules/one/node_modules/two/project.yml": "name: two\n",
    "node_modules/one/node_modules/two/models/c.sql": "SELECT 1 AS x\n",
  });
  const { stdout, stderr } = await sla(dir, ["build"]);
  expect(stdout + stderr).toMatch(/PASS=3/);
  expect((await sla(dir, ["ls"])).stdout.trim().split("\n")).toEqual(["two.c", "one.b", "shop.a"]);
});
