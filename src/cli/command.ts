import type { Options } from "yargs";

/** What a command may use of the process. */
export interface Terminal {
  projectDir: string;
  signal: AbortSignal;
  env: NodeJS.ProcessEnv;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
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
  /** Resolves with the exit code. */
  run(args: Arguments, terminal: Terminal): Promise<number>;
}
