import type { Finding } from "./findings.js";

/** MIGRATION.md: what was taken over of a dbt project, and what was not. */
export function migrationReport(
  name: string,
  counts: readonly { kind: string; taken: number; of: number }[],
  todo: readonly Finding[],
  check: readonly Finding[],
): string {
  const table = (findings: readonly Finding[]): string[] => [
    "| where | what | what to do |",
    "|---|---|---|",
    ...findings.map(
      ({ path, line, what, advice }) => `| \`${path}:${line}\` | ${cell(what)} | ${cell(advice ?? "")} |`,
    ),
    "",
  ];
  return [
    `# ${name}: taken over from dbt`,
    "",
    "| | taken over | of |",
    "|---|--:|--:|",
    ...counts.map(({ kind, taken, of }) => `| ${kind} | ${taken} | ${of} |`),
    "",
    "## Not taken over",
    "",
    ...(todo.length === 0
      ? ["Nothing.", ""]
      : [
          "Places are those of the dbt project. Models that are not there yet stand as files with `enabled=false` and a TODO; their originals are below `not-taken-over/`.",
          "",
          ...table(todo),
        ]),
    "## To look at",
    "",
    ...(check.length === 0
      ? ["Nothing.", ""]
      : ["It was taken over, or needs no counterpart, but may not mean what it did.", "", ...table(check)]),
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
