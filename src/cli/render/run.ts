import type { SlaError } from "../../errors/index.js";
import type { NodeInfo, RunEvent } from "../../run/index.js";
import { logged } from "../log/log-events.js";
import { type LogThreshold, reaches } from "../log/log-level.js";
import { renderError } from "./error.js";
import { liveRegion } from "./live-region.js";
import { count, integer, seconds } from "./number.js";
import { colorsFor, shorten } from "./style.js";
import { renderSummary } from "./summary.js";

/** Follows a run on the terminal; `close` leaves the cursor as it was. */
export interface RunView {
  on(event: RunEvent): void;
  close(): void;
}

const WORDS = {
  success: "OK",
  pass: "PASS",
  warn: "WARN",
  fail: "FAIL",
  error: "ERROR",
  skipped: "SKIP",
  reused: "REUSE",
} as const;

/** So many tests have a line each on a terminal; of more, those that passed are counted, as nobody reads hundreds of them scroll by. */
const LISTED_TESTS = 40;

/** Where a run is shown, and how much of it. */
export interface RunViewOptions {
  stdout: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
  projectDir: string;
  /** Whether the stacks of errors are shown. */
  debug: boolean;
  /** From which level on. */
  level?: LogThreshold;
  /** Takes secrets out of the text of an error. */
  conceal?: (text: string) => string;
}

/** A line for each node that ended and, on a terminal, what is running below them. */
export function renderRun({
  stdout,
  env,
  projectDir,
  debug,
  level = "info",
  conceal = (text) => text,
}: RunViewOptions): RunView {
  const colors = colorsFor(stdout);
  const live = liveRegion(stdout, reaches("info", level) ? env : { ...env, TERM: "dumb" });
  const paint = {
    success: colors.green,
    pass: colors.green,
    warn: colors.yellow,
    fail: colors.red,
    error: colors.red,
    skipped: colors.dim,
    reused: colors.dim,
  };
  const errors = new Map<string, SlaError>();
  let nodes: readonly NodeInfo[] = [];
  let width = 40;
  let kindWidth = 7;
  let countsPassed = false;
  let passed = 0;

  const line = (event: Extract<RunEvent, { type: "node_finished" }>): string => {
    const { node, result, index } = event;
    const total = String(nodes.length);
    const at = colors.dim(`${String(index).padStart(total.length)}/${total}`);
    const word = paint[result.status](WORDS[result.status].padEnd(5));
    const kind = colors.dim(node.materialized.padEnd(kindWidth));
    const label = shorten(node.label, width).padEnd(width);
    const time = result.status === "skipped" ? "" : seconds(result.execution_time);
    return `${at} ${word} ${kind} ${label}  ${outcomeText(event).padStart(16)}  ${colors.dim(time.padStart(7))}`.trimEnd();
  };

  const tellPassed = (): void => {
    if (passed > 0) live.print(`${colors.green("PASS")} ${count(passed, "test")}`);
    passed = 0;
  };

  /** What only the summary and those who look for a fault want to know. */
  const isShown = (event: RunEvent): boolean =>
    event.type === "run_started" || event.type === "run_finished" || reaches(logged(event).level, level);

  return {
    on(event) {
      if (event.type === "node_finished" && event.error !== null)
        errors.set(event.node.unique_id, event.error);
      if (!isShown(event)) return;
      switch (event.type) {
        case "run_started": {
          nodes = event.nodes;
          const total = nodes.length;
          const widest = Math.max(20, ...event.nodes.map((node) => node.label.length));
          kindWidth = Math.max(...nodes.map((node) => node.materialized.length), 5);
          const room = (stdout.columns ?? 120) - 37 - kindWidth - 2 * String(total).length;
          width = Math.max(20, Math.min(widest, room));
          const tests = event.nodes.filter((node) => node.resource_type === "test").length;
          countsPassed = live.isLive && tests > LISTED_TESTS;
          if (!reaches("info", level)) break;
          const parts = [count(total - tests, "node"), count(tests, "test"), count(event.threads, "thread")];
          live.print(
            `${colors.bold(event.project)} on ${colors.bold(event.target)} (${event.engine}): ${parts.join(", ")}\n`,
          );
          live.total(total);
          break;
        }
        case "node_started":
          if (level === "debug") live.print(colors.dim(`      START ${event.node.label}`));
          live.start(
            event.node.unique_id,
            `${event.node.materialized.padEnd(kindWidth)} ${shorten(event.node.label, width)}`,
            event.at,
          );
          break;
        case "node_progress":
          live.progress(event.unique_id, `${integer(event.rows)} rows`);
          break;
        case "node_message":
          live.print(colors.dim(`      ${event.message}`));
          break;
        case "node_finished":
          live.end(event.node.unique_id);
          if (countsPassed && event.result.status === "pass") passed += 1;
          else live.print(line(event));
          break;
        case "published":
          tellPassed();
          live.print(renderPublished(event, colors));
          break;
        case "warning":
          live.print(renderWarning(event, stdout));
          break;
        case "run_finished":
          tellPassed();
          live.close();
          stdout.write(
            renderSummary(
              event,
              nodes,
              stdout,
              (id) => {
                const error = errors.get(id);
                return error === undefined
                  ? undefined
                  : conceal(renderError(error, { projectDir, debug, stream: stdout }));
              },
              level,
            ),
          );
          break;
      }
    },
    close: () => live.close(),
  };
}

/** What readers see now, and what they do not. */
function renderPublished(
  event: Extract<RunEvent, { type: "published" }>,
  { green, yellow, dim }: ReturnType<typeof colorsFor>,
): string {
  const { nodes, withheld } = event;
  const shown =
    nodes > 0 ? `\n${green("Published")} ${count(nodes, "node")} ${dim(`in ${seconds(event.seconds)}`)}` : "";
  if (withheld.length === 0) return shown;
  const names = withheld.length > 5 ? `${withheld.slice(0, 5).join(", ")} …` : withheld.join(", ");
  return (
    `${shown}\n${yellow("Not published")} ${count(withheld.length, "node")}: ${names}. Their live relations are as they were; ` +
    "what was built stays beside them as <name>__sla_new until the next run."
  );
}

/** A warning on one line. */
export function renderWarning(
  event: Extract<RunEvent, { type: "warning" }>,
  stream: NodeJS.WriteStream,
): string {
  const { yellow, cyan } = colorsFor(stream);
  const at =
    event.path === undefined ? "" : cyan(` ${event.path}${event.line === undefined ? "" : `:${event.line}`}`);
  return `${yellow("Warning")}${at} ${event.message}`;
}

function outcomeText({ result }: Extract<RunEvent, { type: "node_finished" }>): string {
  if (result.status === "skipped") return result.message ?? "";
  if (result.failures !== null && result.failures > 0) return count(result.failures, "failure");
  return result.rows_affected === null ? "" : `${integer(result.rows_affected)} rows`;
}
