import type { RunResult } from "../../manifest/index.js";
import type { NodeInfo, RunEvent } from "../../run/index.js";
import { type LogThreshold, reaches } from "../log/log-level.js";
import { seconds } from "./number.js";
import { colorsFor } from "./style.js";

/** What went wrong and where to look, then dbt's line of counts. */
export function renderSummary(
  event: Extract<RunEvent, { type: "run_finished" }>,
  nodes: readonly NodeInfo[],
  stream: NodeJS.WriteStream,
  errorText: (uniqueId: string) => string | undefined,
  threshold: LogThreshold = "info",
): string {
  const colors = colorsFor(stream);
  const names = new Map(nodes.map((node) => [node.unique_id, node]));
  const blocks: string[] = [];
  for (const result of event.results) {
    if (!reaches(result.status === "warn" ? "warn" : "error", threshold)) continue;
    if (result.status === "error") {
      const text = errorText(result.unique_id);
      if (text !== undefined) blocks.push(text);
    } else if (result.status === "fail" || result.status === "warn") {
      const paint = result.status === "fail" ? colors.red : colors.yellow;
      const node = names.get(result.unique_id);
      const lines = [
        `${paint(colors.bold(result.status === "fail" ? "Failure" : "Warning"))} ${node?.name ?? result.unique_id}`,
      ];
      lines.push(`  ${result.message ?? ""}`);
      if (node !== undefined) lines.push(`  ${colors.cyan(node.path)}`);
      if (node?.sql) lines.push(colors.dim(`  target/${node.sql}`));
      blocks.push(lines.join("\n"));
    }
  }
  const problems = blocks.length === 0 ? "" : `\n${blocks.join("\n\n")}\n`;
  if (!reaches("info", threshold)) return problems;
  const interrupted = event.interrupted ? `${colors.yellow("Interrupted.")} ` : "";
  const counts = countsLine(event.results);
  const clean =
    !event.interrupted &&
    event.results.every(({ status }) => status === "success" || status === "pass" || status === "reused");
  return `${problems}\n${interrupted}Finished in ${seconds(event.elapsed)}\n${clean ? colors.green(counts) : counts}\n`;
}

/** dbt's closing line, to the letter. */
export function countsLine(results: readonly RunResult[]): string {
  const of = (...statuses: string[]): number =>
    results.filter(({ status }) => statuses.includes(status)).length;
  return (
    `Done. PASS=${of("success", "pass")} WARN=${of("warn")} ERROR=${of("error", "fail")} SKIP=${of("skipped")} ` +
    `NO-OP=0 REUSED=${of("reused")} TOTAL=${results.length}`
  );
}
