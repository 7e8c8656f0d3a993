import type { SlaError } from "../../errors/index.js";
import type { RunResult } from "../../manifest/index.js";
import type { NodeInfo, RunEvent } from "../../run/index.js";
import { integer } from "../render/number.js";
import { countsLine } from "../render/summary.js";
import type { LogLevel } from "./log-level.js";

/** What the command line itself tells, besides what happens in runs. */
export type CliEvent =
  | { type: "command_started"; at: Date; command: string; version: string }
  | { type: "said"; at: Date; text: string }
  | { type: "source_checked"; at: Date; check: SourceCheck }
  | { type: "error"; at: Date; error: SlaError }
  | { type: "command_finished"; at: Date; code: number; seconds: number };

/** What was found of the age of a source. */
export interface SourceCheck {
  unique_id: string;
  name: string;
  status: "pass" | "warn" | "error" | "runtime error";
  /** Seconds since its last row; null if that could not be told. */
  age: number | null;
  error: SlaError | null;
}

/** All that can be logged. */
export type LogEvent = RunEvent | CliEvent;

type EventOf<T extends LogEvent["type"]> = Extract<LogEvent, { type: T }>;

/** An event as the log has it. */
export interface Logged {
  level: LogLevel;
  /** For people, without colours. */
  msg: string;
  data: Readonly<Record<string, unknown>>;
}

/** What the log makes of one kind of event. */
export interface LogKind<E> {
  /** Those it may have. */
  levels: readonly LogLevel[];
  /** The keys of its data. */
  fields: readonly string[];
  read(event: E): Logged;
}

function kind<E, const F extends string, const L extends LogLevel>(
  levels: readonly L[],
  fields: readonly F[],
  read: (event: E) => { level?: L; msg: string; data: Record<F, unknown> },
): LogKind<E> {
  return { levels, fields, read: (event) => ({ level: levels[0]!, ...read(event) }) };
}

const LEVEL_OF: Readonly<Record<string, "info" | "warn" | "error">> = {
  warn: "warn",
  fail: "error",
  error: "error",
  "runtime error": "error",
};

/** Every event of the log: the table in docs/logging.md says the same. */
export const LOG_EVENTS: { readonly [T in LogEvent["type"]]: LogKind<EventOf<T>> } = {
  command_started: kind(["debug"], ["command", "version"], ({ command, version }) => ({
    msg: `sla ${version}: ${command}`,
    data: { command, version },
  })),
  run_started: kind(
    ["info"],
    ["project", "target", "engine", "threads", "nodes", "tests"],
    ({ project, target, engine, threads, nodes }) => {
      const tests = nodes.filter(({ resource_type }) => resource_type === "test").length;
      return {
        msg: `${project} on ${target} (${engine}): ${nodes.length - tests} nodes, ${tests} tests, ${threads} threads`,
        data: { project, target, engine, threads, nodes: nodes.length - tests, tests },
      };
    },
  ),
  node_started: kind(["info"], ["node", "index", "thread"], ({ node, index, thread }) => ({
    msg: `START ${node.materialized} ${node.label}`,
    data: { node: nodeData(node), index, thread },
  })),
  node_progress: kind(["debug"], ["unique_id", "rows"], ({ unique_id, rows }) => ({
    msg: `${unique_id}: ${integer(rows)} rows`,
    data: { unique_id, rows },
  })),
  node_message: kind(["info"], ["unique_id"], ({ unique_id, message }) => ({
    msg: message,
    data: { unique_id },
  })),
  node_finished: kind(
    ["info", "warn", "error"],
    ["node", "index", "status", "timing", "execution_time", "thread", "rows", "failures", "error"],
    ({ node, index, result, error }) => ({
      level: LEVEL_OF[result.status] ?? "info",
      msg: `${result.status.toUpperCase()} ${node.materialized} ${node.label}${because(result, error)}`,
      data: {
        node: nodeData(node),
        index,
        status: result.status,
        timing: result.timing,
        execution_time: result.execution_time,
        thread: result.thread_id,
        rows: result.rows_affected,
        failures: result.failures,
        error: error === null ? null : errorData(error),
      },
    }),
  ),
  published: kind(["info", "warn"], ["nodes", "withheld", "seconds"], ({ nodes, withheld, seconds }) => ({
    level: withheld.length > 0 ? "warn" : "info",
    msg: `published ${nodes}, not published ${withheld.length}`,
    data: { nodes, withheld, seconds },
  })),
  source_checked: kind(
    ["info", "warn", "error"],
    ["unique_id", "status", "age", "error"],
    ({ check: { unique_id, name, status, age, error } }) => ({
      level: LEVEL_OF[status] ?? "info",
      msg: `${status.toUpperCase()} ${name}${error === null ? "" : `: ${error.message}`}`,
      data: { unique_id, status, age, error: error === null ? null : errorData(error) },
    }),
  ),
  said: kind(["info"], [], ({ text }) => ({ msg: text, data: {} })),
  warning: kind(["warn"], ["code", "path", "line"], ({ message, code, path, line }) => ({
    msg: message,
    data: { code: code ?? null, path: path ?? null, line: line ?? null },
  })),
  error: kind(["error"], ["code", "title", "hint", "path", "line", "column", "unique_id"], ({ error }) => {
    const { message, ...rest } = errorData(error);
    return { msg: message, data: { ...rest, title: error.title, unique_id: error.node ?? null } };
  }),
  run_finished: kind(["info"], ["elapsed", "interrupted", "counts"], ({ elapsed, interrupted, results }) => ({
    msg: countsLine(results),
    data: { elapsed, interrupted, counts: statusCounts(results) },
  })),
  command_finished: kind(["debug"], ["exit_code", "seconds"], ({ code, seconds }) => ({
    msg: `ended with ${code}`,
    data: { exit_code: code, seconds },
  })),
};

/** What the log makes of an event. */
export function logged(event: LogEvent): Logged {
  return (LOG_EVENTS[event.type] as LogKind<LogEvent>).read(event);
}

function nodeData({ unique_id, name, resource_type, materialized, label, path }: NodeInfo): object {
  return { unique_id, name, resource_type, materialized, relation: label, path };
}

function errorData({ code, message, hint, location }: SlaError) {
  const { path, line, column } = location ?? {};
  return {
    code,
    message,
    hint: hint ?? null,
    path: path ?? null,
    line: line ?? null,
    column: column ?? null,
  };
}

function because(result: RunResult, error: SlaError | null): string {
  const why = error?.message ?? result.message;
  return why === null || why === undefined || why === "" ? "" : `: ${why}`;
}

/** How many results ended in each of the statuses that there are among them. */
function statusCounts(results: readonly RunResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
