import type { Dialect } from "../adapters/index.js";
import type { Relation } from "../manifest/index.js";

/** What the live table is called in conditions: dbt's name for it. */
export const DESTINATION = "DBT_INTERNAL_DEST";
/** What the rows that change it are called. */
export const SOURCE = "DBT_INTERNAL_SOURCE";

/** Rows that wait to get into a table. */
export interface Batch {
  dialect: Dialect;
  relation: Relation;
  /** Columns of the table. */
  tableColumns: readonly string[];
  /** Those of them that the batch brings. */
  columns: readonly string[];
  /** Which rows of the table a row of the batch stands for: all terms agree. None: it stands for no other. */
  terms: readonly Term[];
  /** Conditions on the rows of the table that may change. */
  predicates: readonly string[];
}

/** A value of both rows: a column, or an expression of columns that are named bare. */
export interface Term {
  sql: string;
  /** Whether it may be NULL, which then agrees with NULL. */
  nullable: boolean;
}

/** A change of a table: the statements that make it, and a SELECT of the table as it will be. */
export interface Change {
  apply(target: Relation): string[];
  preview(live: Relation): string;
}

/** Rows that the batch stands for go, all rows of the batch come: append, delete+insert, insert_overwrite. */
export function replace(batch: Batch, distinct: boolean): Change {
  const { dialect, predicates, terms } = batch;
  const insert = (target: Relation) =>
    dialect.insertSelect(target, batch.columns, `SELECT ${names(batch, batch.columns)} FROM ${from(batch)}`);
  const all = `SELECT ${names(batch, batch.tableColumns)} FROM`;
  const added = `SELECT ${filled(batch)} FROM ${from(batch)}`;
  if (terms.length === 0) {
    return {
      apply: (target) => [insert(target)],
      preview: (live) => `${all} ${dialect.relation(live)}\nUNION ALL\n${added}`,
    };
  }
  const source = `SELECT ${distinct ? "DISTINCT " : ""}${terms.map(({ sql }, at) => `${sql} AS ${renamed(batch, at)}`).join(", ")} FROM ${from(batch)}`;
  const agree = agreement(
    batch,
    terms.map((_, at) => at),
  );
  return {
    apply: (target) => [
      dialect.deleteMatching({
        target,
        alias: DESTINATION,
        source,
        sourceAlias: SOURCE,
        on: [agree, ...predicates.map(bracketed)].join(" AND "),
      }),
      insert(target),
    ],
    preview: (live) => {
      const spared = predicates
        .map((predicate) => ` OR NOT COALESCE(${bracketed(predicate)}, FALSE)`)
        .join("");
      const gone = `EXISTS (SELECT 1 FROM (${source}) AS ${dialect.identifier(SOURCE)} WHERE ${agree})`;
      return `${all} ${aliased(batch, live)}\nWHERE NOT ${gone}${spared}\nUNION ALL\n${added}`;
    },
  };
}

/** Rows that meet a condition go, all rows of the batch come: microbatch. */
export function replaceWhere(batch: Batch, condition: string): Change {
  const { dialect } = batch;
  const added = replace({ ...batch, terms: [] }, false);
  return {
    apply: (target) => [`DELETE FROM ${dialect.relation(target)} WHERE ${condition}`, ...added.apply(target)],
    preview: (live) =>
      `SELECT ${names(batch, batch.tableColumns)} FROM ${dialect.relation(live)}\nWHERE NOT COALESCE(${bracketed(condition)}, FALSE)\nUNION ALL\nSELECT ${filled(batch)} FROM ${from(batch)}`,
  };
}

/** Rows that the batch stands for get its values, other rows of the batch come. `updates`: the columns that change. */
export function merge(batch: Batch, updates: readonly string[]): Change {
  const { dialect, predicates, terms, columns } = batch;
  if (terms.length === 0) return replace(batch, false);
  const place = (name: string) => terms.length + columns.indexOf(name);
  const source = `SELECT ${[
    ...terms.map(({ sql }) => sql),
    ...columns.map((name) => dialect.identifier(name)),
  ]
    .map((sql, at) => `${sql} AS ${renamed(batch, at)}`)
    .join(", ")} FROM ${from(batch)}`;
  const on = [
    agreement(
      batch,
      terms.map((_, at) => at),
    ),
    ...predicates.map(bracketed),
  ].join(" AND ");
  const incoming = (name: string) => `${dialect.identifier(SOURCE)}.${renamed(batch, place(name))}`;
  const unmatched = (target: Relation) =>
    `FROM (${source}) AS ${dialect.identifier(SOURCE)}\nWHERE NOT EXISTS (SELECT 1 FROM ${aliased(batch, target)} WHERE ${on})`;
  return {
    apply: (target) => [
      ...(updates.length === 0
        ? []
        : [
            dialect.updateMatching(
              { target, alias: DESTINATION, source, sourceAlias: SOURCE, on },
              updates.map((column) => ({ column, value: incoming(column) })),
            ),
          ]),
      dialect.insertSelect(
        target,
        columns,
        `SELECT ${columns.map(incoming).join(", ")} ${unmatched(target)}`,
      ),
    ],
    preview: (live) => {
      const mark = `${dialect.identifier(SOURCE)}.${dialect.identifier("__sla_matched")}`;
      const marked = source.replace("SELECT ", `SELECT 1 AS ${dialect.identifier("__sla_matched")}, `);
      const old = (name: string) => `${dialect.identifier(DESTINATION)}.${dialect.identifier(name)}`;
      const after = batch.tableColumns.map((name) =>
        updates.includes(name)
          ? `CASE WHEN ${mark} IS NULL THEN ${old(name)} ELSE ${incoming(name)} END AS ${dialect.identifier(name)}`
          : old(name),
      );
      const brought = batch.tableColumns.map((name) => (columns.includes(name) ? incoming(name) : "NULL"));
      return (
        `SELECT ${after.join(", ")}\nFROM ${aliased(batch, live)}\nLEFT JOIN (${marked}) AS ${dialect.identifier(SOURCE)} ON ${on}\n` +
        `UNION ALL\nSELECT ${brought.join(", ")} ${unmatched(live)}`
      );
    },
  };
}

/** The name that a value of the batch has beside the table's columns, so that those may be named bare. */
function renamed({ dialect }: Batch, at: number): string {
  return dialect.identifier(`__sla_${at}`);
}

function agreement(batch: Batch, places: readonly number[]): string {
  const { dialect, terms } = batch;
  return places
    .map((at) => {
      const { sql, nullable } = terms[at]!;
      const incoming = `${dialect.identifier(SOURCE)}.${renamed(batch, at)}`;
      return nullable ? dialect.same(sql, incoming) : `${sql} = ${incoming}`;
    })
    .join(" AND ");
}

function names({ dialect }: Batch, columns: readonly string[]): string {
  return columns.map((name) => dialect.identifier(name)).join(", ");
}

/** The table's columns from a row of the batch. */
function filled({ dialect, columns, tableColumns }: Batch): string {
  return tableColumns
    .map((name) =>
      columns.includes(name) ? dialect.identifier(name) : `NULL AS ${dialect.identifier(name)}`,
    )
    .join(", ");
}

function from({ dialect, relation }: Batch): string {
  return dialect.relation(relation);
}

function aliased({ dialect }: Batch, relation: Relation): string {
  return `${dialect.relation(relation)} AS ${dialect.identifier(DESTINATION)}`;
}

function bracketed(condition: string): string {
  return `(${condition})`;
}
