import type { Adapter, Connection } from "../adapters/index.js";
import type { CompiledNode } from "../compile/index.js";
import { SlaError } from "../errors/index.js";
import type { ModelNode } from "../manifest/index.js";
import {
  type BatchSize,
  type BatchWindow,
  batchWindows,
  mergeWindows,
  momentText,
  parseMoment,
  type WindowSelect,
} from "../materializations/index.js";
import { ledgerTables } from "../state/index.js";
import type { RunContext } from "./node-runner.js";

/** A microbatch model, ready to be built: its SELECT by window, and what is to be recorded when it is published. */
export interface Microbatch {
  /** Of the latest window: what describes the model's columns. */
  compiled: CompiledNode;
  batches: WindowSelect[];
  recorded: string[];
}

/** Cuts a microbatch model into the windows that this run fills. */
export async function microbatch(
  node: ModelNode,
  context: RunContext,
  connection: Connection,
): Promise<Microbatch> {
  const { adapter, project, eventTime, startedAt } = context;
  const keeps = context.keepsRows(node);
  const relation = adapter.dialect.relation(ledgerTables(project.target.schema).intervals.relation);
  const filled = keeps ? await filledBefore(node, relation, adapter, connection) : null;
  const windows = batchWindows({
    size: node.config.batch_size as BatchSize,
    begin: parseMoment(node.config.begin!)!,
    lookback: node.config.lookback ?? 1,
    now: startedAt,
    filled,
    ...eventTime,
  });
  if (windows.length === 0) {
    throw new SlaError({
      code: "SLA104",
      message: `"${node.name}" has no time to fill: it begins at ${node.config.begin}`,
      hint: "Check begin, --event-time-start and --event-time-end.",
    });
  }
  const batches: WindowSelect[] = [];
  let compiled: CompiledNode | undefined;
  for (const { start, end } of windows) {
    const compiler = context.windowCompiler({ start: momentText(start), end: momentText(end) });
    compiled = compiler.compile(node);
    batches.push({ start, end, select: await adapter.translate(compiled.code) });
  }
  // What is still going on is not filled: the next run fills it again, however late it comes.
  // biome-ignore lint/complexity/useMathMinMax: these are moments, not numbers
  const past = windows.map(({ start, end }) => ({ start, end: end < startedAt ? end : startedAt }));
  return {
    compiled: compiled!,
    batches,
    recorded: record(node, mergeWindows([...(filled ?? []), ...past]), relation, adapter),
  };
}

async function filledBefore(
  node: ModelNode,
  relation: string,
  adapter: Adapter,
  connection: Connection,
): Promise<BatchWindow[]> {
  const rows = await connection.query(
    `SELECT start_at, end_at FROM ${relation} WHERE unique_id = ${adapter.dialect.literal(node.unique_id)}`,
  );
  const moment = (value: unknown) => new Date(`${String(value).replace(" ", "T")}Z`);
  return rows.map((row) => ({ start: moment(row.start_at), end: moment(row.end_at) }));
}

function record(
  node: ModelNode,
  windows: readonly BatchWindow[],
  relation: string,
  { dialect }: Adapter,
): string[] {
  const id = dialect.literal(node.unique_id);
  const tuples = windows.map(
    ({ start, end }) => `(${id}, ${dialect.literal(momentText(start))}, ${dialect.literal(momentText(end))})`,
  );
  return [
    `DELETE FROM ${relation} WHERE unique_id = ${id}`,
    ...(tuples.length === 0
      ? []
      : [`INSERT INTO ${relation} (unique_id, start_at, end_at) VALUES\n${tuples.join(",\n")}`]),
  ];
}
