import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { type TableauFile, tableau } from "../../src/commands/tableau.js";
import { type ValidatedFile, validateTableau } from "../../src/commands/tableau-validate.js";
import { ENGINES } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const schemas = fileURLToPath(new URL("../../../shared/schemas/tableau", import.meta.url));

/** Amounts whose percentiles lie between two of them, a missing one, and texts that a CSV has to quote; the last key comes first. */
const NOTES = ["plain", 'says ""so""', "=1+1", "two, parts", "Zürich", " two\nlines "];
const ROWS = Array.from({ length: 41 }, (_, at) => {
  const day = `2026-${String(1 + (at % 3)).padStart(2, "0")}-${String(1 + (at % 28)).padStart(2, "0")}`;
  const amount = at === 7 ? "" : `${((at * at) % 37) + 1}.${at % 10}`;
  return `${1000 - at},${day},${day} 08:0${at % 10}:00,${["North", "South"][at % 2]},${amount},"${NOTES[at % 6]}"`;
});

const PROJECT = {
  "seeds/raw_sales.csv": `id,sold_on,sold_at,shop,amount,note\n${ROWS.join("\n")}\n`,
  "models/mart_sales.sql": `SELECT id, sold_on, sold_at, shop, amount, note FROM {{ref "raw_sales"}}`,
  "models/sales.yml": `
models:
  - name: mart_sales
    description: One row per sale.
    config: { materialized: table, primary_key: [id] }
    columns:
      - { name: id, data_type: bigint }
      - { name: sold_on, data_type: date }
      - { name: sold_at, data_type: datetime }
      - { name: shop, data_type: varchar(20) }
      - { name: amount, data_type: "decimal(8,2)" }
      - { name: note, data_type: varchar(40) }
metrics:
  - { name: sales, label: Sales, model: ref('mart_sales'), numerator: COUNT(*), date: sold_on, dimensions: [shop] }
  - { name: middle, label: Median amount, model: ref('mart_sales'), numerator: MEDIAN(amount), date: sold_on, dimensions: [shop] }
  - name: most
    label: 90 % pay no more
    model: ref('mart_sales')
    numerator: PERCENTILE(amount, 0.9)
    filter: { note: [plain, "two, parts", Zürich] }
    date: sold_on
    dimensions: [shop]
dashboards:
  - name: overview
    title: Overview
    owner: { name: Sales }
    filters: [{ field: date, label: Period, default: all }, { field: shop, label: Shop }]
    kpis: [{ metric: sales, beside: [middle] }, most]
    sheets:
      - { name: shops, title: Shops, kind: table, dimensions: [shop], metrics: [sales, middle, most] }
      - name: middles
        title: Medians
        kind: bar
        metrics: [middle]
        dimensions: [shop]
        sort: { by: middle, direction: desc }
    layout: [[{ sheet: shops, width: 6 }, { sheet: middles, width: 6 }]]
`,
};

const effects = {
  env: {},
  clock: () => new Date(),
  emit: () => {},
  signal: new AbortController().signal,
};

/** The archive as each engine makes it. */
const made = new Map<string, Uint8Array>();

