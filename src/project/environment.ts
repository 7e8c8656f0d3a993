import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** Environment variables as the project sees them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's environment over the project's `.env` file. */
export function loadEnvironment(projectDir: string, env: NodeJS.ProcessEnv): Environment {
  const file = join(projectDir, ".env");
  return existsSync(file) ? { ...parseEnv(readFileSync(file, "utf8")), ...env } : env;
}

const REFERENCE = /\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/**
 * Text with `${NAME}` and `${NAME:-default}` replaced (docker compose's form; `$$` is a dollar sign).
 * Names that are not set and have no default are given to `missing` and become empty.
 */
export function interpolate(text: string, env: Environment, missing: (name: string) => void): string {
  return text.replace(REFERENCE, (whole: string, name: string | undefined, fallback: string | undefined) => {
    if (name === undefined) return whole === "$$" ? "$" : whole;
    const value = env[name];
    if (fallback !== undefined) return value || fallback;
    if (value === undefined) missing(name);
    return value ?? "";
  });
}
