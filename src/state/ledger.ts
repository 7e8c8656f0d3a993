import type { Adapter, Connection, Row, TableDefinition, Value } from "../adapters/index.js";
import type { ExistingRelation, Relation, RunResult } from "../manifest/index.js";
import { ledgerTables } from "./ledger-tables.js";

/** A run as it begins. */
export interface RunRecord {
  run_id: string;
  project: string;
  target: string;
  command: string;
  selection: { select: string[]; exclude: string[] };
  started_at: Date;
  sla_version: string;
  git_commit: string | null;
  /** `user@host`. */
  started_by: string;
  process_id: number;
  session_id: number | null;
}

/** A node of a run as it ended. */
export interface NodeRecord {
  result: RunResult;
  resource_type: string;
  materialized: string | null;
  relations: readonly Relation[];
  fingerprint: string | null;
  published: boolean;
}

/** A publish that was begun and not ended, with its steps as they were written. */
export interface OpenJournal {
  run_id: string;
  journal: string;
  done: number;
}

const ROWS_AT_ONCE = 500;

/** What was built, from what, by whom: kept in the warehouse, where every user of it finds it. */
export class Ledger {
  readonly #runs: TableDefinition;
  readonly #nodes: TableDefinition;
  readonly #intervals: TableDefinition;

  constructor(
    private readonly adapter: Adapter,
    private readonly connection: Connection,
    schema: string,
  ) {
    ({ runs: this.#runs, nodes: this.#nodes, intervals: this.#intervals } = ledgerTables(schema));
  }

  /** Creates the tables that are missing. */
  async prepare(existing: (relation: Relation) => ExistingRelation | null): Promise<void> {
    for (const table of [this.#runs, this.#nodes, this.#intervals]) {
      if (existing(table.relation) !== null) continue;
      for (const sql of this.adapter.dialect.createTable(table)) await this.connection.execute(sql);
    }
  }

  async begin(run: RunRecord): Promise<void> {
    await this.#insert(this.#runs, [
      {
        ...run,
        selection: JSON.stringify(run.selection),
        started_at: moment(run.started_at),
        status: "running",
        published: 0,
        journal_done: 0,
      },
    ]);
  }

  /** Writes what a publish is about to do, before it does it. */
  async openJournal(runId: string, journal: string): Promise<void> {
    const { dialect } = this.adapter;
    await this.connection.execute(
      `UPDATE ${this.#name()} SET journal = ${dialect.literal(journal)}, journal_done = 0 WHERE run_id = ${dialect.literal(runId)}`,
    );
  }

  /** The statement that notes that the first `done` steps are done; it may join the transaction of the last of them. */
  journalStatement(runId: string, done: number): string {
    return `UPDATE ${this.#name()} SET journal_done = ${done} WHERE run_id = ${this.adapter.dialect.literal(runId)}`;
  }

  async closeJournal(runId: string): Promise<void> {
    await this.connection.execute(
      `UPDATE ${this.#name()} SET journal = NULL WHERE run_id = ${this.adapter.dialect.literal(runId)}`,
    );
  }

  /** The publish that a process began and did not live to end, if there is one. */
  async pendingJournal(): Promise<OpenJournal | null> {
    const [row] = await this.connection.query(
      `SELECT run_id, journal, journal_done FROM ${this.#name()} WHERE journal IS NOT NULL ORDER BY started_at`,
    );
    return row === undefined
      ? null
      : { run_id: String(row.run_id), journal: String(row.journal), done: Number(row.journal_done) };
  }

  /** Closes the records of runs whose process died: whoever holds the run lock knows that none of them lives. */
  async closeAbandoned(at: Date): Promise<void> {
    const { dialect } = this.adapter;
    await this.connection.execute(
      `UPDATE ${this.#name()} SET status = 'interrupted', ended_at = ${dialect.literal(moment(at))} WHERE status = 'running'`,
    );
  }

  /** Writes how a run and its nodes ended. */
  async end(runId: string, status: string, at: Date, nodes: readonly NodeRecord[]): Promise<void> {
    const { dialect } = this.adapter;
    for (let start = 0; start < nodes.length; start += ROWS_AT_ONCE) {
      await this.#insert(
        this.#nodes,
        nodes.slice(start, start + ROWS_AT_ONCE).map((node) => nodeRow(runId, node)),
      );
    }
    // A test is marked as published for the sake of reuse; readers see nothing of it.
    const published = nodes.filter((node) => node.published && node.resource_type !== "test").length;
    await this.connection.execute(
      `UPDATE ${this.#name()} SET status = ${dialect.literal(status)}, ended_at = ${dialect.literal(moment(at))}, ` +
        `published = ${published} WHERE run_id = ${dialect.literal(runId)}`,
    );
  }

