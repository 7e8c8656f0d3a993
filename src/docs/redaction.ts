import { fileURLToPath } from "node:url";
import type { Project } from "../project/index.js";

/** Names of variables of the environment whose values nobody may read. */
const SECRET_NAME = /PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL/i;

/** Shorter ones would blot out half of the text. */
const SHORTEST = 5;

/** Where this package is installed: the stack of an error may name it. */
const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Takes out of a text what must not leave the machine: passwords of the target and of the environment, which a template
 * may have put into SQL, and the folders of the project and of this package, which a message may name.
 */
export function redaction(project: Project): (text: string) => string {
  const target = project.target as { password?: unknown };
  const secrets = [
    target.password,
    ...Object.entries(project.env).flatMap(([name, value]) => (SECRET_NAME.test(name) ? [value] : [])),
  ].filter((value): value is string => typeof value === "string" && value.length >= SHORTEST);
  const blots: [string, string][] = [
    ...[...new Set(secrets)].map((secret): [string, string] => [quoted(secret), "•••"]),
    [`${quoted(project.dir)}/`, ""],
    [quoted(project.dir), "."],
    [quoted(PACKAGE), ""],
  ];
  return (text) => blots.reduce((left, [what, by]) => left.replaceAll(what, by), text);
}

/** As it stands within JSON. */
const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);
