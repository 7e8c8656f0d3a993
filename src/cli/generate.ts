import type { Arguments, Terminal } from "./command.js";
import { commandOptions, effects, text } from "./command-options.js";
import { count } from "./render/number.js";
import { warnings } from "./warnings.js";

/** Differences that are told one by one. */
const SHOWN = 10;

/** `generate types` and `generate schema`. */
export function generateCommand(args: Arguments, terminal: Terminal): Promise<number> {
  return args.what === "schema" ? schemaCommand(args, terminal) : typesCommand(args, terminal);
}

/** Writes the schemas, or with --check says whether they are up to date. */
async function schemaCommand(args: Arguments, { projectDir, stdout }: Terminal): Promise<number> {
  const { generateSchema } = await import("../commands/generate-schema.js");
  const check = args.check === true;
  const found = await generateSchema({ projectDir, output: text(args, "output"), check });
  for (const { path, upToDate } of found)
    stdout.write(
      `${upToDate ? `${path} is up to date` : check ? `${path} is out of date` : `Wrote ${path}`}\n`,
    );
  const stale = check && found.some(({ upToDate }) => !upToDate);
  if (stale) stdout.write("`sla generate schema` writes them anew.\n");
  return stale ? 1 : 0;
}

/** Writes the declaration file, or with --check says whether it is up to date. */
async function typesCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { generateTypes } = await import("../commands/generate-types.js");
  const check = args.check === true;
  const { path, relations, columns, changed, upToDate } = await generateTypes(
    {
      ...commandOptions(args, terminal),
      output: text(args, "output"),
      check,
      emptyCatalog: args.emptyCatalog === true,
    },
    effects(terminal, warnings(terminal)),
  );
  const { stdout } = terminal;
  if (!check || upToDate) {
    const what = `${count(columns, "column")} of ${count(relations, "relation")}`;
    stdout.write(`${upToDate ? `${path} is up to date` : `Wrote ${path}`}: ${what}\n`);
    return 0;
  }
  stdout.write(`${path} is out of date\n`);
  for (const line of changed.slice(0, SHOWN)) stdout.write(`  ${line}\n`);
  if (changed.length > SHOWN) stdout.write(`  and ${changed.length - SHOWN} more\n`);
  stdout.write("`sla generate types` writes it anew.\n");
  return 1;
}
