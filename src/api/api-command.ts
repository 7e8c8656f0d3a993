import type { Effects } from "../commands/index.js";

/** What every function of the API may be given of the world, besides its options. */
export interface World {
  /** Environment variables, for targets and `env_var`; none unless given: `env: process.env`. A project's `.env` file counts below them. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Told what happens, as it happens. */
  onEvent?: Effects["emit"] | undefined;
  /** Ends the command: running statements are cancelled, and nothing half-done is published. */
  signal?: AbortSignal | undefined;
  /** What time it is. */
  clock?: (() => Date) | undefined;
}

/** Options of a command, with the project's folder optional: the current one. */
export type Given<Options> = Omit<Options, "projectDir"> & { projectDir?: string | undefined } & World;

/** A command of `sla` as a function. It neither prints nor exits; what is wrong is thrown. */
export type ApiCommand<Options, Result> =
  Record<never, never> extends Given<Options>
    ? (options?: Given<Options>) => Promise<Result>
    : (options: Given<Options>) => Promise<Result>;

/** Makes a function of a command. The command, and all that it needs, is loaded when it is called. */
export function apiCommand<Options extends { projectDir: string }, Result>(
  load: () => Promise<(options: Options, effects: Effects) => Promise<Result> | Result>,
): ApiCommand<Options, Result> {
  const call = async (given: World & { projectDir?: string | undefined } = {}): Promise<Result> => {
    const {
      env = {},
      onEvent = () => {},
      signal = new AbortController().signal,
      clock = () => new Date(),
      ...options
    } = given;
    const run = await load();
    const effects = { env: env as NodeJS.ProcessEnv, emit: onEvent, signal, clock };
    return run({ projectDir: ".", ...options } as unknown as Options, effects);
  };
  return call as ApiCommand<Options, Result>;
}
