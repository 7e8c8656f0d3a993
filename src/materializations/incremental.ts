import type { Dialect } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import type { IndexConfig, NodeConfig, TypedColumn } from "../manifest/index.js";
import { type BatchWindow, mergeWindows, momentText } from "./batch-window.js";
import { type Batch, type Change, merge, replace, replaceWhere, type Term } from "./change.js";
import { type SchemaChange, type Strategy, strategyOf } from "./incremental-config.js";
import { NOTHING } from "./publication.js";
import { columnsAfter } from "./schema-change.js";
import { batchOf, besideLive, shadowOf } from "./shadow.js";
import { type BuildSteps, execute, type SelectInput, type Step } from "./step.js";
import { table } from "./table.js";

const CHANGES: Record<Exclude<Strategy, "microbatch">, (batch: Batch, config: NodeConfig) => Change> = {
  append: (batch) => replace(batch, false),
  "delete+insert": (batch) => replace(batch, false),
  merge: (batch, config) => merge(batch, updated(batch.columns, config)),
  insert_overwrite: (batch) => replace(batch, true),
};

/**
 * A table that keeps its rows and takes in a batch. The batch waits in a table of its own, and a view shows what the live one
 * will be: tests and children read that. Where the columns change, the whole table is made anew beside the live one.
 */
export function incremental(input: SelectInput): BuildSteps {
  const { config, dialect, relation, standing } = input;
  const keyed = { ...input, config: { ...config, indexes: indexed(config.indexes, config) } };
  if (standing === null) return table(keyed);

  const strategy = strategyOf(config);
  const after = columnsAfter(
    standing.columns,
    input.columns,
    (config.on_schema_change ?? "ignore") as SchemaChange,
    dialect,
  );
  const batch: Batch = {
    dialect,
    relation: batchOf(relation),
    tableColumns: after.table.map((column) => column.name),
    columns: after.batch.map((column) => column.name),
    terms: termsOf(strategy, input, after.batch),
    predicates: input.written.predicates,
  };
  const change =
    strategy === "microbatch"
      ? replaceWhere(batch, inWindows(input.batches!, config.event_time!, dialect))
      : CHANGES[strategy](batch, config);
  const steps: Step[] = [
    ...dialect
      .createTable({
        relation: batch.relation,
        columns: after.batch,
        primaryKey: known(config.primary_key, after.batch),
        indexes: batchIndexes(strategy, config, after.batch),
        description: "",
      })
      .map(execute),
    ...(input.batches ?? [input]).map(
      ({ select }): Step => ({
        kind: "execute",
        sql: dialect.insertSelect(batch.relation, batch.columns, selected({ ...input, select }, batch)),
        counted: true,
      }),
    ),
    ...dialect.analyze(batch.relation).map(execute),
    ...(strategy === "merge" && batch.terms.length > 0
      ? [
          unique(
            batch.relation,
            config.unique_key!,
            dialect,
            "the query returned several rows with one unique_key",
          ),
        ]
      : []),
  ];
  const waiting = { ...batch.relation, type: "table" as const };

  if (after.changed) {
    const { shadow, create, analyze, swap } = besideLive(input, {
      relation,
      columns: after.table,
      primaryKey: config.primary_key,
      indexes: keyed.config.indexes,
      description: input.description,
    });
    const copy = `SELECT ${after.kept.map((name) => dialect.identifier(name)).join(", ")} FROM ${dialect.relation(relation)}`;
    steps.push(
      ...create,
      execute(dialect.insertSelect(shadow.relation, after.kept, copy)),
      ...change.apply(shadow.relation).map(execute),
      ...analyze,
    );
    return {
      steps,
      publication: {
        ...NOTHING,
        standIns: [{ live: relation, now: shadow.relation }],
        swaps: [swap],
        scaffold: [waiting],
      },
    };
  }

  const preview = shadowOf(relation);
  steps.push(
    execute(dialect.createView(preview, change.preview(relation))),
    ...uniqueAfter(config, batch).map((key) =>
      unique(preview, key, dialect, "the table would have several rows with one key"),
    ),
  );
  return {
    steps,
    publication: {
      ...NOTHING,
      standIns: [{ live: relation, now: preview }],
      apply: change.apply(relation),
      scaffold: [{ ...preview, type: "view" }, waiting],
    },
  };
}

/** The query's rows, by name: the table's columns may stand in another order, and have fewer. */
function selected({ dialect, select, columns }: SelectInput, batch: Batch): string {
  if (sameNames(columns, batch.columns)) return select;
  return `SELECT ${batch.columns.map((name) => dialect.identifier(name)).join(", ")} FROM (\n${select}\n) AS ${dialect.identifier("__sla_query")}`;
}

