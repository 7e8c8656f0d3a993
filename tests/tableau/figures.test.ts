import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DashboardState, dataPeriod, dayNumber, defaultState } from "../../src/reports/index.js";
import { martIds, tableauFiles } from "../../src/reports/tableau/index.js";
import {
  checkCatalog,
  compareFigures,
  parseXml,
  readWorkbook,
  runChecks,
  type Source,
  tableName,
} from "../../src/reports/tableau/validate/index.js";
import { ENGINES } from "../harness/engines.js";
import { type HelpdeskMarts, helpdeskMarts } from "../reports/helpdesk-marts.js";

const SETTINGS = {
  server: "localhost",
  port: 3306,
  username: "reader",
  tls: false,
  class: "mysql",
  schema: null,
} as const;

describe.each(ENGINES)("a workbook's sheets, run as SQL of the file alone, on $name", (engine) => {
  let marts: HelpdeskMarts;
  let files: Map<string, string>;
  let text: string;
  const relation = (id: string) => {
    const node = marts.manifest.nodes[id] as { schema: string; alias: string };
    return { schema: node.schema, identifier: node.alias };
  };
  beforeAll(async () => {
    marts = await helpdeskMarts(engine);
    const base = relation("model.helpdesk.mart_tickets").schema.replace(/_marts$/, "");
    const { manifest, adapter } = marts;
    files = await tableauFiles({
      manifest,
      adapter,
      settings: SETTINGS,
      baseSchema: base,
      version: "2025.1",
      relation,
    });
    text = files.get("helpdesk.twb")!;
  }, 240_000);
  afterAll(() => marts?.close());

  const place = (source: Source) => relation(`model.helpdesk.${tableName(source)!.table}`);
  async function compare(changed: string, states?: Record<string, DashboardState>) {
    const workbook = readWorkbook(parseXml(Buffer.from(changed)).root!);
    const connection = await marts.adapter.acquire();
    const { dialect } = marts.adapter;
    try {
      const site = { specs: marts.specs, data: marts.data, ...(states && { states }) };
      return await compareFigures(workbook, site, connection, dialect, (source) =>
        dialect.relation(place(source)),
      );
    } finally {
      await connection.release();
    }
  }

  it("the files have no fault, and their columns are the warehouse's", async () => {
    expect(files.size).toBeGreaterThanOrEqual(1 + martIds(marts.manifest).length);
    for (const [name, own] of files) {
      if (!/\.(twb|tds)$/.test(name)) continue;
      const workbook = readWorkbook(parseXml(Buffer.from(own)).root!);
      expect([name, runChecks(workbook)]).toEqual([name, []]);
      if (name.endsWith(".twb")) expect(await checkCatalog(marts.adapter, workbook, place)).toEqual([]);
    }
  });

  it("have the site's figures as they open", async () => {
    const { findings, compared, notRun } = await compare(text);
    expect([findings, notRun]).toEqual([[], []]);
    expect(compared.length).toBeGreaterThanOrEqual(20);
    expect(compared.reduce((sum, { figures }) => sum + figures, 0)).toBeGreaterThan(500);
  });

  it("have them for another period and a region, set in the file and on the site", async () => {
    const states: Record<string, DashboardState> = {};
    let changed = text;
    const [from, to] = ["2025-11-12", "2026-05-20"];
    for (const spec of marts.specs) {
      const own = defaultState(spec, marts.data);
      const whole = dataPeriod(spec, marts.data)!;
      const day = (at: number | null, otherwise: number) =>
        new Date((at ?? otherwise) * 86_400_000).toISOString().slice(0, 10);
      // As a reader moves the two controls.
      changed = changed
        .replaceAll(`#${day(own.from, whole.from)}#`, `#${from}#`)
        .replaceAll(`#${day(own.to, whole.to)}#`, `#${to}#`);
      states[spec.dashboard.name] = {
        from: dayNumber(from),
        to: dayNumber(to),
        filters: { region: ["Leeds"] },
        selections: [],
      };
    }
    // The parameter of the region, or the filter where one source alone has it.
    changed = changed
      .replaceAll(
        /(<column [^>]*name=['"]\[p_\w+_region\]['"][^>]*value=['"])&quot;\(All\)&quot;/g,
        "$1&quot;Leeds&quot;",
      )
      .replaceAll(
        /(<column [^>]*value=['"])&quot;\(All\)&quot;(['"][^>]*name=['"]\[p_\w+_region\])/g,
        "$1&quot;Leeds&quot;$2",
      )
      .replaceAll(/(<calculation [^>]*formula=['"])&quot;\(All\)&quot;(['"])/g, "$1&quot;Leeds&quot;$2")
      .replaceAll(
        /<groupfilter [^>]*level=(['"])\[none:region:nk\]\1[^>]*ui-enumeration=['"]all['"][^>]*\/>/g,
        "<groupfilter function='member' level='[none:region:nk]' member='&quot;Leeds&quot;' />",
      );
    const { findings, notRun } = await compare(changed, states);
    expect([findings, notRun]).toEqual([[], []]);
    // And they are others than before: without the change on the site's side nothing agrees.
    expect((await compare(changed)).findings.length).toBeGreaterThan(5);
  });

  it.each([
    ["a formula", /SUM\(\[is_repeat_incident\]\)/g, "SUM([is_overdue])"],
    ["a condition in a formula", /\[flow\] = &quot;Opened&quot;/g, "[flow] = &quot;Closed&quot;"],
    ["a top", /count=(['"])5\1/g, "count='4'"],
    ["a member of a filter", /member=(['"])&quot;Patch&quot;\1/g, "member='&quot;Pitch&quot;'"],
    ["the least number of rows", /<min>10<\/min>/g, "<min>30</min>"],
  ])("a fault in %s is noticed", async (_, from, to) => {
    const changed = text.replaceAll(from, to);
    expect(changed).not.toBe(text);
    expect((await compare(changed)).findings.map(({ check }) => check)).toContain("figures");
  });
});
