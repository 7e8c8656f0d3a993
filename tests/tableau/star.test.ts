import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkSchema, parseXml, readWorkbook, runChecks } from "../../src/reports/tableau/validate/index.js";
import { sla } from "../functional/cli.js";
import { copyHelpdesk } from "../helpdesk/helpdesk-copy.js";
import { readText, type WorkbookText } from "./workbook-text.js";

const SCHEMAS = fileURLToPath(new URL("../../../shared/schemas/tableau", import.meta.url));
type Yaml = { models: { name: string; columns: { name: string; tests?: (string | Relationships)[] }[] }[] };
type Relationships = { relationships?: { to: string; field: string } };
const STAR = "fact_tickets_star.tds";

describe("the star of the helpdesk", () => {
  let dir: string;
  let text: string;
  let read: WorkbookText;
  const write = async (...args: string[]) => {
    const result = await sla(dir, ["tableau", ...args]);
    expect(result.code, result.stderr).toBe(0);
    return readFileSync(join(dir, "target/tableau", STAR), "utf8");
  };
  beforeAll(async () => {
    dir = copyHelpdesk();
    const project = join(dir, "project.yml");
    writeFileSync(
      project,
      readFileSync(project, "utf8")
        .replace(/^( {2}tickets:) \d+$/m, "$1 300")
        .replace(/^( {2}months:) \d+$/m, "$1 4"),
    );
    const select = ["--select", "+path:models/marts", "+path:models/star"];
    const built = await sla(dir, ["build", ...select, "--exclude", "resource_type:test"]);
    expect(built.code, built.stderr).toBe(0);
    text = await write();
    read = readText(text);
  }, 120_000);
  afterAll(() => read?.close());

  /** A field of the source, as the column of the table that it is. */
  const place = (field: string) =>
    read.all(`//cols/map[@key="${field}"]`).map(({ value }) => value)[0] ?? "nothing";

  it("relates what tests of relationships do, and promises what tests hold", () => {
    const { models } = parse(readFileSync(join(dir, "models/star/star.yml"), "utf8")) as Yaml;
    const tested = (table: string, column: string, test: string) =>
      models
        .find(({ name }) => name === table)!
        .columns.find(({ name }) => name === column)!
        .tests?.includes(test) === true;
    const wanted = models
      .find(({ name }) => name === "fact_tickets")!
      .columns.flatMap(({ name, tests }) =>
        (tests ?? []).flatMap((test) => {
          if (typeof test === "string" || test.relationships === undefined) return [];
          const { to, field } = test.relationships;
          const dimension = /'(\w+)'/.exec(to)![1]!;
          return [
            {
              from: `[fact_tickets].[${name}]`,
              to: `[${dimension}${dimension === "dim_dates" ? `_by_${name}` : ""}].[${field}]`,
              unique: tested(dimension, field, "unique"),
              guaranteed: tested("fact_tickets", name, "not_null"),
            },
          ];
        }),
      );
    const found = read.all("//relationship").map((_, at) => {
      const path = `//relationship[${at + 1}]`;
      const [from, to] = read.texts(`${path}/expression/expression/@op`).map(place);
      const [end] = read.all(`${path}/second-end-point`);
      expect(read.all(`${path}/first-end-point`)[0]).not.toHaveProperty("unique-key");
      return {
        from,
        to,
        unique: end!["unique-key"] === "true",
        guaranteed: end!["guaranteed-value"] === "true",
      };
    });
    expect(wanted.length).toBe(8);
    expect(wanted.filter(({ guaranteed }) => !guaranteed).length).toBe(1);
    expect(found).toEqual(wanted);
  });

  it("has every column of every table, under a name and words of its own", () => {
    const { models } = parse(readFileSync(join(dir, "models/star/star.yml"), "utf8")) as Yaml;
    const places = read.texts("//cols/map/@value");
    for (const { name, columns } of models)
      for (const column of columns)
        for (const table of name === "dim_dates"
          ? [`${name}_by_created_date`, `${name}_by_closed_date`]
          : [name])
          expect(places).toContain(`[${table}].[${column.name}]`);
    const fields = "/datasource/column[not(@datatype='table')]";
    for (const attribute of ["name", "caption"]) {
      const all = read.texts(`${fields}/@${attribute}`).map((one) => one.toLowerCase());
      expect(new Set(all).size).toBe(places.length);
      expect(all.length).toBe(places.length);
    }
    expect(read.texts(`${fields}/@name`)).toContain("[team_code (dim_teams)]");
  });

  it.each(["2025.1", "2026.1"])("holds to the schema of %s, and to the checks", async (of) => {
    const own = await write("--tableau-version", of);
    const workbook = readWorkbook(parseXml(Buffer.from(own)).root!);
    expect(await checkSchema(Buffer.from(own), workbook.version, SCHEMAS)).toEqual([]);
    expect(runChecks(workbook)).toEqual([]);
    expect(own).not.toMatch(/password/i);
    expect(own.includes(dir)).toBe(false);
  });

  it.each<[check: string, from: RegExp, to: string]>([
    ["relationship", /(<second-end-point [^>]*object-id=")\w+/, "$1nothing"],
    ["relationship", /op="\[team_code \(dim_teams\)\]"/, 'op="[nothing]"'],
    ["relationship", /op="\[team_code \(dim_teams\)\]"/, 'op="[team_code (dim_engineers)]"'],
    ["relationship", /op="\[date_day\]"/, 'op="[month_name]"'],
    ["relationship-tree", /(<relationships>\s*)(<relationship>[\s\S]*?<\/relationship>)/, "$1$2$2"],
    ["relationship-tree", /<relationship>[\s\S]*?<\/relationship>/, ""],
    ["column-map", /<map key="\[team_name\]"[^>]*>/, ""],
    ["column-map", /value="\[dim_teams\]\.\[team_name\]"/, 'value="[dim_teams].[coverage]"'],
    ["column-map", /value="\[dim_teams\]\.\[team_name\]"/, 'value="[dim_groups].[team_name]"'],
  ])("a fault in it is found: %s (%s)", (check, from, to) => {
    const bad = text.replace(from, to);
    expect(bad).not.toBe(text);
    const found = runChecks(readWorkbook(parseXml(Buffer.from(bad)).root!)).filter(
      (one) => one.check === check,
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ line }) => line !== null)).toBe(true);
  });

  it("is the warehouse's", async () => {
    const validated = await sla(dir, ["tableau", "validate", `target/tableau/${STAR}`]);
    expect([validated.code, validated.stdout]).toEqual([0, expect.stringContaining("nothing found")]);
  });

  it("stands in the text for readers", () => {
    expect(readFileSync(join(dir, "target/tableau/README.md"), "utf8")).toMatch(
      /^\| `fact_tickets_star.tds` \| Fact tickets with .*Dim dates by closed date, related/m,
    );
  });

  it("is the only one: marts and analyses are no facts", () => {
    const stars = ["mart_tickets", "repeat_incidents", "dim_engineers"].map((name) =>
      join(dir, "target/tableau", `${name}_star.tds`),
    );
    expect(stars.filter((path) => existsSync(path))).toEqual([]);
  });
});
