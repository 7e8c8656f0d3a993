import { type BuildOptions, procedureRows, runCommand } from "../commands/index.js";
import { SlaError } from "../errors/index.js";
import type { Arguments, Terminal } from "./command.js";
import { commandOptions, effects, text } from "./command-options.js";
import { GLOBAL_OPTIONS } from "./log/log-options.js";
import { renderRows } from "./render/rows.js";
import { withView } from "./run-nodes.js";

/** What `call` knows itself: every other option is a parameter of the procedure. */
export const CALL_OPTIONS = [
  "target",
  "vars",
  "threads",
  "args",
  "lock-timeout",
  "query-timeout",
  "openlineage",
] as const;

const OWN = new Set([
  "_",
  "$0",
  "procedure",
  ...Object.keys(GLOBAL_OPTIONS),
  "q",
  "help",
  "h",
  "t",
  "version",
  ...CALL_OPTIONS,
]);

/** Rows that are shown of each table that was written. */
const SHOWN = 10;

/** `call`: runs one procedure with the arguments of the command line, and shows what it has written. */
export async function callCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { projectDir, target, vars, threads } = commandOptions(args, terminal);
  const procedure = String(args.procedure);
  const options: BuildOptions = {
    projectDir,
    target,
    vars,
    threads,
    call: { procedure, arguments: parameters(args) },
    lockTimeout: Number(args.lockTimeout ?? 0),
    queryTimeout: args.queryTimeout as number | undefined,
    openlineage: text(args, "openlineage"),
  };
  let written = false;
  const code = await withView(args, terminal, async (running) => {
    const done = await runCommand("call", options, running);
    for (const { unique_id, status, message, published } of done.results) {
      if (!unique_id.startsWith("procedure.") || status !== "success") continue;
      terminal.stdout.write(`${message}${published === true ? "" : " (not published)"}\n`);
      written = published === true;
    }
    return done;
  });
  if (!written) return code;
  // What the run had to warn of, it has said already.
  const quiet = effects(terminal, () => {});
  for (const rows of await procedureRows(procedure, SHOWN, { projectDir, target, vars }, quiet)) {
    const { schema, identifier } = rows.relation;
    terminal.stdout.write(`\n${schema}.${identifier}\n${renderRows(rows, "table", terminal.stdout)}`);
  }
  return code;
}

type Value = string | number | boolean | null;

function parameters(args: Arguments): Record<string, Value> {
  const known = new Set([...OWN].flatMap((name) => [name, camelCase(name)]));
  const dashed = Object.keys(args).filter((name) => name.includes("-"));
  const doubles = new Set(dashed.map(camelCase));
  const given: [string, unknown][] = Object.entries(args)
    .filter(([name]) => !known.has(name) && !doubles.has(name))
    .map(([name, value]) => [name.replaceAll("-", "_"), value]);
  const all = [...Object.entries(fromJson(text(args, "args"))), ...given];
  return Object.fromEntries(
    all.map(([name, value]) => {
      if (value === null || ["string", "number", "boolean"].includes(typeof value))
        return [name, value as Value];
      throw new SlaError({
        code: "SLA701",
        message: Array.isArray(value) ? `--${name} is given more than once` : `${name} takes one value`,
        hint: "Give it once.",
      });
    }),
  );
}

function fromJson(given: string | undefined): Record<string, unknown> {
  if (given === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(given);
    if (parsed !== null && typeof parsed === "object" && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new SlaError({
    code: "SLA701",
    message: `--args takes a JSON object, found ${given}`,
    hint: `Write --args '{"threshold": 5}'.`,
  });
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
}
