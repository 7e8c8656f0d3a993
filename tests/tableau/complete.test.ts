import { readFileSync } from "node:fs";
import { homedir, hostname, tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { fileConnection } from "../../src/reports/tableau/connection.js";
import { documentForm } from "../../src/reports/tableau/document-form.js";
import { identityOf } from "../../src/reports/tableau/identity.js";
import { martIds, tableauFiles } from "../../src/reports/tableau/index.js";
import { readMarts } from "../../src/reports/tableau/mart-facts.js";
import { checkSchema, parseXml, readWorkbook, runChecks } from "../../src/reports/tableau/validate/index.js";
import { workbookDocument } from "../../src/reports/tableau/workbook.js";
import { ENGINES } from "../harness/engines.js";
import { type HelpdeskMarts, helpdeskMarts } from "../reports/helpdesk-marts.js";
import {
  cardsOf,
  census,
  type DashboardYaml,
  type Entry,
  metricsOf,
  type SheetYaml,
  shownIn,
} from "./dashboard-census.js";
import { columnsIn, metricsIn, readText, sheetPath, type WorkbookText, zonesPath } from "./workbook-text.js";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const SCHEMAS = fileURLToPath(new URL("../../../shared/schemas/tableau", import.meta.url));
const yaml = (path: string) => parse(readFileSync(`${REPOSITORY}/${path}`, "utf8"));
const dashboards = yaml("models/marts/dashboards.yml").dashboards as DashboardYaml[];
const metrics = yaml("models/marts/metrics.yml").metrics as {
  name: string;
  label: string;
  numerator?: string;
}[];
const labels = Object.fromEntries(metrics.map(({ name, label }) => [name, label]));
/** A live connection has none of these. */
const percentiles = metrics
  .filter(({ numerator }) => /MEDIAN|PERCENTILE/i.test(numerator ?? ""))
  .map(({ name }) => name);

const SETTINGS = {
  server: "db.example",
  port: 3306,
  username: "reader",
  tls: true,
  class: "mysql",
  schema: "served",
} as const;

/** All files of the helpdesk; the small bank is the same on all engines. */
async function files(marts: HelpdeskMarts, version: "2025.1" | "2026.1"): Promise<Map<string, string>> {
  const relation = (id: string) => {
    const node = marts.manifest.nodes[id] as { schema: string; alias: string };
    return { schema: node.schema, identifier: node.alias };
  };
  return await tableauFiles({
    manifest: marts.manifest,
    adapter: marts.adapter,
    settings: SETTINGS,
    baseSchema: relation("model.helpdesk.mart_tickets").schema.replace(/_marts$/, ""),
    version,
    relation,
  });
}

/** The workbook that stands in a package, with the rows beside it. */
async function packaged({ manifest, adapter, specs }: HelpdeskMarts): Promise<string> {
  const identity = identityOf("helpdesk");
  const relation = (id: string) => {
    const node = manifest.nodes[id] as { schema: string; alias: string };
    return { schema: node.schema, identifier: node.alias };
  };
  const places = { relation, served: (schema: string) => schema };
  return workbookDocument({
    specs,
    metrics: Object.values(manifest.metrics),
    facts: await readMarts(adapter, manifest, specs, martIds(manifest), places),
    identity,
    form: documentForm("2025.1"),
    connection: fileConnection(identity),
    live: false,
  });
}

const written = new Map<string, Map<string, string>>();
let inPackage = "";

describe.each(ENGINES)("the files of the helpdesk on $name", (engine) => {
  let marts: HelpdeskMarts;
  beforeAll(async () => {
    marts = await helpdeskMarts(engine, { tickets: 400, months: 6 });
  }, 240_000);
  afterAll(() => marts?.close());

  it("are the same whenever they are written, and wherever the warehouse is", async () => {
    const own = await files(marts, "2025.1");
    expect(await files(marts, "2025.1")).toEqual(own);
    written.set(engine.name, own);
    if (inPackage === "") inPackage = await packaged(marts);
    const [first] = written.values();
    expect([...own.keys()]).toEqual([...first!.keys()]);
    for (const [name, text] of own) expect(text === first!.get(name), name).toBe(true);
  });

  it.each(["2025.1", "2026.1"] as const)("hold to the schema of %s and to the checks", async (version) => {
    for (const [name, text] of await files(marts, version)) {
      if (!/\.(twb|tds)$/.test(name)) continue;
      const workbook = readWorkbook(parseXml(Buffer.from(text)).root!);
      expect([name, workbook.version]).toEqual([name, version === "2025.1" ? "18.1" : "26.1"]);
      expect([name, await checkSchema(Buffer.from(text), workbook.version, SCHEMAS)]).toEqual([name, []]);
      expect([name, runChecks(workbook)]).toEqual([name, []]);
      expect(text).not.toMatch(/password/i);
      for (const own of [tmpdir(), homedir(), hostname(), REPOSITORY, "file:", "127.0.0.1"])
        expect(text.includes(own), `${own} in ${name}`).toBe(false);
    }
  });
});

describe("the workbook of the helpdesk", () => {
  let text: string;
  let workbook: WorkbookText;
  let whole: WorkbookText;
  beforeAll(() => {
    text = written.get("duckdb")!.get("helpdesk.twb")!;
    workbook = readText(text);
    whole = readText(inPackage);
  });
  afterAll(() => {
    workbook?.close();
    whole?.close();
  });

  const entriesOf = (one: WorkbookText): Entry[] =>
    dashboards.flatMap((dashboard) => census(one, dashboard, labels));
  const entries = () => entriesOf(workbook);

  it("has every figure, visual and filter of the dashboards, but for percentiles", () => {
    const lost = entries().filter(({ found }) => !["yes", "filter", "parameter"].includes(found));
    const parts = dashboards.flatMap((dashboard) => [
      ...cardsOf(dashboard).flat(),
      ...dashboard.sheets,
      ...dashboard.filters,
    ]);
    expect(entries().length).toBe(parts.length);
    // What is lost is exactly what needs a percentile.
    const needing = dashboards.flatMap(({ title, ...dashboard }) => [
      ...cardsOf({ title, ...dashboard })
        .flat()
        .filter((name) => percentiles.includes(name))
        .map((name) => `${title}: ${labels[name]}`),
      ...dashboard.sheets
        .filter((sheet) => metricsOf(sheet).some((name) => percentiles.includes(name)))
        .map((sheet) => `${title}: ${sheet.title}`),
    ]);
    expect(
      lost.map(({ dashboard, what }) => `${dashboard}: ${what.replace(/^\w+:? |, beside .*$/g, "")}`),
    ).toEqual(needing);
    expect(workbook.texts("/workbook/dashboards/dashboard/@name").sort()).toEqual(
      dashboards.map(({ title }) => title).sort(),
    );
  });

  it("is what the table in the docs says", () => {
    const page = readFileSync(`${REPOSITORY}/docs/tableau.md`, "utf8");
    const rows = page.split("\n").filter((line) => /^\| (KPI|Filter|(?!https?)\w+:) /.test(line));
    const live = entries();
    const said = entriesOf(whole).map(
      ({ what, worksheet, found }, at) =>
        `| ${what} | ${worksheet} | ${live[at]!.found || "no"} | ${found || "no"} |`,
    );
    expect(rows).toEqual(said);
  });

  it("lacks nothing in a package", () => {
    const found = entriesOf(whole).map((one) => [one.what, one.found]);
    expect(found.filter(([, is]) => !["yes", "filter", "parameter"].includes(is!))).toEqual([]);
  });

  it.each(
    dashboards.flatMap(({ title, sheets }) =>
      sheets.map((sheet): [string, SheetYaml] => [`${title} · ${sheet.title}`, sheet]),
    ),
  )("%s is drawn as it is declared", (name, sheet) => {
    const path = sheetPath(name);
    const marks: Record<string, string> = {
      line: "Line",
      area: "Area",
      bar: "Bar",
      stacked: "Bar",
      heatmap: "Square",
      scatter: "Circle",
      table: "Text",
      rows: "Text",
    };
    expect(workbook.texts(`${path}//pane/mark/@class`)[0]).toBe(marks[sheet.kind]);
    const shown = shownIn(workbook, name);
    const columns = columnsIn(shown);
    for (const dimension of [...(sheet.dimensions ?? []), ...(sheet.columns ?? []).map((one) => one.name)])
      expect(columns).toContain(dimension);
    const grain = { month: "tmn", auto: "t(dy|wk|mn|qr|yr)" }[sheet.date_grain ?? ""];
    if (grain !== undefined) expect(shown.join(" ")).toMatch(new RegExp(`\\[${grain}:\\w+:qk\\]`));
    for (const [column, value] of Object.entries(sheet.filter ?? {})) {
      const members = workbook.texts(`${path}//filter[contains(@column,":${column}:")]//@member`);
      expect(members.map((member) => member.replaceAll('"', "")).sort()).toEqual(
        [value].flat().map(String).sort(),
      );
    }
    const cut = workbook.all(`${path}//filter/groupfilter[@function="end"]`);
    expect(cut.map(({ count }) => Number(count))).toEqual(sheet.top === undefined ? [] : [sheet.top]);
    const least = workbook.texts(`${path}//filter[contains(@column,"row_count")]/min`);
    expect(least).toEqual(sheet.n_min === undefined ? [] : [String(sheet.n_min)]);
    if (sheet.sort !== undefined && sheet.kind !== "rows" && !sheet.dimensions?.includes(sheet.sort.by)) {
      const [sort] = workbook.all(`${path}//computed-sort`);
      expect(sort!.direction).toBe(sheet.sort.direction.toUpperCase());
      expect([...metricsIn([sort!.using!]), ...columnsIn([sort!.using!])]).toEqual([sheet.sort.by]);
    }
    const lines = metricsIn(workbook.texts(`${path}//reference-line/@value-column`));
    expect(lines).toEqual((sheet.reference_lines ?? []).map(({ metric }) => metric));
  });

  it.each(dashboards.map((dashboard): [string, DashboardYaml] => [dashboard.title, dashboard]))(
    "%s: filters reach every sheet that has their column",
    (title, dashboard) => {
      for (const name of workbook.texts(`${zonesPath(title)}[not(@type-v2)]/@name`)) {
        const filters = workbook.texts(`${sheetPath(name)}//filter/@column`).join(" ");
        const [source] = workbook.texts(
          `${sheetPath(name)}/table/view/datasources/datasource[@name!="Parameters"]/@name`,
        );
        const has = (column: string) =>
          workbook.all(`/workbook/datasources/datasource[@name="${source}"]/column[@name="[${column}]"]`)
            .length > 0;
        for (const { field } of dashboard.filters)
          if (field === "date" ? !name.endsWith("the most urgent first") : has(field))
            expect(filters, `${field} of ${name}`).toMatch(
              field === "date" ? /\[none:(in_period_\w+:nk|\w+_date:qk)\]/ : new RegExp(`[:_]${field}:nk`),
            );
      }
    },
  );

  it.each(dashboards.map((dashboard): [string, DashboardYaml] => [dashboard.title, dashboard]))(
    "%s: its parts lie within the page, beside each other, as the layout says",
    (title, dashboard) => {
      const zones = workbook.all(zonesPath(title)).map(({ x, y, w, h, ...rest }) => ({
        ...rest,
        left: Number(x),
        top: Number(y),
        right: Number(x) + Number(w),
        bottom: Number(y) + Number(h),
      })) as ({ left: number; top: number; right: number; bottom: number } & Record<string, unknown>)[];
      for (const [at, one] of zones.entries()) {
        expect(Math.min(one.left, one.top)).toBeGreaterThanOrEqual(0);
        expect(Math.max(one.right, one.bottom)).toBeLessThanOrEqual(100_000);
        expect(Math.min(one.right - one.left, one.bottom - one.top)).toBeGreaterThan(0);
        for (const two of zones.slice(at + 1)) {
          const apart =
            one.right <= two.left || two.right <= one.left || one.bottom <= two.top || two.bottom <= one.top;
          expect(apart, `${one.id} and ${two.id}`).toBe(true);
        }
      }
      const [size] = workbook.all(`/workbook/dashboards/dashboard[@name="${title}"]/size`);
      expect([size!.minwidth, size!.minheight]).toEqual([size!.maxwidth, size!.maxheight]);
      // Rows stand one below the other; a legend stands above its sheet, within the same box.
      let below = 0;
      for (const row of dashboard.layout) {
        let left = 0;
        const boxes = row.map(({ sheet, width }) => {
          const { title: sheetTitle } = dashboard.sheets.find(({ name }) => name === sheet)!;
          const own = zones.filter(({ name }) => name === `${title} · ${sheetTitle}`);
          const parts = own.filter((zone) => zone["type-v2"] !== "filter");
          expect(parts[0]!.left).toBe(left);
          left = parts[0]!.right;
          expect(Math.abs(parts[0]!.right - parts[0]!.left - (width / 12) * 100_000)).toBeLessThan(50);
          return {
            top: Math.min(...parts.map(({ top }) => top)),
            bottom: Math.max(...parts.map(({ bottom }) => bottom)),
          };
        });
        expect(new Set(boxes.map(({ top }) => top)).size).toBe(1);
        expect(boxes[0]!.top).toBeGreaterThanOrEqual(below);
        below = Math.max(...boxes.map(({ bottom }) => bottom));
      }
      expect(below).toBe(100_000);
      const placed = workbook.texts(`${zonesPath(title)}[not(@type-v2)]/@name`);
      const window = `/workbook/windows/window[@class="dashboard"][@name="${title}"]`;
      expect(workbook.texts(`${window}/viewpoints/viewpoint/@name`).sort()).toEqual(placed.sort());
    },
  );

  it("has each sheet on one dashboard, and a window for each", () => {
    const sheets = workbook.texts("/workbook/worksheets/worksheet/@name").sort();
    expect(new Set(sheets).size).toBe(sheets.length);
    expect(
      workbook.texts("/workbook/dashboards/dashboard/zones/zone/zone[not(@type-v2)]/@name").sort(),
    ).toEqual(sheets);
    expect(workbook.texts('/workbook/windows/window[@class="worksheet"]/@name').sort()).toEqual(sheets);
    expect(workbook.texts('/workbook/windows/window[@class="dashboard"]/@name').sort()).toEqual(
      dashboards.map(({ title }) => title).sort(),
    );
  });

  it.each<[check: string, from: RegExp, to: string]>([
    ["pill", /(<rows>.*?)\[usr:metric_\w+:qk\]/, "$1[usr:metric_nothing:qk]"],
    ["object-id", /<object-id>\[\w+\]/, "<object-id>[mart_nothing_00]"],
    ["window", /<window class="worksheet"[^>]*>[\s\S]*?<\/window>/, ""],
    ["fixed-size", /minwidth="\d+"/, 'minwidth="900"'],
    ["filter-slice", /<slices>[\s\S]*?<\/slices>/, ""],
    ["secret", /username="reader"/, 'username="reader" password="x"'],
    ["viewpoint", /<viewpoint name="[^"]*">[\s\S]*?<\/viewpoint>/, ""],
    ["column-record", /<local-type>date</, "<local-type>string<"],
    ["formula", /SUM\(\[sla_breached\]\)/, "SUM([sla_broken])"],
    ["connection-name", /<relation connection="\w+\./, '<relation connection="other.'],
    ["zone-sheet", /(<zone [^>]*name=")[^"]+("(?![^>]*type-v2))/, "$1Nothing$2"],
    ["filter-column", /level="\[none:region:nk\]"/, 'level="[region]"'],
    ["identifier", /(<zone [^>]*)id="2"/, '$1id="1"'],
    ["sort", /(<computed-sort [^>]*)direction="DESC"/, '$1direction="DOWN"'],
    ["mark", /<mark class="Square"/, '<mark class="Squares"'],
    ["manifest", /<SortTagCleanup\/>/, ""],
  ])("a fault in it is found: %s", (check, from, to) => {
    const bad = text.replace(from, to);
    expect(bad).not.toBe(text);
    const found = runChecks(readWorkbook(parseXml(Buffer.from(bad)).root!));
    expect(found.map((one) => one.check)).toContain(check);
  });
});
