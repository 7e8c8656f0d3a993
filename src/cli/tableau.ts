import { relative } from "node:path";
import type { TableauVersion } from "../reports/index.js";
import type { Arguments, Terminal } from "./command.js";
import { commandOptions, effects, text } from "./command-options.js";
import { warnings } from "./warnings.js";

/** `tableau`: a line per file. */
export async function tableauCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { tableau } = await import("../commands/tableau.js");
  const files = await tableau(
    {
      ...commandOptions(args, terminal),
      version: text(args, "tableauVersion") as TableauVersion,
      output: text(args, "output"),
      packaged: args.packaged === true,
    },
    effects(terminal, warnings(terminal)),
  );
  for (const { path, bytes } of files)
    terminal.stdout.write(`Wrote ${relative(terminal.projectDir, path)} (${Math.ceil(bytes / 1000)} kB)\n`);
  return 0;
}
