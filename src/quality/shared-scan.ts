import { type Connection, mysqlDialect } from "../adapters/index.js";
import type { TestNode } from "../manifest/index.js";
import type { RunContext } from "../run/index.js";
import type { ScanCheck } from "./generic-test.js";
import { GENERIC_TESTS } from "./generic-tests.js";
import { provenByKey } from "./proven-by-key.js";
import { decision, needsTotal, type TestCounts } from "./test-decision.js";
import { builtIn, isPlain, modelClause, testedNode, testInput, totalSelect } from "./test-query.js";
import { counted } from "./test-row.js";

/** Tests that see the same rows, and what came of their scan once one of them has asked. */
interface Scan {
  tests: TestNode[];
  /** Two counts tell that there are duplicates, but not how many: then each test counts its own. */
  duplicates: boolean;
  counts?: Promise<ReadonlyMap<string, TestCounts>>;
}

const scans = new WeakMap<RunContext, ReadonlyMap<string, Scan>>();

/**
 * What a test counts, from a scan that all tests of the same rows share; undefined for one that has to be run alone. A test
 * that is cut short, counts something of its own or keeps its rows is such a one, and so is one that found duplicates.
 */
export async function sharedCounts(
  test: TestNode,
  context: RunContext,
  connection: Connection,
): Promise<TestCounts | undefined> {
  const ofRun = scans.get(context) ?? planScans(context);
  scans.set(context, ofRun);
  const scan = ofRun.get(test.unique_id);
  if (scan === undefined || (scan.tests.length < 2 && !scan.duplicates)) return undefined;
  scan.counts ??= scanTogether(scan, context, connection);
  return (await scan.counts).get(test.unique_id);
}

/** The scan of each test that can share one. */
function planScans({ planned, manifest }: RunContext): Map<string, Scan> {
  const byRows = new Map<string, Scan>();
  const byTest = new Map<string, Scan>();
  for (const id of planned) {
    const test = manifest.nodes[id];
    if (test?.resource_type !== "test") continue;
    const { limit, fail_calc, where } = test.config;
    if (limit !== null || test.stored !== null || fail_calc !== "count(*)") continue;
    const kind = builtIn(test, manifest);
    if (kind?.check === undefined || test.depends_on.nodes.length !== 1) continue;
    const duplicates = kind === GENERIC_TESTS.unique;
    const key = JSON.stringify([testedNode(test, manifest).unique_id, where, duplicates]);
    const scan = byRows.get(key) ?? { tests: [], duplicates };
    scan.tests.push(test);
    byRows.set(key, scan);
    byTest.set(id, scan);
  }
  return byTest;
}

async function scanTogether(
  { tests, duplicates }: Scan,
  context: RunContext,
  connection: Connection,
): Promise<ReadonlyMap<string, TestCounts>> {
  try {
    const unproven = tests.filter((test) => provenByKey(test, context) === undefined);
    const [row] = await connection.query(await scanQuery(unproven, context));
    const counts = unproven.map((test, at) => [test.unique_id, counted(row, `_${at}`)] as const);
    return new Map(duplicates ? counts.filter(([, { failures }]) => failures === 0) : counts);
  } catch {
    // One of them cannot be run: each says for itself what is wrong with it.
    return new Map();
  }
}

/** One row with the counts of all tests and what they decide. */
async function scanQuery(tests: readonly TestNode[], context: RunContext): Promise<string> {
  const { adapter, manifest } = context;
  const plain = tests.every((test) => isPlain(test, manifest, builtIn(test, manifest)!));
  const dialect = plain ? adapter.dialect : mysqlDialect;
  const checks = tests.map((test) => builtIn(test, manifest)!.check!(testInput(test, context, dialect)));
  const total = tests.some((test) => needsTotal(test.config))
    ? `(${totalSelect(tests[0]!, context, dialect)})`
    : "";
  const columns = tests.map((test, at) => {
    const { failures, warn, error } = decision(test.config, `f${at}`, total);
    return `${failures} AS failures_${at}, ${warn} AS should_warn_${at}, ${error} AS should_error_${at}`;
  });
  const aggregates = checks.map((check, at) => `${aggregate(check)} AS f${at}`);
  const failing = checks.flatMap((check) => ("condition" in check ? [`(${check.condition})`] : []));
  // Rows that no test minds need not be counted: most tables have no others.
  const filter = failing.length === 0 ? "" : `\n  WHERE ${failing.join("\n    OR ")}`;
  const query =
    `SELECT ${columns.join(",\n  ")}\nFROM (\n  SELECT ${aggregates.join(",\n    ")}\n` +
    `  FROM ${modelClause(tests[0]!, context, dialect)}${filter}\n) AS sla_scan`;
  return plain ? query : adapter.translate(query);
}

function aggregate(check: ScanCheck): string {
  switch (check.counts) {
    case "rows":
      return `COUNT(CASE WHEN ${check.condition} THEN 1 END)`;
    case "values":
      return `COUNT(DISTINCT CASE WHEN ${check.condition} THEN ${check.column} END)`;
    case "duplicates":
      return `COUNT(${check.column}) - COUNT(DISTINCT ${check.column})`;
  }
}
