import type { CommandOptions, Effects } from "../commands/index.js";
import { SlaError } from "../errors/index.js";
import { parseVars } from "../project/index.js";
import type { Emit } from "../run/index.js";
import type { Arguments, Terminal } from "./command.js";

/** The options that all commands share, from the command line. */
export function commandOptions(args: Arguments, { projectDir }: Terminal): CommandOptions {
  return {
    projectDir,
    target: text(args, "target"),
    vars: args.vars === undefined ? undefined : parseVars(text(args, "vars")!),
    threads: threads(args),
    select: criteria(args.select),
    exclude: criteria(args.exclude),
    selector: text(args, "selector"),
    indirectSelection: text(args, "indirectSelection") as CommandOptions["indirectSelection"],
    state: text(args, "state"),
    warnError: args.warnError === true,
  };
}

/** The world as commands see it from a terminal. */
export function effects({ env, signal, log }: Terminal, emit: Emit): Effects {
  return { env, signal, emit, clock: () => new Date(), invocationId: log.invocationId, conceal: log.conceal };
}

/** An option given once; given twice is an error rather than a guess. */
export function text(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (value === undefined) return undefined;
  if (typeof value === "string") return value;
  throw new SlaError({ code: "SLA701", message: `--${name} is given more than once`, hint: "Give it once." });
}

function threads(args: Arguments): number | undefined {
  const value = args.threads;
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 64) return value;
  throw new SlaError({ code: "SLA701", message: "--threads takes a whole number from 1 to 64" });
}

function criteria(value: unknown): string[] | undefined {
  return value === undefined ? undefined : (value as string[]).map(String);
}
