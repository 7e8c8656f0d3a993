import type { Options } from "yargs";
import type { Log } from "./log/log.js";

/** What a command may use of the process. */
export interface Terminal {
  projectDir: string;
  signal: AbortSignal;
  env: NodeJS.ProcessEnv;
  /** What a command says of itself is not printed here as it is where the log is JSON or quiet; what it `prints`, is. */
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** The stdout of the process. */
  screen: NodeJS.WriteStream;
  log: Log;
  /** All commands, for those that tell of them. */
  commands: readonly CliCommand[];
}

/** Arguments as yargs gives them. */
export type Arguments = Record<string, unknown>;

/** A command of the command line. What it needs is loaded when it runs, so that help stays fast. */
export interface CliCommand {
  usage: string | string[];
  describe: string;
  options: Record<string, Options>;
  examples: [string, string][];
  /** Options that the command does not know are its arguments. */
  takesAny?: boolean;
  /** What it prints on stdout is what was asked for: the log keeps away from it, and no level silences it. */
  prints?: boolean | ((args: Arguments) => boolean);
  /** Resolves with the exit code. */
  run(args: Arguments, terminal: Terminal): Promise<number>;
}
