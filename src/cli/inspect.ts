import { clean, compile, debug, type LsOptions, ls, parse, show } from "../commands/index.js";
import type { Arguments, Terminal } from "./command.js";
import { commandOptions, effects, text } from "./command-options.js";
import { count } from "./render/number.js";
import { renderRows } from "./render/rows.js";
import { colorsFor } from "./render/style.js";
import { warnings } from "./warnings.js";

/** `parse`: counts what was found. */
export async function parseCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const found = await parse(commandOptions(args, terminal), effects(terminal, warnings(terminal)));
  const counts = Object.entries(found.counts).map(([type, n]) => count(n, type));
  terminal.stdout.write(
    `${found.project}: ${counts.join(", ") || "nothing"} in ${found.elapsed.toFixed(2)}s\n`,
  );
  return 0;
}

/** `ls`: a line per node on stdout, nothing else. */
export async function lsCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const lines = await ls(
    {
      ...commandOptions(args, terminal),
      resourceTypes: args.resourceType as LsOptions["resourceTypes"],
      column: text(args, "column"),
      output: text(args, "output") as LsOptions["output"],
    },
    effects(terminal, warnings(terminal)),
  );
  for (const line of lines) terminal.stdout.write(`${line}\n`);
  return 0;
}

/** `compile`: prints the SQL of a single node or of --inline, else where the files are. */
export async function compileCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const inline = text(args, "inline");
  const texts = await compile(
    {
      ...commandOptions(args, terminal),
      inline,
      defer: args.defer === true,
      favorState: args.favorState === true,
    },
    effects(terminal, warnings(terminal)),
  );
  const models = texts.filter(({ unique_id }) => unique_id === null || unique_id.startsWith("model."));
  const [only] = models;
  if (only !== undefined && models.length === 1) {
    const { dim } = colorsFor(terminal.stdout);
    terminal.stdout.write(`${only.compiled.trim()}\n`);
    if (only.executed !== null)
      terminal.stdout.write(`\n${dim("-- as the engine runs it")}\n${only.executed.trim()}\n`);
    return 0;
  }
  terminal.stdout.write(`Compiled ${count(texts.length, "node")} to target/compiled\n`);
  return 0;
}

/** `show`: rows as a table, as JSON or as CSV; with the last two, stdout holds the rows and nothing else. */
export async function showCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const shown = await show(
    {
      ...commandOptions(args, terminal),
      node: text(args, "node"),
      inline: text(args, "inline"),
      shadow: args.shadow === true,
      limit: Number(args.limit),
    },
    effects(terminal, warnings(terminal)),
  );
  terminal.stdout.write(renderRows(shown, text(args, "output") as "table" | "json" | "csv", terminal.stdout));
  return 0;
}

/** `debug`: a line per check; 1 if one of them failed. */
export async function debugCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { green, red, dim } = colorsFor(terminal.stdout);
  const checks = await debug(commandOptions(args, terminal), effects(terminal, warnings(terminal)));
  for (const { what, found, error } of checks) {
    const mark = error === null ? green("OK   ") : red("ERROR");
    terminal.stdout.write(`${mark} ${what.padEnd(11)}${found}\n`);
    if (error?.hint !== undefined) terminal.stdout.write(`${" ".repeat(17)}${dim(error.hint)}\n`);
  }
  return checks.some(({ error }) => error !== null) ? 1 : 0;
}

/** `clean`: says what was removed. */
export async function cleanCommand(args: Arguments, terminal: Terminal): Promise<number> {
  terminal.stdout.write(
    `Removed ${await clean(commandOptions(args, terminal), effects(terminal, warnings(terminal)))}\n`,
  );
  return 0;
}
