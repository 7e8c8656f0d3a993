import type { RawRow, TableName } from "../../seeds/helpdesk/tables.js";
import { TABLES } from "../../seeds/helpdesk/tables.js";

/**
 * What the export knows when.
 * `known` at creation: stays. `later`: every ticket gets another one's, so open ones that of resolved ones.
 * `closing`, when it was resolved: resolved tickets get another resolved one's. That there is no time makes a ticket open, so that stays.
 * `duration`: as `closing`, but open tickets get one, too. `outcome`, what is learnt: resolved tickets keep it, open ones get a resolved one's.
 */
type Kind = "known" | "later" | "closing" | "duration" | "outcome";

/** Every column of the export, so that a new one must be given its place here. */
export const WHEN: { [T in TableName]: Record<keyof (typeof TABLES)[T], Kind> } = {
  tickets: {
    ticket_id: "known",
    customer_id: "known",
    subject: "known",
    body: "known",
    created_at: "known",
    closed_at: "closing",
    status: "later",
    priority: "known",
    category: "known",
    system: "known",
    channel: "known",
  },
  sla_metrics: {
    ticket_id: "known",
    sla_limit_hours: "known",
    resolution_hours: "duration",
    first_response_minutes: "later",
    sla_breached: "outcome",
    uptime_impact_minutes: "later",
  },
  ticket_ownership: {
    ticket_id: "known",
    assigned_team: "known",
    assigned_engineer: "later",
    root_cause_category: "later",
    fix_type: "later",
    // Known at creation, but no feature, so that it may change nothing either.
    is_repeat_incident: "later",
  },
  business_impact: {
    // That a ticket has a row here at all is known later.
    ticket_id: "later",
    failed_transaction_count: "known",
    estimated_financial_loss: "known",
    affected_region: "known",
  },
};

interface Batch {
  table: TableName;
  rows: RawRow[];
}

/** The export with all that becomes known after creation given to other tickets. */
export async function* laterShuffled(export_: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  const batches: Batch[] = [];
  for await (const batch of export_) batches.push(batch);
  const rows = (table: TableName) =>
    batches.filter((batch) => batch.table === table).flatMap((it) => it.rows);
  const closedAt = Object.keys(TABLES.tickets).indexOf("closed_at");
  const ids = [...new Set(rows("tickets").map(([id]) => id as number))];
  const resolved = new Set(
    rows("tickets").flatMap((row) => (filled(row[closedAt]) ? [row[0] as number] : [])),
  );
  const other = ring(ids);
  const otherResolved = ring([...resolved]);
  const anyResolved = [...resolved];
  for (const id of ids)
    if (!resolved.has(id)) otherResolved.set(id, anyResolved[(id * 7919) % anyResolved.length]!);
  for (const table of Object.keys(TABLES) as TableName[]) {
    const kinds = Object.values(WHEN[table]) as Kind[];
    const latest = fullest(rows(table));
    // A ticket's earlier state knows no end, by which staging tells it from the later one.
    const value: Record<Kind, (row: RawRow, at: number) => RawRow[number]> = {
      known: (row, at) => row[at]!,
      later: (row, at) =>
        at === 0 ? other.get(row[0] as number)! : latest.get(other.get(row[0] as number)!)![at]!,
      closing: (row, at) =>
        filled(row[at]) ? latest.get(otherResolved.get(row[0] as number)!)![at]! : row[at]!,
      duration: (row, at) =>
        filled(row[at]) || !resolved.has(row[0] as number)
          ? latest.get(otherResolved.get(row[0] as number)!)![at]!
          : row[at]!,
      outcome: (row, at) =>
        resolved.has(row[0] as number) ? row[at]! : latest.get(otherResolved.get(row[0] as number)!)![at]!,
    };
    for (const batch of batches.filter((one) => one.table === table)) {
      yield { table, rows: batch.rows.map((row) => kinds.map((kind, at) => value[kind](row, at))) };
    }
  }
}

const filled = (value: unknown) => value !== null && String(value).trim() !== "";

/** Of each ticket the row that knows most. */
function fullest(rows: readonly RawRow[]): Map<number, RawRow> {
  const found = new Map<number, RawRow>();
  const known = (row: RawRow) => row.filter(filled).length;
  for (const row of rows) {
    const before = found.get(row[0] as number);
    if (before === undefined || known(row) > known(before)) found.set(row[0] as number, row);
  }
  return found;
}

/** To each the next one, in an order without meaning. */
function ring(ids: readonly number[]): Map<number, number> {
  const order = [...ids].sort((a, b) => mixed(a) - mixed(b) || a - b);
  return new Map(order.map((id, at) => [id, order[(at + 1) % order.length]!]));
}

const mixed = (id: number) => Math.imul(id ^ (id >>> 7), 0x9e3779b1) >>> 0;
