import { createHash } from "node:crypto";
import { type Adapter, openAdapter, type Row, type Value } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import { type ModelNode, type Relation, type RelationalNode, readables } from "../manifest/index.js";
import { shadowOf } from "../materializations/index.js";
import { loadProject } from "../project/index.js";
import { type CommandOptions, type Effects, invoke, open } from "./invocation.js";
import { selectNodes } from "./node-selection.js";

/** What `diff` is told. */
export interface DiffOptions extends CommandOptions {
  node?: string | undefined;
  /** Another target to compare with; the unpublished shadow when absent. */
  with?: string | undefined;
  /** Examples of each kind at the most. */
  examples: number;
}

/** How a relation differs from the live one. */
export interface Difference {
  unique_id: string;
  live: string;
  other: string;
  key: string[];
  rows: { live: number; other: number };
  columns: { added: string[]; removed: string[] };
  added: number;
  removed: number;
  changed: number;
  examples: { kind: "added" | "removed" | "changed"; key: string; columns: Record<string, [Value, Value]> }[];
}

/**
 * `sla diff`: what publishing would change, or how another target differs: row counts, and rows matched by primary key. Holds a
 * digest of each row of the live table in memory, some 100 bytes each.
 */
export async function diff(options: DiffOptions, effects: Effects): Promise<Difference[]> {
  const invocation = await invoke(options, effects, { target: true });
  const { manifest, project } = invocation;
  const criteria = options.node === undefined ? options.select : [options.node];
  const ids = await selectNodes(invocation, { ...options, select: criteria }, effects, [
    "model",
    "procedure",
  ]);
  const other =
    options.with === undefined
      ? null
      : await loadProject({
          projectDir: options.projectDir,
          target: options.with,
          ...(options.vars === undefined ? {} : { vars: options.vars }),
          env: effects.env,
          requireTarget: true,
        });
  const adapter = await open(invocation);
  const second = other === null ? adapter : await openAdapter(other.target, {});
  try {
    const found: Difference[] = [];
    for (const node of ids.flatMap((id) => readables(manifest.nodes[id] as ModelNode))) {
      if (node.config.materialized === "ephemeral") continue;
      const live: Relation = { schema: node.schema, identifier: node.alias };
      const against =
        other === null
          ? shadowOf(live)
          : {
              schema: node.schema.replace(project.target.schema, other.target.schema),
              identifier: node.alias,
            };
      if (!(await stands(adapter, live)) || !(await stands(second, against))) {
        if (options.node === undefined) continue;
        throw new SlaError({
          code: "SLA305",
          message: `there is nothing to compare "${node.name}" with: ${(await stands(adapter, live)) ? name(against) : name(live)} does not exist`,
          hint:
            other === null
              ? "A shadow stands only after a build whose result was not published."
              : `Build it there first: sla build --target ${options.with}.`,
        });
      }
      found.push(
        await compare(
          node,
          { adapter, relation: live },
          { adapter: second, relation: against },
          options.examples,
        ),
      );
    }
    return found;
  } finally {
    await adapter.close();
    if (second !== adapter) await second.close();
  }
}

interface Side {
  adapter: Adapter;
  relation: Relation;
}

async function compare(node: RelationalNode, live: Side, other: Side, most: number): Promise<Difference> {
  const [now, then] = [await columns(live), await columns(other)];
  const common = now.filter((column) => then.includes(column));
  const key = node.config.primary_key.filter((column) => common.includes(column));
  const matched = key.length > 0 ? key : common;
  const rows = new Map<string, { digest: string; count: number }>();
  let liveRows = 0;
  for await (const row of read(live)) {
    liveRows += 1;
    const id = text(row, matched);
    const known = rows.get(id);
    if (known === undefined) rows.set(id, { digest: digest(row, common), count: 1 });
    else known.count += 1;
  }
  const result: Difference = {
    unique_id: node.unique_id,
    live: name(live.relation),
    other: name(other.relation),
    key,
    rows: { live: liveRows, other: 0 },
    columns: {
      added: then.filter((column) => !now.includes(column)),
      removed: now.filter((column) => !then.includes(column)),
    },
    added: 0,
    removed: 0,
    changed: 0,
    examples: [],
  };
  const changed: { id: string; row: Row }[] = [];
  const example = (kind: "added" | "removed", id: string): void => {
    if (result.examples.filter((shown) => shown.kind === kind).length < most)
      result.examples.push({ kind, key: id, columns: {} });
  };
  for await (const row of read(other)) {
    result.rows.other += 1;
    const id = text(row, matched);
    const known = rows.get(id);
    if (known === undefined) {
      result.added += 1;
      example("added", id);
      continue;
    }
    if (known.digest !== digest(row, common)) {
      result.changed += 1;
      if (changed.length < most) changed.push({ id, row });
    }
    known.count -= 1;
    if (known.count === 0) rows.delete(id);
  }
  for (const [id, { count }] of rows) {
    result.removed += count;
    example("removed", id);
  }
  for (const { id, row } of changed) {
    const before = await lookUp(live, key, row);
    result.examples.push({
      kind: "changed",
      key: id,
      columns: Object.fromEntries(
        common
          .filter((column) => String(before?.[column]) !== String(row[column]))
          .map((column) => [column, [before?.[column] ?? null, row[column] ?? null]]),
      ),
    });
  }
  return result;
}

async function* read({ adapter, relation }: Side): AsyncGenerator<Row> {
  const connection = await adapter.acquire();
  try {
    for await (const batch of connection.stream(`SELECT * FROM ${adapter.dialect.relation(relation)}`))
      yield* batch;
  } finally {
    await connection.release();
  }
}

async function lookUp(
  { adapter, relation }: Side,
  key: readonly string[],
  row: Row,
): Promise<Row | undefined> {
  const { dialect } = adapter;
  const where = key
    .map((column) => `${dialect.identifier(column)} = ${dialect.literal(row[column]!)}`)
    .join(" AND ");
  const connection = await adapter.acquire();
  try {
    return (await connection.query(`SELECT * FROM ${dialect.relation(relation)} WHERE ${where}`))[0];
  } finally {
    await connection.release();
  }
}

async function columns({ adapter, relation }: Side): Promise<string[]> {
  return (await adapter.introspector.columns(relation)).map((column) => column.name);
}

async function stands(adapter: Adapter, relation: Relation): Promise<boolean> {
  const found = await adapter.introspector.relations([relation.schema]);
  return found.some((existing) => existing.identifier.toLowerCase() === relation.identifier.toLowerCase());
}

function text(row: Row, names: readonly string[]): string {
  return names.map((column) => String(row[column])).join(", ");
}

function digest(row: Row, names: readonly string[]): string {
  return createHash("sha1")
    .update(JSON.stringify(names.map((column) => String(row[column]))))
    .digest("base64");
}

function name({ schema, identifier }: Relation): string {
  return `${schema}.${identifier}`;
}
