import type { Row } from "../adapters/index.js";
import { createCompiler } from "../compile/index.js";
import { didYouMean, SlaError } from "../errors/index.js";
import { getNode, type Node, type Relation, type RelationalNode, readables } from "../manifest/index.js";
import { shadowOf } from "../materializations/index.js";
import { inSource } from "../run/index.js";
import { type CommandOptions, type Effects, type Invocation, invoke, open } from "./invocation.js";
import { selectNodes } from "./node-selection.js";

/** What `show` is told. */
export interface ShowOptions extends CommandOptions {
  /** Name of the node to show. */
  node?: string | undefined;
  inline?: string | undefined;
  /** Show what was built and not published. */
  shadow?: boolean | undefined;
  /** Rows at the most; -1 for all. */
  limit: number;
}

/** Rows for display. */
export interface ShownRows {
  title: string;
  columns: string[];
  rows: Row[];
  /** Whether there were more rows than the limit. */
  more: boolean;
}

/** `sla show`: rows of a node, or of SQL given on the command line. A model's SQL is run; nothing is built. */
export async function show(options: ShowOptions, effects: Effects): Promise<ShownRows> {
  const invocation = await invoke(options, effects, { target: true });
  const { project, manifest } = invocation;
  const node = options.inline === undefined ? wanted(invocation, options, effects) : null;
  const compiler = createCompiler(project, manifest, {
    relation: (relational) => ({ schema: relational.schema, identifier: relational.alias }),
    isIncremental: () => false,
    runStartedAt: invocation.startedAt,
  });
  const adapter = await open(invocation);
  try {
    const compiled =
      node === null
        ? compiler.compileInline(options.inline!)
        : node.resource_type === "model" && node.language === "sql" && !options.shadow
          ? compiler.compile(node)
          : null;
    const path = node === null ? "--inline" : node.original_file_path;
    let sql: string | null = null;
    const connection = await adapter.acquire();
    try {
      sql =
        compiled === null
          ? `SELECT * FROM ${adapter.dialect.relation(standing(node!, options.shadow === true))}`
          : await adapter.translate(compiled.code);
      const columns = (await connection.describe(sql)).map((column) => column.name);
      const rows: Row[] = [];
      const limit = options.limit < 0 ? Number.POSITIVE_INFINITY : options.limit;
      reading: for await (const batch of connection.stream(sql)) {
        for (const row of batch) {
          rows.push(row);
          if (rows.length > limit) break reading;
        }
      }
      const more = rows.length > limit;
      return { title: node?.name ?? "inline", columns, rows: more ? rows.slice(0, limit) : rows, more };
    } catch (error) {
      throw compiled === null ? error : inSource(error, compiled, sql, path);
    } finally {
      await connection.release();
    }
  } finally {
    await adapter.close();
  }
}

function standing({ schema, alias }: RelationalNode, shadow: boolean): Relation {
  const live = { schema, identifier: alias };
  return shadow ? shadowOf(live) : live;
}

/** The one relational node that was named, by name or by `--select`. */
function wanted(invocation: Invocation, options: ShowOptions, effects: Effects): RelationalNode {
  const { manifest } = invocation;
  if (options.node === undefined && options.select === undefined) {
    throw new SlaError({
      code: "SLA701",
      message: "show needs the name of a node, or --inline with SQL",
      hint: 'For example `sla show fact_orders`, or `sla show --inline "SELECT 1 AS one"`.',
    });
  }
  const criteria = options.select ?? [options.node!];
  const quiet = { ...effects, emit: () => {} };
  const found = selectNodes(invocation, { ...options, select: criteria }, quiet, [
    "model",
    "snapshot",
    "seed",
    "procedure",
    "source",
  ])
    .flatMap((id) => readables(getNode(manifest, id) as RelationalNode))
    .filter((node) => !(node.resource_type === "seed" && node.tables.length > 0));
  const named =
    sourceTable(invocation, criteria) ??
    procedureTable(invocation, criteria) ??
    (found.length === 1 ? found[0] : undefined);
  if (named !== undefined) return named;
  const names = [...Object.values(manifest.nodes), ...Object.values(manifest.sources)]
    .filter((node) => node.resource_type !== "test")
    .flatMap((node) => readables(node as RelationalNode))
    .map((node) => (node.resource_type === "source" ? `${node.source_name}.${node.name}` : node.name));
  throw new SlaError({
    code: "SLA208",
    message:
      found.length === 0
        ? `there is no model, seed or source table "${criteria.join(" ")}"`
        : `"${criteria.join(" ")}" selects ${found.length} nodes, show takes one`,
    hint:
      (found.length === 0 ? didYouMean(criteria.join(" "), names) : undefined) ??
      "`sla ls` lists the nodes of the project.",
  });
}

/** A procedure's table by its own name. */
function procedureTable({ manifest }: Invocation, criteria: readonly string[]): RelationalNode | undefined {
  return Object.values<Node>(manifest.nodes)
    .flatMap((node) => (node.resource_type === "procedure" ? readables(node) : []))
    .find(({ name }) => name === criteria.join(" "));
}

/** A source named as `source.table`, which is no selector of dbt's but what one types. */
function sourceTable({ manifest }: Invocation, criteria: readonly string[]): RelationalNode | undefined {
  return Object.values(manifest.sources).find(
    (source) => `${source.source_name}.${source.name}` === criteria.join(" "),
  );
}
