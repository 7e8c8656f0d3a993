import type { Adapter, Connection, Row, Value } from "../adapters/index.js";
import { Ledger, ledgerTables } from "../state/index.js";
import type { SiteHistory, SiteRun, SiteState, SiteStatus } from "./site-data.js";

/** What the ledger tells of the latest runs. */
export interface LedgerHistory {
  runs: SiteRun[];
  /** Of each node, newest first. */
  history: Map<string, SiteHistory[]>;
  /** Of each node, as its newest run left it. */
  states: Map<string, SiteState>;
}

/** How many runs a site looks back on. */
const RUNS = 40;

/** Reads the latest runs and what became of the nodes in them; empty where nothing has run yet. */
export async function readHistory(
  adapter: Adapter,
  connection: Connection,
  schema: string,
): Promise<LedgerHistory> {
  const { dialect } = adapter;
  if (!(await new Ledger(adapter, connection, schema).exists()))
    return { runs: [], history: new Map(), states: new Map() };
  const tables = ledgerTables(schema);
  const runRows = await connection.query(
    `SELECT run_id, command, selection, started_at, ended_at, status, published, started_by, git_commit ` +
      `FROM ${dialect.relation(tables.runs.relation)} ORDER BY started_at DESC, run_id LIMIT ${RUNS}`,
  );
  const ids = runRows.map((row) => dialect.literal(row.run_id!)).join(", ");
  const nodeRows =
    ids === ""
      ? []
      : await connection.query(
          `SELECT run_id, unique_id, status, message, failures, rows_affected, seconds, published ` +
            `FROM ${dialect.relation(tables.nodes.relation)} WHERE run_id IN (${ids})`,
        );
  const counts = new Map<string, number>();
  for (const { run_id } of nodeRows) counts.set(String(run_id), (counts.get(String(run_id)) ?? 0) + 1);
  const runs = runRows.map((row) => siteRun(row, counts.get(String(row.run_id)) ?? 0));
  return { runs, ...byNode(runs, nodeRows) };
}

function siteRun(row: Row, nodes: number): SiteRun {
  const started = instant(row.started_at!);
  return {
    id: String(row.run_id),
    command: String(row.command),
    started: new Date(started).toISOString(),
    seconds: row.ended_at === null ? null : (instant(row.ended_at!) - started) / 1000,
    status: String(row.status),
    nodes,
    published: Number(row.published),
    by: String(row.started_by),
    commit: row.git_commit === null ? null : String(row.git_commit),
    selection: selectionText(String(row.selection)),
  };
}

function byNode(runs: readonly SiteRun[], rows: readonly Row[]): Pick<LedgerHistory, "history" | "states"> {
  const at = new Map(runs.map(({ id }, position) => [id, position]));
  const history = new Map<string, SiteHistory[]>();
  const states = new Map<string, SiteState>();
  const ordered = rows
    .map((row) => ({ row, run: at.get(String(row.run_id))! }))
    .sort((a, b) => a.run - b.run);
  for (const { row, run } of ordered) {
    const id = String(row.unique_id);
    const status = row.status as SiteStatus;
    const entry: SiteHistory = [
      run,
      status,
      Number(row.seconds),
      numberOr(row.rows_affected),
      numberOr(row.failures),
    ];
    const known = history.get(id);
    if (known !== undefined) known.push(entry);
    else history.set(id, [entry]);
    if (states.has(id)) continue;
    states.set(id, {
      status,
      at: runs[run]!.started,
      run: runs[run]!.id,
      seconds: entry[2],
      rows: entry[3],
      failures: entry[4],
      message: row.message === null ? null : String(row.message),
      published: Number(row.published) === 1,
    });
  }
  return { history, states };
}

function selectionText(json: string): string {
  const { select = [], exclude = [] } = JSON.parse(json) as { select?: string[]; exclude?: string[] };
  const parts = [select.join(" "), exclude.length > 0 ? `without ${exclude.join(" ")}` : ""];
  return parts.filter((part) => part !== "").join(" ");
}

const numberOr = (value: Value | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);
const instant = (text: Value): number => Date.parse(`${String(text).replace(" ", "T")}Z`);