  /** Whether there is a ledger yet. */
  async exists(): Promise<boolean> {
    const { schema } = this.#runs.relation;
    const found = await this.adapter.introspector.relations([schema]);
    return found.some(({ identifier }) => identifier === this.#runs.relation.identifier);
  }

  /** The latest runs, newest first, with how long they took in seconds and how many nodes they had. */
  async runs(limit: number): Promise<Row[]> {
    const nodes = this.adapter.dialect.relation(this.#nodes.relation);
    const rows = await this.connection.query(
      `SELECT r.started_at, r.command, r.status, r.ended_at, COALESCE(n.nodes, 0) AS nodes, r.published, r.started_by, ` +
        `r.git_commit, r.run_id FROM ${this.#name()} AS r LEFT JOIN (SELECT run_id, COUNT(*) AS nodes FROM ${nodes} ` +
        `GROUP BY run_id) AS n ON n.run_id = r.run_id ORDER BY r.started_at DESC, r.run_id LIMIT ${Math.trunc(limit)}`,
    );
    return rows.map(({ ended_at, started_at, ...row }) => ({
      ...row,
      started_at: String(started_at).slice(0, 19),
      seconds: ended_at === null ? null : (instant(ended_at!) - instant(started_at!)) / 1000,
    }));
  }

  /** The fingerprint of each node as it was last published, and of each test as it last passed. */
  async published(): Promise<Map<string, string>> {
    const nodes = this.adapter.dialect.relation(this.#nodes.relation);
    const rows = await this.connection.query(
      `SELECT unique_id, fingerprint FROM (SELECT n.unique_id, n.fingerprint, ROW_NUMBER() OVER (PARTITION BY n.unique_id ` +
        `ORDER BY r.started_at DESC) AS age FROM ${nodes} AS n JOIN ${this.#name()} AS r ON r.run_id = n.run_id ` +
        `WHERE n.published = 1 AND n.fingerprint IS NOT NULL) AS latest WHERE age = 1`,
    );
    return new Map(rows.map((row) => [String(row.unique_id), String(row.fingerprint)]));
  }

  /** All relations in which a published node has ever stood, with the node's id: what we made, and may have to remove. */
  async relations(): Promise<{ unique_id: string; relation: Relation }[]> {
    const rows = await this.connection.query(
      `SELECT DISTINCT unique_id, relations FROM ${this.adapter.dialect.relation(this.#nodes.relation)} ` +
        `WHERE published = 1 AND relations IS NOT NULL ORDER BY unique_id`,
    );
    return rows.flatMap((row) =>
      (JSON.parse(String(row.relations)) as [string, string][]).map(([schema, identifier]) => ({
        unique_id: String(row.unique_id),
        relation: { schema, identifier },
      })),
    );
  }

  /** Rows that each node had when it was last published. */
  async rowCounts(): Promise<Map<string, number>> {
    const rows = await this.connection.query(
      `SELECT n.unique_id, n.rows_affected, r.started_at FROM ${this.adapter.dialect.relation(this.#nodes.relation)} AS n ` +
        `JOIN ${this.#name()} AS r ON r.run_id = n.run_id WHERE n.published = 1 AND n.rows_affected IS NOT NULL ORDER BY r.started_at`,
    );
    return new Map(rows.map((row) => [String(row.unique_id), Number(row.rows_affected)]));
  }

  #name(): string {
    return this.adapter.dialect.relation(this.#runs.relation);
  }

  async #insert(table: TableDefinition, rows: readonly Record<string, Value>[]): Promise<void> {
    const { dialect } = this.adapter;
    const names = table.columns.map((column) => column.name);
    const tuples = rows.map(
      (row) => `(${names.map((name) => dialect.literal(row[name] ?? null)).join(", ")})`,
    );
    await this.connection.execute(
      `INSERT INTO ${dialect.relation(table.relation)} (${names.map((name) => dialect.identifier(name)).join(", ")}) VALUES\n${tuples.join(",\n")}`,
    );
  }
}

function nodeRow(runId: string, node: NodeRecord): Record<string, Value> {
  const { result } = node;
  return {
    run_id: runId,
    unique_id: result.unique_id,
    resource_type: node.resource_type,
    materialized: node.materialized,
    relations:
      node.relations.length === 0
        ? null
        : JSON.stringify(node.relations.map(({ schema, identifier }) => [schema, identifier])),
    status: result.status,
    message: result.message,
    failures: result.failures,
    rows_affected: result.rows_affected,
    seconds: result.execution_time,
    fingerprint: node.fingerprint,
    published: node.published ? 1 : 0,
  };
}

function moment(at: Date): string {
  return at.toISOString().replace("T", " ").replace("Z", "");
}

function instant(text: Value): number {
  return Date.parse(`${String(text).replace(" ", "T")}Z`);
}
