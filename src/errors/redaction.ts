import { homedir } from "node:os";
import { fileURLToPath } from "node:url";

/** Names of variables of the environment whose values nobody may read. */
const SECRET_NAME = /PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL/i;

/** Shorter ones would blot out half of the text. */
const SHORTEST = 5;

/** Where this package is installed: the stack of an error may name it. */
const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));

/** Takes out of a text, JSON included, what must not leave the machine. */
export type Redaction = (text: string) => string;

/**
 * Blots out passwords, those named and those of the environment, which a template may have put into SQL, and the folders of the
 * project, of this package and of the user, which a message may name.
 */
export function redaction(of: {
  dir: string;
  env: Readonly<Record<string, string | undefined>>;
  secrets?: readonly unknown[];
}): Redaction {
  const named = Object.entries(of.env).flatMap(([name, value]) => (SECRET_NAME.test(name) ? [value] : []));
  const secrets = [...(of.secrets ?? []), ...named].filter(
    (value): value is string => typeof value === "string" && value.length >= SHORTEST,
  );
  const home = homedir();
  const blots: [string, string][] = [
    ...[...new Set(secrets)].map((secret): [string, string] => [quoted(secret), "•••"]),
    [`${quoted(of.dir)}/`, ""],
    [quoted(of.dir), "."],
    [quoted(PACKAGE), ""],
    ...(home.length < SHORTEST ? [] : [[`${quoted(home)}/`, "~/"] as [string, string]]),
  ];
  return (text) => blots.reduce((left, [what, by]) => left.replaceAll(what, by), text);
}

/** As it stands within JSON. */
const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);
