import { type RunCommand, runCommand } from "../commands/index.js";
import type { Arguments, Terminal } from "./command.js";
import { commandOptions, effects, text } from "./command-options.js";
import { exitCodeOfResults } from "./exit-code.js";
import { renderRun } from "./render/run.js";

/** `build`, `run`, `seed`, `test`: with live progress on a terminal, plain lines elsewhere. */
export async function runNodesCommand(
  which: RunCommand,
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const view = renderRun(terminal, { debug: args.debug === true });
  try {
    const { results } = await runCommand(
      which,
      {
        ...commandOptions(args, terminal),
        fullRefresh: args.fullRefresh === true,
        failFast: args.failFast === true,
        reuse: args.reuse as boolean | undefined,
        publish: text(args, "publish") as "all" | "passed" | undefined,
        lockTimeout: Number(args.lockTimeout ?? 0),
      },
      effects(terminal, view.on),
    );
    return terminal.signal.aborted ? 2 : exitCodeOfResults(results);
  } finally {
    view.close();
  }
}