function sameNames(columns: readonly TypedColumn[], names: readonly string[]): boolean {
  return columns.length === names.length && columns.every(({ name }, at) => name === names[at]);
}

/** Rows of the windows that are filled. */
function inWindows(windows: readonly BatchWindow[], eventTime: string, dialect: Dialect): string {
  const column = dialect.identifier(eventTime);
  return mergeWindows(windows)
    .map(
      ({ start, end }) =>
        `(${column} >= ${dialect.literal(momentText(start))} AND ${column} < ${dialect.literal(momentText(end))})`,
    )
    .join(" OR ");
}

/** What makes rows of table and batch the same: the key, or the partition. */
function termsOf(strategy: Strategy, input: SelectInput, columns: readonly TypedColumn[]): Term[] {
  const { config, dialect, written } = input;
  const byName = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  const named = (column: TypedColumn): Term => ({
    sql: dialect.identifier(column.name),
    nullable: column.nullable,
  });
  if (strategy === "append" || strategy === "microbatch") return [];
  if (strategy === "insert_overwrite") {
    return config.partition_by!.map((text, at) => {
      const column = byName.get(text.toLowerCase());
      return column === undefined ? { sql: `(${written.partitions[at]!})`, nullable: true } : named(column);
    });
  }
  return (config.unique_key ?? []).map((name) =>
    named(byName.get(name.toLowerCase()) ?? missing(name, columns)),
  );
}

function missing(name: string, columns: readonly TypedColumn[]): never {
  throw new SlaError({
    code: "SLA104",
    message: `unique_key names the column "${name}", which the query does not return`,
    hint: `Its columns are: ${columns.map((column) => column.name).join(", ")}.`,
  });
}

/** The columns that a merge sets in a row that was there. */
function updated(columns: readonly string[], config: NodeConfig): string[] {
  const lower = (names: readonly string[] | undefined) => names?.map((name) => name.toLowerCase());
  const [only, except] = [lower(config.merge_update_columns), lower(config.merge_exclude_columns)];
  return columns.filter((name) => {
    const column = name.toLowerCase();
    return only?.includes(column) ?? !(except?.includes(column) ?? false);
  });
}

/** With an index on the key, unless another begins with it: rows are looked up by it. */
export function indexed(indexes: readonly IndexConfig[], config: NodeConfig): IndexConfig[] {
  const key = (config.unique_key ?? []).map((name) => name.toLowerCase());
  const begins = (columns: readonly string[]) =>
    key.every((name) => columns.slice(0, key.length).some((column) => column.toLowerCase() === name));
  if (key.length === 0 || begins(config.primary_key)) return [...indexes];
  return indexes.some((index) => begins(index.columns))
    ? [...indexes]
    : [...indexes, { columns: config.unique_key! }];
}

/** Keys of the table that its new rows might break: those that do not follow from the match. */
function uniqueAfter(config: NodeConfig, batch: Batch): string[][] {
  const keys = [
    config.primary_key,
    ...config.indexes.filter((index) => index.unique).map((index) => index.columns),
  ];
  const matched = strategyOf(config) === "insert_overwrite" ? undefined : config.unique_key;
  return keys.filter((key) => {
    const covered =
      batch.terms.length > 0 &&
      batch.predicates.length === 0 &&
      matched?.every((name) => key.some((other) => other.toLowerCase() === name.toLowerCase()));
    return key.length > 0 && !covered;
  });
}

/** Keys that the table would refuse rows by, and one to find them by. */
function batchIndexes(
  strategy: Strategy,
  config: NodeConfig,
  columns: readonly TypedColumn[],
): IndexConfig[] {
  const unique = config.indexes.filter(
    (index) => index.unique === true && known(index.columns, columns).length > 0,
  );
  return strategy === "insert_overwrite" ? unique : indexed(unique, config);
}

function known(key: readonly string[], columns: readonly TypedColumn[]): string[] {
  const have = new Set(columns.map((column) => column.name.toLowerCase()));
  return key.every((name) => have.has(name.toLowerCase())) ? [...key] : [];
}

/** Refuses a relation that has several rows with one key. */
export function unique(
  relation: { schema: string; identifier: string },
  key: readonly string[],
  dialect: Dialect,
  problem: string,
): Step {
  const columns = key.map((name) => dialect.identifier(name)).join(", ");
  return {
    kind: "refuse",
    query: `SELECT ${columns}, COUNT(*) AS ${dialect.identifier("rows")}\nFROM ${dialect.relation(relation)}\nGROUP BY ${columns}\nHAVING COUNT(*) > 1\nLIMIT 1`,
    problem,
    hint: "Return one row for each key, or name all columns that make a row unique.",
  };
}
