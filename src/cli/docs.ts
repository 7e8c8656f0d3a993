import { relative } from "node:path";
import type { Arguments, Terminal } from "./command.js";
import { commandOptions, effects } from "./command-options.js";
import { count } from "./render/number.js";
import { warnings } from "./warnings.js";

/** `docs generate` and `docs serve`. */
export async function docsCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { generateDocs } = await import("../commands/docs.js");
  const options = { ...commandOptions(args, terminal), emptyCatalog: args.emptyCatalog === true };
  const began = performance.now();
  const { folder, nodes, bytes } = await generateDocs(options, effects(terminal, warnings(terminal)));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  terminal.stdout.write(
    `Wrote ${relative(terminal.projectDir, folder)}/index.html: ${count(nodes, "node")}, ${(bytes / 1e6).toFixed(1)} MB in ${seconds}s\n`,
  );
  return 0;
}
