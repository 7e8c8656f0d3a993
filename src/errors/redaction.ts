import { homedir } from "node:os";
import { fileURLToPath } from "node:url";

/** What stands in the place of a secret. */
export const MASK = "*****";

/** Names of variables of the environment whose values nobody may read. */
const SECRET_NAME = /PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL/i;

/** Shorter ones would blot out half of the text. */
const SHORTEST = 5;

/** Where this package is installed: the stack of an error may name it. Asked for late, since browsers load this floor and have no such place. */
const packageFolder = (): string => fileURLToPath(new URL("../../", import.meta.url));

/** Takes out of a text, JSON included, what must not leave the machine. */
export type Redaction = (text: string) => string;

/** What must not leave the machine. */
export interface Secrets {
  /** The project's folder. */
  dir: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Passwords: blotted out wherever they stand. */
  secrets?: readonly unknown[];
  /**
   * Values of secret variables. Of one that is an everyday word only the SQL literal is blotted out: the word itself stands in names,
   * too.
   */
  variables?: readonly unknown[];
  /** Folders beside the project's. */
  folders?: readonly string[];
}

/**
 * Blots out passwords, those named and those of the environment, which a template may have put into SQL, and the folders of the
 * project, of this package and of the user, which a message may name.
 */
export function redaction(of: Secrets): Redaction {
  const named = Object.entries(of.env).flatMap(([name, value]) => (SECRET_NAME.test(name) ? [value] : []));
  const variables = (of.variables ?? [])
    .filter((value) => typeof value === "string" || typeof value === "number")
    .map(String);
  const apart = variables.filter((value) => !/^[a-z]+$/i.test(value));
  const secrets = [...(of.secrets ?? []), ...named, ...apart].filter(
    (value): value is string => typeof value === "string" && value.length >= SHORTEST,
  );
  const blots = new Map<string, string>();
  for (const secret of secrets.sort((a, b) => b.length - a.length))
    for (const form of [secret, inLiteral(secret)])
      for (const text of [form, quoted(form)]) blots.set(text, MASK);
  for (const value of variables) blots.set(quoted(`'${inLiteral(value)}'`), `'${MASK}'`);
  for (const folder of of.folders ?? []) blots.set(`${quoted(folder)}/`, "");
  blots.set(`${quoted(of.dir)}/`, "");
  blots.set(quoted(of.dir), ".");
  blots.set(quoted(packageFolder()), "");
  const home = homedir();
  if (home.length >= SHORTEST) blots.set(`${quoted(home)}/`, "~/");
  const pairs = [...blots];
  return (text) =>
    pairs.reduce((left, [what, by]) => (left.includes(what) ? left.replaceAll(what, by) : left), text);
}

/** As it stands within a literal of SQL. */
const inLiteral = (text: string): string => text.replaceAll("'", "''");

/** As it stands within JSON. */
const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);
