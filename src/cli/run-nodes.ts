import { type Effects, type RunCommand, retry, runCommand } from "../commands/index.js";
import type { RunResults } from "../manifest/index.js";
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
  const code = await withView(args, terminal, (effects) =>
    runCommand(
      which,
      {
        ...commandOptions(args, terminal),
        fullRefresh: args.fullRefresh === true,
        failFast: args.failFast === true,
        defer: args.defer === true,
        favorState: args.favorState === true,
        empty: args.empty === true,
        sample: text(args, "sample"),
        eventTimeStart: text(args, "eventTimeStart"),
        eventTimeEnd: text(args, "eventTimeEnd"),
        reuse: args.reuse as boolean | undefined,
        publish: text(args, "publish") as "all" | "passed" | undefined,
        lockTimeout: Number(args.lockTimeout ?? 0),
        queryTimeout: args.queryTimeout as number | undefined,
        junit: text(args, "junit"),
        openlineage: text(args, "openlineage"),
      },
      effects,
    ),
  );
  if (args.docs !== true || code === 2) return code;
  // A failed run has a site all the same: it shows what failed.
  await (await import("./docs.js")).generate(args, terminal);
  return code;
}

/** `retry`: the same, for what the last run left. */
export function retryCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { projectDir, vars, threads, state } = commandOptions(args, terminal);
  const [junit, openlineage] = [text(args, "junit"), text(args, "openlineage")];
  return withView(args, terminal, (effects) =>
    retry({ projectDir, vars, threads, state, junit, openlineage }, effects),
  );
}

/** Runs nodes with progress on the terminal. */
export async function withView(
  args: Arguments,
  terminal: Terminal,
  run: (effects: Effects) => Promise<RunResults>,
): Promise<number> {
  const { log, screen, env, projectDir } = terminal;
  const view = log.isText
    ? renderRun({
        stdout: screen,
        env,
        projectDir,
        debug: args.debug === true,
        level: log.settings.level,
        conceal: log.concealed,
      })
    : null;
  try {
    const { results } = await run(
      effects(terminal, (event) => {
        log.record(event);
        view?.on(event);
      }),
    );
    return terminal.signal.aborted ? 2 : exitCodeOfResults(results);
  } finally {
    view?.close();
  }
}
