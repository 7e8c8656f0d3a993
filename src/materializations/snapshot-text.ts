import type { Relation } from "../manifest/index.js";
import { type Change, DESTINATION, SOURCE } from "./change.js";
import { hardDeletes, metaNames } from "./snapshot-config.js";
import type { SelectInput } from "./step.js";

/** Where the copy of the source keeps the moment from which a row is as it is. */
export const SOURCE_TIME = "__sla_updated_at";
const CHANGE = "__sla_change";

/** The rows of the source as versions without predecessors, in the order: their columns, then the snapshot's own. */
export function firstVersions(input: SelectInput, source: Relation): string {
  const { dialect, columns } = input;
  const time = column(input, SOURCE, SOURCE_TIME);
  const values = [
    ...columns.map(({ name }) => column(input, SOURCE, name)),
    ...ownValues(input, time, SOURCE, "False"),
  ];
  return `SELECT ${values.join(", ")} FROM ${dialect.relation(source)} AS ${dialect.identifier(SOURCE)}`;
}

/** Where the rows of one snapshot wait. */
export interface Waiting {
  source: Relation;
  changes: Relation;
  /** Columns of the table, the snapshot's own among them. */
  columns: readonly string[];
}

/** Fills the table of changes: versions to insert, and versions to close by their id. */
export function changeStatements(
  input: SelectInput,
  { source, changes, columns }: Waiting,
): { sql: string; counted: boolean }[] {
  const { dialect, config, relation } = input;
  const meta = metaNames(config);
  const deletes = hardDeletes(config);
  const from = `${dialect.relation(source)} AS ${dialect.identifier(SOURCE)}`;
  const live = `${dialect.relation(relation)} AS ${dialect.identifier(DESTINATION)}`;
  const match = [
    ...config.unique_key!.map((name) =>
      dialect.same(column(input, SOURCE, name), column(input, DESTINATION, name)),
    ),
    open(input),
  ].join(" AND ");
  const time = column(input, SOURCE, SOURCE_TIME);
  const deleted = `COALESCE(${column(input, DESTINATION, meta.dbt_is_deleted)}, 'False') = 'True'`;
  const now = moment(input);
  // A row that comes back as it was is valid from now on, not from a time at which it was recorded as deleted.
  const since =
    deletes === "new_record"
      ? `CASE WHEN ${deleted} AND COALESCE(${time} <= ${column(input, DESTINATION, meta.dbt_valid_from)}, TRUE) THEN ${now} ELSE ${time} END`
      : time;
  const changed = deletes === "new_record" ? `(${isChanged(input)} OR ${deleted})` : isChanged(input);

  const sourceColumns = new Set(input.columns.map(({ name }) => name.toLowerCase()));
  const own = new Set(Object.values(meta).map((name) => name.toLowerCase()));
  const shared = columns.filter(
    (name) => !own.has(name.toLowerCase()) && sourceColumns.has(name.toLowerCase()),
  );
  const kept = columns.filter((name) => !own.has(name.toLowerCase()));
  const ownNames = ownColumns(input);
  const versions = (moment: string, rest: string) => ({
    sql: dialect.insertSelect(
      changes,
      [...shared, ...ownNames, CHANGE],
      `SELECT ${[...shared.map((name) => column(input, SOURCE, name)), ...ownValues(input, moment, SOURCE, "False"), "'insert'"].join(", ")}\nFROM ${rest}`,
    ),
    counted: true,
  });
  const closing = (moment: string, rest: string) => ({
    sql: dialect.insertSelect(
      changes,
      [meta.dbt_scd_id, meta.dbt_valid_to, CHANGE],
      `SELECT ${column(input, DESTINATION, meta.dbt_scd_id)}, ${moment}, 'close'\nFROM ${rest}`,
    ),
    counted: false,
  });
  const gone = `${live}\nWHERE ${open(input)} AND NOT EXISTS (SELECT 1 FROM ${from} WHERE ${match})`;
  const stands = deletes === "new_record" ? `${gone} AND NOT ${deleted}` : gone;
  return [
    versions(time, `${from}\nWHERE NOT EXISTS (SELECT 1 FROM ${live} WHERE ${match})`),
    versions(since, `${from}\nINNER JOIN ${live} ON ${match}\nWHERE ${changed}`),
    closing(since, `${from}\nINNER JOIN ${live} ON ${match}\nWHERE ${changed}`),
    ...(deletes === "ignore" ? [] : [closing(now, stands)]),
    ...(deletes === "new_record"
      ? [
          {
            sql: dialect.insertSelect(
              changes,
              [...kept, ...ownNames, CHANGE],
              // The table may get columns that it does not have yet: what is gone has nothing in them.
              `SELECT ${[
                ...kept.map((name) => (isLive(input, name) ? column(input, DESTINATION, name) : "NULL")),
                ...ownValues(input, now, DESTINATION, "True"),
                "'insert'",
              ].join(", ")}\nFROM ${stands}`,
            ),
            counted: true,
          },
        ]
      : []),
  ];
}

