import { basename } from "node:path";
import { SlaError } from "../../errors/index.js";
import type { Arguments, Terminal } from "../command.js";
import { COMPLETION_SCRIPTS } from "./scripts.js";

/** `completion`: prints the script for a shell, by default for the one of the user. */
export async function completionCommand(args: Arguments, { stdout, env }: Terminal): Promise<number> {
  const shell = String(args.shell ?? basename(env.SHELL ?? "bash"));
  if (!Object.hasOwn(COMPLETION_SCRIPTS, shell)) {
    throw new SlaError({
      code: "SLA701",
      message: `there is no completion for ${shell}`,
      hint: `Name one of ${Object.keys(COMPLETION_SCRIPTS).join(", ")}: sla completion bash.`,
    });
  }
  stdout.write(COMPLETION_SCRIPTS[shell as keyof typeof COMPLETION_SCRIPTS]);
  return 0;
}
