import type { TableDefinition } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import type { TypedColumn } from "../manifest/index.js";
import { indexed, unique } from "./incremental.js";
import { NOTHING, type Publication } from "./publication.js";
import { batchOf, besideLive, shadowOf } from "./shadow.js";
import { hardDeletes, metaNames } from "./snapshot-config.js";
import { changeStatements, firstVersions, historyChange, SOURCE_TIME } from "./snapshot-text.js";
import { type BuildSteps, execute, type SelectInput, type Step } from "./step.js";

/**
 * A table of versions: what a row was, and from when to when (slowly changing dimension, type 2). The source's rows are
 * copied first, so that all of them are of one moment; what they change waits, is seen through a view, and is published in place.
 */
export function snapshot(input: SelectInput): BuildSteps {
  const { config, dialect, relation, standing } = input;
  const meta = metaNames(config);
  checkColumns(input);
  const source = batchOf(relation, "source");
  const sourceTable: TableDefinition = {
    relation: source,
    columns: [...input.columns.map(free), { ...moment(SOURCE_TIME), nullable: true }],
    primaryKey: [],
    indexes: indexed([], { ...config, primary_key: [] }),
    description: "",
  };
  const time =
    config.strategy === "check" && config.updated_at === undefined ? dialect.literal(input.now) : null;
  const updatedAt = time ?? dialect.identifier(config.updated_at!);
  const names = input.columns.map((column) => dialect.identifier(column.name)).join(", ");
  const steps: Step[] = [
    ...dialect.createTable(sourceTable).map(execute),
    execute(
      dialect.insertSelect(
        source,
        sourceTable.columns.map((column) => column.name),
        `SELECT ${names}, ${updatedAt} FROM (\n${input.select}\n) AS ${dialect.identifier("__sla_query")}`,
      ),
    ),
    ...dialect.analyze(source).map(execute),
    unique(source, config.unique_key!, dialect, "the source has several rows with one unique_key"),
  ];
  const own = [
    { ...text(meta.dbt_scd_id, 64), description: "Identifies the version." },
    moment(meta.dbt_updated_at),
    moment(meta.dbt_valid_from),
    moment(meta.dbt_valid_to),
    ...(hardDeletes(config) === "new_record" ? [text(meta.dbt_is_deleted, 5)] : []),
  ];
  const keyed = [...indexed(config.indexes, config), { columns: [meta.dbt_scd_id] }];
  const definition = {
    relation,
    primaryKey: config.primary_key,
    indexes: keyed,
    description: input.description,
  };
  const waiting = { ...source, type: "table" as const };

  if (standing === null) {
    const { shadow, create, analyze, swap } = besideLive(input, {
      ...definition,
      columns: [...input.columns, ...own],
    });
    const insert = dialect.insertSelect(
      shadow.relation,
      shadow.columns.map((column) => column.name),
      firstVersions(input, source),
    );
    return {
      steps: [...steps, ...create, { kind: "execute", sql: insert, counted: true }, ...analyze],
      publication: swapped({ live: relation, now: shadow.relation }, swap, [waiting]),
    };
  }

  const columns = grown(standing.columns, [...input.columns, ...own]);
  const changes = batchOf(relation, "changes");
  steps.push(
    ...dialect
      .createTable({
        relation: changes,
        columns: [...columns.map(free), text("__sla_change", 6)],
        primaryKey: [],
        indexes: [{ columns: [meta.dbt_scd_id] }],
        description: "",
      })
      .map(execute),
    ...changeStatements(input, { source, changes, columns: columns.map((column) => column.name) }).map(
      ({ sql, counted }): Step => ({ kind: "execute", sql, counted }),
    ),
    ...dialect.analyze(changes).map(execute),
  );
  const change = historyChange(
    input,
    changes,
    columns.map((column) => column.name),
  );
  const scaffold = [waiting, { ...changes, type: "table" as const }];
  if (columns.some((column, at) => standing.columns[at]?.type !== column.type)) {
    const { shadow, create, analyze, swap } = besideLive(input, { ...definition, columns });
    const kept = standing.columns.map((column) => column.name);
    const copy = `SELECT ${kept.map((name) => dialect.identifier(name)).join(", ")} FROM ${dialect.relation(relation)}`;
    steps.push(
      ...create,
      execute(dialect.insertSelect(shadow.relation, kept, copy)),
      ...change.apply(shadow.relation).map(execute),
      ...analyze,
    );
    return { steps, publication: swapped({ live: relation, now: shadow.relation }, swap, scaffold) };
  }
  const preview = shadowOf(relation);
  steps.push(execute(dialect.createView(preview, change.preview(relation))));
  return {
    steps,
    publication: {
      ...NOTHING,
      standIns: [{ live: relation, now: preview }],
      apply: change.apply(relation),
      scaffold: [{ ...preview, type: "view" }, ...scaffold],
    },
  };
}

function swapped(
  standIn: Publication["standIns"][number],
  swap: Publication["swaps"][number],
  scaffold: Publication["scaffold"],
): Publication {
  return { ...NOTHING, standIns: [standIn], swaps: [swap], scaffold };
}

/** The columns that a table has after new ones came, and after text became longer; nothing is ever taken away. */
function grown(live: readonly TypedColumn[], wanted: readonly TypedColumn[]): TypedColumn[] {
  const byName = new Map(wanted.map((column) => [column.name.toLowerCase(), column]));
  const known = new Set(live.map((column) => column.name.toLowerCase()));
  return [
    ...live.map((column) => {
      const now = byName.get(column.name.toLowerCase())?.type;
      const longer =
        column.type.kind === "varchar" && now?.kind === "varchar" && now.length > column.type.length;
      return longer ? { ...column, type: now } : column;
    }),
    ...wanted.filter((column) => !known.has(column.name.toLowerCase())).map(free),
  ];
}

function checkColumns({ config, columns }: SelectInput): void {
  const known = new Set(columns.map((column) => column.name.toLowerCase()));
  const all = config.check_cols?.length === 1 && config.check_cols[0]!.toLowerCase() === "all";
  for (const [key, names] of [
    ["unique_key", config.unique_key!],
    ["updated_at", config.updated_at === undefined ? [] : [config.updated_at]],
    ["check_cols", all || config.strategy !== "check" ? [] : config.check_cols!],
  ] as const) {
    const missing = names.find((name) => !known.has(name.toLowerCase()));
    if (missing === undefined) continue;
    throw new SlaError({
      code: "SLA104",
      message: `${key} names the column "${missing}", which the query does not return`,
      hint: `Its columns are: ${columns.map((column) => column.name).join(", ")}.`,
    });
  }
}

function free(column: TypedColumn): TypedColumn {
  return { ...column, nullable: true };
}

function moment(name: string): TypedColumn {
  return { name, type: { kind: "datetime", precision: 6 }, nullable: true, description: "" };
}

function text(name: string, length: number): TypedColumn {
  return { name, type: { kind: "varchar", length }, nullable: true, description: "" };
}