/** Closes versions and adds new ones. */
export function historyChange(input: SelectInput, changes: Relation, columns: readonly string[]): Change {
  const { dialect, config } = input;
  const meta = metaNames(config);
  const name = (text: string) => dialect.identifier(text);
  const waiting = `FROM ${dialect.relation(changes)} WHERE ${name(CHANGE)} =`;
  const closed = `SELECT ${name(meta.dbt_scd_id)} AS ${name("__sla_0")}, ${name(meta.dbt_valid_to)} AS ${name("__sla_1")} ${waiting} 'close'`;
  const list = columns.map(name).join(", ");
  const added = `SELECT ${list} ${waiting} 'insert'`;
  const on = `${column(input, DESTINATION, meta.dbt_scd_id)} = ${column(input, SOURCE, "__sla_0")} AND ${open(input)}`;
  const until = column(input, SOURCE, "__sla_1");
  return {
    apply: (target) => [
      dialect.updateMatching({ target, alias: DESTINATION, source: closed, sourceAlias: SOURCE, on }, [
        { column: meta.dbt_valid_to, value: until },
      ]),
      dialect.insertSelect(target, columns, added),
    ],
    preview: (live) => {
      const values = columns.map((text) =>
        text.toLowerCase() === meta.dbt_valid_to.toLowerCase()
          ? `CASE WHEN ${column(input, SOURCE, "__sla_0")} IS NULL THEN ${column(input, DESTINATION, text)} ELSE ${until} END AS ${name(text)}`
          : column(input, DESTINATION, text),
      );
      return `SELECT ${values.join(", ")}\nFROM ${dialect.relation(live)} AS ${name(DESTINATION)}\nLEFT JOIN (${closed}) AS ${name(SOURCE)} ON ${on}\nUNION ALL\n${added}`;
    },
  };
}

/** Whether a row of the source is another version than the open one. */
function isChanged(input: SelectInput): string {
  const { config, dialect, columns } = input;
  const meta = metaNames(config);
  if (config.strategy === "timestamp")
    return `${column(input, DESTINATION, meta.dbt_valid_from)} < ${column(input, SOURCE, SOURCE_TIME)}`;
  const listed = config.check_cols!;
  const compared =
    listed.length === 1 && listed[0]!.toLowerCase() === "all" ? columns.map(({ name }) => name) : listed;
  const differences = compared.map((name) =>
    isLive(input, name)
      ? `NOT (${dialect.same(column(input, SOURCE, name), column(input, DESTINATION, name))})`
      : "1 = 1",
  );
  return `(${differences.join(" OR ")})`;
}

function isLive({ standing }: SelectInput, name: string): boolean {
  return standing!.columns.some((column) => column.name.toLowerCase() === name.toLowerCase());
}

/** Whether a version of the table is the current one. */
function open(input: SelectInput): string {
  const until = column(input, DESTINATION, metaNames(input.config).dbt_valid_to);
  const { validToCurrent } = input.written;
  return validToCurrent === null ? `${until} IS NULL` : `(${until} IS NULL OR ${until} = ${validToCurrent})`;
}

function ownColumns({ config }: SelectInput): string[] {
  const meta = metaNames(config);
  return [
    meta.dbt_scd_id,
    meta.dbt_updated_at,
    meta.dbt_valid_from,
    meta.dbt_valid_to,
    ...(hardDeletes(config) === "new_record" ? [meta.dbt_is_deleted] : []),
  ];
}

function ownValues(input: SelectInput, moment: string, owner: string, deleted: "True" | "False"): string[] {
  const { config, dialect, written } = input;
  const key = config.unique_key!.map((name) => column(input, owner, name));
  return [
    dialect.digest(key, moment),
    moment,
    moment,
    written.validToCurrent ?? "NULL",
    ...(hardDeletes(config) === "new_record" ? [`'${deleted}'`] : []),
  ];
}

/** The run's time, typed, so that engines compare and print it as they do a column. */
function moment({ dialect, now }: SelectInput): string {
  const type = dialect.columnType({ kind: "datetime", precision: 6 });
  return `CAST(${dialect.literal(now)} AS ${type})`;
}

function column({ dialect }: SelectInput, owner: string, name: string): string {
  return `${dialect.identifier(owner)}.${dialect.identifier(name)}`;
}