describe.each(ENGINES)("a packaged workbook, of $name", (engine) => {
  let warehouse: Warehouse;
  let files: TableauFile[];
  let bytes: Uint8Array;
  let inside: Record<string, string>;
  let folder: string;
  const write = (output: string, version: "2025.1" | "2026.1" = "2025.1") =>
    tableau({ projectDir: warehouse.dir, version, output, packaged: true }, effects);
  const validate = (...names: string[]): Promise<ValidatedFile[]> =>
    validateTableau({ projectDir: warehouse.dir, files: names, schemas }, effects);

  beforeAll(async () => {
    warehouse = new Warehouse(engine, "packaged", PROJECT, {
      id: "bigint",
      sold_on: "date",
      sold_at: "datetime",
      shop: "varchar(20)",
      amount: "decimal(8,2)",
      note: "varchar(40)",
    });
    await warehouse.build();
    files = await write("out");
    folder = join(warehouse.dir, "out");
    bytes = readFileSync(join(folder, "shop.twbx"));
    made.set(engine.name, bytes);
    inside = Object.fromEntries(
      Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)]),
    );
  }, 120_000);

  it("holds the workbook and a text file for each mart, whole, in the order of the key", () => {
    expect(Object.keys(inside)).toEqual(["shop.twb", "mart_sales.csv"]);
    expect(files.at(-1)).toEqual({ path: join(folder, "shop.twbx"), bytes: bytes.length });
    expect(readdirSync(folder).sort()).toEqual(["README.md", "mart_sales.tds", "shop.twb", "shop.twbx"]);
    const csv = inside["mart_sales.csv"]!;
    expect(csv.startsWith("id,sold_on,sold_at,shop,amount,note\r\n960,")).toBe(true);
    expect(csv).toContain('\r\n999,2026-02-02,2026-02-02 08:01:00,South,2.1,"says ""so"""\r\n');
    expect(csv).toContain('993,2026-02-08,2026-02-08 08:07:00,South,,"says ""so"""\r\n');
    expect(csv).toContain(",=1+1\r\n");
    expect(csv).toContain(',"two, parts"\r\n');
    expect(csv).toContain(",Zürich\r\n");
    expect(csv.split("\r\n")).toHaveLength(1 + ROWS.length + 1);
  });

  it("has the medians and percentiles that the live workbook leaves out, on text files", () => {
    const live = readFileSync(join(folder, "shop.twb"), "utf8");
    const packed = inside["shop.twb"]!;
    expect(live).not.toMatch(/MEDIAN|PERCENTILE|textscan/);
    expect(live).toContain("A live connection to MySQL has no medians");
    expect(packed).not.toMatch(/A live connection|class="mysql"/);
    expect(packed).toContain("MEDIAN([amount])");
    expect(packed).toContain("Overview · Medians");
    expect(packed).toContain("Overview · KPI 90 % pay no more");
    expect(packed).toMatch(/<connection class="textscan" directory="\." filename="mart_sales\.csv"/);
    expect(packed).toContain("[mart_sales#csv]");
    const types = [...packed.matchAll(/<remote-type>(\d+)</g)].map(([, type]) => type);
    expect(types).toEqual(["20", "133", "7", "129", "5", "129"]);
  });

  it("names no secret, no server and no folder; readers are told how to begin", () => {
    for (const text of Object.values(inside)) {
      expect(text).not.toMatch(/password|sla_reader|localhost|127\.0\.0\.1/i);
      expect(text).not.toContain(warehouse.dir);
    }
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    expect(readme).toMatch(/driver for MySQL/);
    expect(readme).toContain("| `mart_sales.tds` | One row per sale. |");
    expect(readme).toContain("`sla_reader` on `localhost`, port 3306");
    expect(readme).not.toContain(warehouse.dir);
  });

  it("is the same bytes again", async () => {
    await write("again");
    expect(readFileSync(join(warehouse.dir, "again", "shop.twbx")).equals(bytes)).toBe(true);
    const [first] = made.values();
    expect(Buffer.from(first!).equals(bytes)).toBe(true);
  });

  it("passes the checks of both versions, and each sheet has the site's figures", async () => {
    await write("modern", "2026.1");
    const [old, modern, live] = await validate("out/shop.twbx", "modern/shop.twbx", "out/shop.twb");
    expect([old!.findings, old!.notes, old!.schema, old!.version]).toEqual([[], [], "checked", "18.1"]);
    expect([modern!.findings, modern!.schema, modern!.version]).toEqual([[], "checked", "26.1"]);
    expect(live!.findings).toEqual([]);
    const figures = (file: ValidatedFile | undefined) =>
      Object.fromEntries(file!.compared!.map(({ sheet, figures: count }) => [sheet, count]));
    expect(figures(old)).toEqual({
      "Overview · KPI Sales": 2,
      "Overview · KPI 90 % pay no more": 1,
      "Overview · Shops": 6,
      "Overview · Medians": 2,
    });
    expect(figures(live)).toEqual({ "Overview · KPI Sales": 1, "Overview · Shops": 6 });
  });

  it("is found out where a figure or a text file is wrong", async () => {
    const put = (name: string, files: Record<string, string>) =>
      writeFileSync(
        join(folder, name),
        zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))),
      );
    const twb = inside["shop.twb"]!;
    const csv = inside["mart_sales.csv"]!;
    put("fraction.twbx", { ...inside, "shop.twb": twb.replaceAll(", 0.9)", ", 0.8)") });
    put("heading.twbx", { ...inside, "mart_sales.csv": csv.replace("sold_at,shop", "shop,sold_at") });
    put("gone.twbx", { "shop.twb": twb, "other.csv": csv });
    put("empty.twbx", { "mart_sales.csv": csv });
    writeFileSync(join(folder, "broken.twbx"), bytes.subarray(0, 200));
    const found = await validate(
      ...["fraction", "heading", "gone", "empty", "broken"].map((name) => `out/${name}.twbx`),
    );
    const said = found.map(({ findings }) => findings.map(({ check, message }) => `${check}: ${message}`));
    expect(said[0]!.length).toBeGreaterThan(0);
    expect(said[0]!.every((text) => /^figures: .*most/.test(text))).toBe(true);
    expect(said.slice(1)).toEqual([
      ['package: column 3 of "mart_sales.csv" is "shop" in the file, "sold_at" in the source'],
      [
        'package: no source reads "other.csv" of the package',
        'package: the package has no file "mart_sales.csv", which a source reads',
      ],
      ["package: the package holds no workbook (.twb) at its root"],
      ["package: the file is no archive that can be read"],
    ]);
  });

  it("leaves the old file and no other when rows cannot be read to their end", async () => {
    const { writeWholeFrom } = await import("../../src/run/index.js");
    const path = join(folder, "kept.twbx");
    writeFileSync(path, "old");
    const pieces = async function* () {
      yield new Uint8Array(10);
      throw new Error("the server is gone");
    };
    await expect(writeWholeFrom(path, pieces())).rejects.toThrow("the server is gone");
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(folder).filter((name) => name.includes("tmp"))).toEqual([]);
  });
});
