import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAdapter } from "../../src/adapters/index.js";
import { parseManifest } from "../../src/compile/index.js";
import type { RelationalNode } from "../../src/manifest/index.js";
import { loadProject } from "../../src/project/index.js";
import {
  type DashboardData,
  type DashboardSpec,
  dashboardSpecs,
  dataPeriod,
  extractDashboards,
  view,
} from "../../src/reports/index.js";
import { type TableauVersion, tableauFiles } from "../../src/reports/tableau/index.js";
import { checkSchema, parseXml, readWorkbook, runChecks } from "../../src/reports/tableau/validate/index.js";
import { sla } from "../functional/cli.js";
import { ENGINES, type Engine, engineTarget, schemaName, scratchFolder } from "../harness/engines.js";
import { copyExample, onEngine } from "./example-project.js";
import { type LogChoice, logDashboards } from "./log-dashboards.js";
import { type LogIncident, logIncidents } from "./log-incidents.js";
import { writeLog } from "./synthetic-log.js";

const PUBLISHED =
  process.env.SLA_SERVICENOW_LOG ??
  fileURLToPath(new URL("../../../shared/data/real/uci_incident_event_log.csv.gz", import.meta.url));

const SCHEMAS = fileURLToPath(new URL("../../../shared/schemas/tableau", import.meta.url));
const READERS = {
  server: "localhost",
  port: 3306,
  username: "reader",
  tls: false,
  class: "mysql",
  schema: null,
} as const;

/** The log by rule on every engine; the published one on one of them. */
const LOGS: [name: string, engine: Engine, path: () => string][] = ENGINES.map((engine) => [
  `a log by rule on ${engine.name}`,
  engine,
  () => writeLog(join(scratchFolder(), "dashboards.csv")),
]);
if (existsSync(PUBLISHED)) LOGS.push(["the published log", ENGINES[0]!, () => PUBLISHED]);

describe.each(LOGS)("the dashboards of %s", (name, engine, path) => {
  let incidents: LogIncident[];
  let specs: DashboardSpec[];
  let data: DashboardData;
  let close = async () => {};
  let tableau: (version: TableauVersion) => Promise<Map<string, string>>;
  afterAll(() => close());
  beforeAll(async () => {
    const log = path();
    incidents = logIncidents(log);
    const dir = copyExample("servicenow");
    const schema = engine.type === "duckdb" ? "servicenow" : schemaName(`boards_${name.length}`);
    const { args, env } = onEngine(engine, schema);
    const vars = `log_file: ${log}`;
    for (const command of [["seed"], ["run", "--select", "+path:models/marts"]]) {
      const result = await sla(dir, [...command, ...args, "--vars", vars], { env });
      expect(result.code, `${result.stdout}\n${result.stderr}`).toBe(0);
    }
    const project = await loadProject({ projectDir: dir, target: args[1], vars: { log_file: log }, env });
    const { manifest } = await parseManifest(project);
    const settings = engineTarget(engine, schema);
    const adapter = await openAdapter(
      settings.type === "duckdb" ? { ...settings, path: join(dir, "warehouse.duckdb") } : settings,
    );
    close = () => adapter.close();
    specs = dashboardSpecs(manifest);
    const relation = (id: string) => {
      const node = manifest.nodes[id] as RelationalNode;
      return { schema: node.schema, identifier: node.alias };
    };
    data = await extractDashboards(adapter, specs, { relation });
    tableau = (version) =>
      tableauFiles({ manifest, adapter, settings: READERS, baseSchema: schema, version, relation });
  }, 240_000);

  test.each(["2025.1", "2026.1"] as const)(
    "hold in Tableau %s to its schema and to the checks",
    async (of) => {
      const files = await tableau(of);
      expect(await tableau(of)).toEqual(files);
      expect([...files.keys()]).toContain("servicenow.twb");
      for (const [file, text] of files) {
        if (!/\.(twb|tds)$/.test(file)) continue;
        const workbook = readWorkbook(parseXml(Buffer.from(text)).root!);
        expect([file, await checkSchema(Buffer.from(text), workbook.version, SCHEMAS)]).toEqual([file, []]);
        expect([file, runChecks(workbook)]).toEqual([file, []]);
        expect(text).not.toMatch(/password|file:|\/tmp\//i);
        if (file.endsWith(".twb"))
          expect(workbook.dashboards.map((one) => one.name).sort()).toEqual(
            specs.map(({ dashboard }) => dashboard.title).sort(),
          );
      }
    },
  );

  const check = (chosen: (whole: { from: number; to: number }) => LogChoice) => {
    for (const spec of specs) {
      const choice = chosen(dataPeriod(spec, data)!);
      const wanted = logDashboards(incidents, choice);
      const { from, to, priorities } = choice;
      const found = view(spec, { from, to, filters: { priority: priorities }, selections: [] }, data);
      for (const { metric, value } of found.kpis.flatMap((kpi) => [kpi, ...kpi.beside]))
        same([[value]], [[wanted.kpis[metric]!]], metric);
      for (const sheet of found.sheets) same(sheet.table.rows, wanted.sheets[sheet.name]!, sheet.name);
    }
  };

  test("of all days", () => check((whole) => ({ ...whole, priorities: [] })));
  test("of one priority", () => check((whole) => ({ ...whole, priorities: ["High"] })));
  test("of a span that begins and ends within months, for two priorities", () =>
    check(({ from, to }) => ({ from: from + 3, to: to - 5, priorities: ["Critical", "Moderate"] })));
});

function same(found: readonly (readonly unknown[])[], wanted: readonly (readonly unknown[])[], what: string) {
  const names = (rows: readonly (readonly unknown[])[]) =>
    rows.map((row) => row.map((value) => (typeof value === "number" ? "n" : value)));
  expect(names(found), what).toEqual(names(wanted));
  for (const [at, row] of wanted.entries())
    for (const [n, value] of row.entries())
      if (typeof value === "number") {
        const other = found[at]![n] as number;
        expect(Math.abs(other - value), `${what} ${row[0]} ${n}: ${other}, not ${value}`).toBeLessThan(
          1e-8 * Math.max(1, Math.abs(value)),
        );
      }
}
