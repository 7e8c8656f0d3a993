import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkSchema, parseXml, readWorkbook, runChecks } from "../../src/reports/tableau/validate/index.js";

const SCHEMAS = fileURLToPath(new URL("../../../shared/schemas/tableau", import.meta.url));
const good = readFileSync(`${SCHEMAS}/own-skeleton.twb`, "utf8");

/** What the checks find in a text. */
function findings(text: string) {
  const { root, findings: unread } = parseXml(Buffer.from(text));
  return root === null ? unread : runChecks(readWorkbook(root));
}

const lineOf = (text: string, at: number) => text.slice(0, at).split("\n").length;

/** A fault: what becomes of what, by which check it is found, and the text in whose line, where that is another. */
const FAULTS: [check: string, from: string | RegExp, to: string, at?: string][] = [
  ["version", "version='18.1' xmlns", "version='27.9' xmlns"],
  ["element-order", "<layout dim-ordering", "<style /><layout dim-ordering"],
  ["explain-data", "</windows>", "</windows><explain-data />"],
  ["downgrade-mark", "<style />", "<_.fcp.X.true...style />"],
  ["type-attribute", "<mark class='Bar' />", "<mark class='Bar' type='x' />"],
  ["type-attribute", "type-v2='layout-basic'", "type='layout-basic'"],
  ["empty-container", /<viewpoints>.*<\/viewpoints>/, "<viewpoints></viewpoints>"],
  ["viewpoint", "<viewpoint name='Engineers'><zoom type='entire-view' /></viewpoint>", ""],
  ["viewpoint", "<viewpoint name='Engineers'>", "<viewpoint name='Nobody'>"],
  ["identifier", "id='9' name='Engineers'", "id='8' name='Engineers'"],
  ["manifest", "<SortTagCleanup />", "", "<computed-sort"],
  ["manifest", "<SortTagCleanup />", "<SortTagCleanup /><ShinyNewThing />"],
  ["secret", "username='sla_reader'", "username='sla_reader' password='x'"],
  ["local-path", "server='localhost'", "server='$" + "{SERVER}'"],
  ["connection-name", "<relation connection='mysql.a3", "<relation connection='mysql.b3"],
  ["connection-class", "<connection class='mysql'", "<connection class='mysqll'"],
  [
    "column-record",
    "<column caption='Is Breached' datatype='integer'",
    "<column caption='Is Breached' datatype='boolean'",
  ],
  ["object-id", "<object-id>[mart_tickets_777B", "<object-id>[mart_tickets_888B"],
  [
    "column-after-graph",
    "</object-graph></datasource>",
    "</object-graph><column datatype='string' name='[late]' role='dimension' type='nominal' /></datasource>",
  ],
  ["field-name", "name='[pct_breached]'", "name='[is_breached]'"],
  [
    "formula",
    "formula='SUM([is_breached]) / COUNT([ticket_id])'",
    "formula='SUM([is_breached] / COUNT([ticket_id])'",
  ],
  [
    "formula",
    "formula='SUM([is_breached]) / COUNT([ticket_id])'",
    "formula='SUM([is_broken]) / COUNT([ticket_id])'",
  ],
  [
    "formula-level",
    "formula='SUM([is_breached]) / COUNT([ticket_id])'",
    "formula='SUM([is_breached]) / [ticket_id]'",
  ],
  [
    "view-source",
    /<worksheet name='Fix Types'>[\s\S]*?<datasources>.*<\/datasources>/,
    "<worksheet name='Fix Types'><table><view>",
    "<worksheet name='Fix Types'",
  ],
  ["instance-column", "<column-instance column='[fix_type]'", "<column-instance column='[fix_kind]'"],
  ["derivation", "column='[ticket_id]' derivation='Count'", "column='[ticket_id]' derivation='Counted'"],
  ["derivation", "column='[ticket_id]' derivation='Count'", "column='[ticket_id]' derivation='Sum'"],
  [
    "aggregation",
    "column='[pct_breached]' derivation='User' name='[usr:",
    "column='[pct_breached]' derivation='Sum' name='[sum:",
  ],
  ["pill", /(<rows>.*)\[none:fix_type:nk\](<\/rows>)/, "$1[none:fix_kind:nk]$2"],
  ["filter-column", "level='[none:region:nk]'", "level='[region]'"],
  ["filter-slice", /<slices>.*<\/slices>/, "", "<filter "],
  ["filter-group", "filter-group='2'", "filter-group='1'"],
  ["top", "count='5'", "count='none'"],
  ["top", /expression='SUM\(\[downtime_minutes\]\)'/, "expression='SUM([down])'"],
  ["sort", "direction='DESC' using=", "direction='DOWN' using="],
  ["mark", "<mark class='Bar' />", "<mark class='Rod' />"],
  ["zone-sheet", "<zone h='40000' id='9' name='Engineers'", "<zone h='40000' id='9' name='Nobody'"],
  ["zone-place", "h='40000' id='9'", "h='90000' id='9'"],
  ["fixed-size", "minwidth='1400'", "minwidth='900'"],
  [
    "zone-filter",
    /param='([^']*)none:region:nk\]' type-v2='filter'/,
    "param='$1none:regions:nk]' type-v2='filter'",
  ],
  [
    "name",
    "<dashboard enable-sort-zone-taborder='true' name='Service Overview'>",
    "<dashboard enable-sort-zone-taborder='true' name='Engineers'>",
  ],
  [
    "window",
    "<window class='worksheet' hidden='true' name='Engineers'>",
    "<window class='worksheet' hidden='true' name='Nobody'>",
  ],
  ["active", "<active id='-1' />", ""],
];

describe("a known good file", () => {
  test.each(["own-skeleton.twb", "own-skeleton.tds"])("%s has nothing wrong with it", async (name) => {
    const bytes = readFileSync(`${SCHEMAS}/${name}`);
    expect(findings(bytes.toString())).toEqual([]);
    expect(await checkSchema(bytes, "18.1", SCHEMAS)).toEqual([]);
  });
});

describe("a fault is found, by its check and in its line:", () => {
  test.each(FAULTS)("%s", (check, from, to, at) => {
    const place = typeof from === "string" ? good.indexOf(from) : good.search(from);
    expect(place, "the fault finds its place").toBeGreaterThan(0);
    const bad = good.replace(from, to);
    const found = findings(bad).filter((one) => one.check === check);
    expect(found.length, JSON.stringify(findings(bad))).toBeGreaterThan(0);
    // Of something that the schema or Tableau finds in a place, the line is that of the element.
    const wanted = at === undefined ? lineOf(bad, place) : lineOf(bad, bad.indexOf(at));
    expect(found.map(({ line }) => Math.abs((line ?? 0) - wanted) <= 3)).toContain(true);
    for (const { hint, message } of found)
      expect([hint.length > 20, message.length > 10]).toEqual([true, true]);
  });

  test("schema, where the order is wrong", async () => {
    const bad = good.replace("<aggregation value='true' />", "<bogus /><aggregation value='true' />");
    const found = await checkSchema(Buffer.from(bad), "18.1", SCHEMAS);
    expect(found).toMatchObject([{ check: "schema", line: lineOf(bad, bad.indexOf("<bogus")) }]);
  });

  test("xml, where it ends too soon", () => {
    expect(findings(good.slice(0, 5000))[0]).toMatchObject({ check: "xml" });
  });

  test("a version without a schema is said, not passed", async () => {
    expect(await checkSchema(Buffer.from(good), "99.1", SCHEMAS)).toBeNull();
    expect(await checkSchema(Buffer.from(good), "18.1", "/nowhere")).toBeNull();
  });
});
