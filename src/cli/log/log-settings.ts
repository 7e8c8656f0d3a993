import { SlaError } from "../../errors/index.js";
import { LOG_LEVELS, type LogThreshold } from "./log-level.js";

/** The forms of the log. */
export const LOG_FORMATS = ["text", "json"] as const;

/** What may be said of the level. */
export const LOG_THRESHOLDS = [...LOG_LEVELS, "none"] as const;

/** How the command line wants to be told what happens. */
export interface LogSettings {
  format: (typeof LOG_FORMATS)[number];
  level: LogThreshold;
  /** Folder of a file that takes all events. */
  path: string | undefined;
  /** Whether to colour; as the terminal has it when undefined. */
  color: boolean | undefined;
}

const VALUES = { "--log-format": "format", "--log-level": "level", "--log-path": "path" } as const;
const COLORS: Readonly<Record<string, boolean>> = {
  "--color": true,
  "--use-colors": true,
  "--no-color": false,
  "--no-use-colors": false,
};
/** Flags of one letter that may be written together. */
const CLUSTER = /^-[a-z]*q[a-z]*$/;

/**
 * Reads the options of the log, wherever they stand among the others, and the variables for them. It goes before the parser of
 * the command line, whose complaints are in the log, too; what is not valid is left to that parser.
 */
export function logSettings(argv: readonly string[], env: NodeJS.ProcessEnv): LogSettings {
  const found: Record<string, string | undefined> = {
    format: env.SLA_LOG_FORMAT || undefined,
    level: env.SLA_LOG_LEVEL || undefined,
    path: env.SLA_LOG_PATH || undefined,
  };
  let quiet = false;
  let color: boolean | undefined;
  for (const [at, word] of argv.entries()) {
    if (word === "--") break;
    const [name, value] = word.split(/=(.*)/s) as [string, string | undefined];
    if (name in VALUES) found[VALUES[name as keyof typeof VALUES]] = value ?? argv[at + 1];
    if (name === "--quiet" || CLUSTER.test(name)) quiet = value !== "false";
    if (name in COLORS) color = COLORS[name]! === (value !== "false");
  }
  const level = isOneOf(LOG_THRESHOLDS, found.level) ? found.level : "info";
  return {
    format: isOneOf(LOG_FORMATS, found.format) ? found.format : "text",
    level: quiet && level !== "none" ? "error" : level,
    path: found.path,
    color,
  };
}

/** Throws when a variable of the environment has a value that its option would not take. */
export function checkLogVariables(env: NodeJS.ProcessEnv): void {
  for (const [name, values] of [
    ["SLA_LOG_FORMAT", LOG_FORMATS],
    ["SLA_LOG_LEVEL", LOG_THRESHOLDS],
  ] as const) {
    const value = env[name];
    if (!value || isOneOf(values, value)) continue;
    throw new SlaError({
      code: "SLA701",
      message: `the environment variable ${name} is "${value}"`,
      hint: `It takes ${values.join(", ")}.`,
    });
  }
}

function isOneOf<T extends string>(values: readonly T[], value: string | undefined): value is T {
  return values.includes(value as T);
}
