import { existsSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";
import { MASK, type Redaction, redaction } from "../errors/index.js";
import type { Project } from "./project.js";

/** Variables of the environment that are secret by convention, as `DBT_ENV_SECRET_` is in dbt. */
const PREFIX = /^(?:SLA|DBT)_ENV_SECRET_/;

/** Whether a project has anything that must not be shown in its SQL. */
export function hasSecrets({ secretVars, env }: Project): boolean {
  return secretVars.length > 0 || Object.keys(env).some((name) => PREFIX.test(name));
}

/** The project as others may see it: what is rendered from it shows stars where secrets stand. */
export function masked(project: Project): Project {
  const { vars, env, secretVars } = project;
  return {
    ...project,
    vars: withMasks(vars, (name) => secretVars.includes(name)),
    env: withMasks(env, (name) => PREFIX.test(name)),
  };
}

/** Variables with stars in the place of the secret ones, and of what names a place on this machine. */
export function maskedVars(
  vars: Readonly<Record<string, unknown>>,
  secretVars: readonly string[],
): Record<string, unknown> {
  return withMasks(vars, (name, value) => secretVars.includes(name) || isMachinePath(value));
}

/**
 * Takes out of a text what must not leave the machine: what the project declares secret, and the target's password, too. Of a text
 * whose SQL was rendered with masks, everyday words are `left` as they are: there they are names.
 */
export function projectRedaction(
  { dir, env, target, vars, secretVars }: Project,
  words: "hidden" | "left" = "hidden",
): Redaction {
  const { password } = target as { password?: unknown };
  return redaction({
    dir,
    env,
    secrets: [password],
    variables: secretVars
      .map((name) => vars[name])
      .filter((value) => words === "hidden" || !/^[a-z]+$/i.test(String(value))),
    folders: Object.values(vars).filter(isMachinePath).map(dirname),
  });
}

function withMasks<T>(
  values: Readonly<Record<string, T>>,
  isSecret: (name: string, value: T) => boolean,
): Record<string, T | typeof MASK> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isSecret(name, value) ? MASK : value]),
  );
}

/** Whether a variable names a file or folder of this very machine. */
function isMachinePath(value: unknown): value is string {
  return typeof value === "string" && isAbsolute(value) && dirname(value) !== "/" && existsSync(value);
}
