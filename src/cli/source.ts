import { freshness } from "../commands/index.js";
import type { Arguments, Terminal } from "./command.js";
import { commandOptions, effects, text } from "./command-options.js";
import { renderError } from "./render/error.js";
import { colorsFor } from "./render/style.js";
import { warnings } from "./warnings.js";

/** `source freshness`: a line per source; 1 if one is too old or could not be asked. */
export async function sourceCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { stdout, screen, projectDir, log } = terminal;
  const results = await freshness(
    { ...commandOptions(args, terminal), output: text(args, "output") },
    effects(terminal, warnings(terminal)),
  );
  for (const { source, status, age, error } of results) {
    const name = `${source.source_name}.${source.name}`;
    const check = { unique_id: source.unique_id, name, status, age: age?.age ?? null, error };
    log.record({ type: "source_checked", at: new Date(), check });
  }
  const of = (...statuses: string[]): number =>
    results.filter(({ status }) => statuses.includes(status)).length;
  const code = of("error", "runtime error") > 0 ? 1 : 0;
  if (!log.isText) return code;

  const { green, yellow, red, bold } = colorsFor(screen);
  const paint = { pass: green, warn: yellow, error: red, "runtime error": red };
  const level = { pass: "info", warn: "warn", error: "error", "runtime error": "error" } as const;
  const word = { pass: "PASS", warn: "WARN", error: "STALE", "runtime error": "ERROR" };
  const width = Math.max(0, ...results.map(({ source }) => `${source.source_name}.${source.name}`.length));
  for (const { source, status, age } of results) {
    if (!log.shows(level[status])) continue;
    const name = `${source.source_name}.${source.name}`.padEnd(width);
    const old = age === null ? "" : `${duration(age.age)} old`;
    screen.write(`${`${paint[status](bold(word[status].padEnd(5)))} ${name}  ${old}`.trimEnd()}\n`);
  }
  for (const { error } of results)
    if (error !== null && log.shows("error"))
      screen.write(`\n${renderError(error, { projectDir, debug: args.debug === true, stream: screen })}\n`);
  stdout.write(
    `\nDone. PASS=${of("pass")} WARN=${of("warn")} ERROR=${of("error", "runtime error")} TOTAL=${results.length}\n`,
  );
  return code;
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
