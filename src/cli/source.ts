import { freshness } from "../commands/index.js";
import type { Arguments, Terminal } from "./command.js";
import { commandOptions, effects, text } from "./command-options.js";
import { renderError } from "./render/error.js";
import { colorsFor } from "./render/style.js";
import { warnings } from "./warnings.js";

/** `source freshness`: a line per source; 1 if one is too old or could not be asked. */
export async function sourceCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { stdout, projectDir } = terminal;
  const results = await freshness(
    { ...commandOptions(args, terminal), output: text(args, "output") },
    effects(terminal, warnings(terminal)),
  );
  const { green, yellow, red, bold } = colorsFor(stdout);
  const paint = { pass: green, warn: yellow, error: red, "runtime error": red };
  const word = { pass: "PASS", warn: "WARN", error: "STALE", "runtime error": "ERROR" };
  const width = Math.max(0, ...results.map(({ source }) => `${source.source_name}.${source.name}`.length));
  for (const { source, status, age } of results) {
    const name = `${source.source_name}.${source.name}`.padEnd(width);
    const old = age === null ? "" : `${duration(age.age)} old`;
    stdout.write(`${paint[status](bold(word[status].padEnd(5)))} ${name}  ${old}`.trimEnd());
    stdout.write("\n");
  }
  for (const { error } of results)
    if (error !== null) stdout.write(`\n${renderError(error, { projectDir, debug: args.debug === true })}\n`);
  const of = (...statuses: string[]): number =>
    results.filter(({ status }) => statuses.includes(status)).length;
  stdout.write(
    `\nDone. PASS=${of("pass")} WARN=${of("warn")} ERROR=${of("error", "runtime error")} TOTAL=${results.length}\n`,
  );
  return of("error", "runtime error") > 0 ? 1 : 0;
}

/** `3 days`, `5 hours`: the largest unit that fits. */
function duration(seconds: number): string {
  for (const [unit, size] of [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ] as const) {
    const count = Math.floor(seconds / size);
    if (count >= 1) return `${count} ${unit}${count === 1 ? "" : "s"}`;
  }
  return `${Math.max(0, Math.round(seconds))} seconds`;
}
