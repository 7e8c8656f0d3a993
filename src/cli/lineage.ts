import { lineage } from "../commands/index.js";
import { SlaError } from "../errors/index.js";
import type { Arguments, Terminal } from "./command.js";
import { commandOptions, effects, text } from "./command-options.js";
import { lineageJson, renderLineage } from "./render/lineage.js";
import { warnings } from "./warnings.js";

/** `lineage`: trees of columns, or JSON and nothing else. */
export async function lineageCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const depth = args.depth === undefined ? Number.POSITIVE_INFINITY : Number(args.depth);
  if (Number.isNaN(depth) || depth < 1)
    throw new SlaError({ code: "SLA701", message: "--depth takes a whole number from 1 on" });
  const answer = await lineage(
    {
      ...commandOptions(args, terminal),
      of: text(args, "column")!,
      upstream: args.upstream === true,
      downstream: args.downstream === true,
      depth,
    },
    effects(terminal, warnings(terminal)),
  );
  terminal.stdout.write(
    args.output === "json" ? lineageJson(answer) : renderLineage(answer, depth, terminal.stdout),
  );
  return 0;
}
