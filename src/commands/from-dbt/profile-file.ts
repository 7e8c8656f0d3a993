import { locateYaml, parseYaml } from "../../project/index.js";
import type { Findings } from "./findings.js";
import type { DbtFile } from "./template-file.js";

type Mapping = Record<string, unknown>;
const isMapping = (value: unknown): value is Mapping =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** What becomes of the targets of a profile. */
export interface Targets {
  targets: Mapping;
  target: string;
  /** Kind of database that the SQL was written for, if it is known. */
  dialect: string | null;
}

const MYSQL = ["mysql", "mysql5", "mariadb"];

/** The targets of a project: those of the profile that are DuckDB or MySQL, and one of each in any case. Passwords stay behind. */
export function convertProfile(
  name: string,
  profile: string | undefined,
  file: DbtFile | undefined,
  findings: Findings,
): Targets {
  const data = file && parseYaml(file);
  const chosen = isMapping(data) ? data[profile ?? name] : undefined;
  const outputs = isMapping(chosen) && isMapping(chosen.outputs) ? chosen.outputs : {};
  const targets: Mapping = {};
  for (const [target, output] of Object.entries(outputs)) {
    if (!isMapping(output)) continue;
    const type = String(output.type);
    const path = [profile ?? name, "outputs", target];
    if (type === "duckdb")
      targets[target] = {
        type,
        path: text(output.path, "warehouse.duckdb"),
        schema: text(output.schema, "main"),
      };
    else if (MYSQL.includes(type)) targets[target] = server(output, name);
    else
      findings.add({
        kind: "check",
        path: file!.path,
        line: locateYaml(file!, path, "key").line ?? 1,
        what: `the target ${target} is left out: its type is ${type}`,
        advice: "Targets are DuckDB, MySQL and MariaDB here.",
      });
  }
  const first = isMapping(chosen) ? String(chosen.target ?? Object.keys(outputs)[0] ?? "") : "";
  const defaultOutput =
    outputs[/\{\{/.test(first) ? Object.keys(outputs)[0]! : first] ?? Object.values(outputs)[0];
  const type = isMapping(defaultOutput) ? String(defaultOutput.type) : null;
  targets.local ??= { type: "duckdb", path: "warehouse.duckdb", schema: name };
  targets.mysql ??= server({}, name);
  return {
    targets,
    target: first in targets ? first : "local",
    dialect: type !== null && MYSQL.includes(type) ? "mysql" : type,
  };
}

function server(output: Mapping, name: string): Mapping {
  const password = String(output.password ?? output.pass ?? "");
  return {
    type: "mysql",
    host: text(output.server ?? output.host, "${SLA_MYSQL_HOST:-127.0.0.1}"),
    port: text(output.port, "${SLA_MYSQL_PORT:-3306}"),
    user: text(output.username ?? output.user, "${SLA_MYSQL_USER}"),
    // Only the name of a variable is taken over, never a password.
    password: /\{\{\s*env_var\s*\(/.test(password) ? text(password, "") : "${SLA_MYSQL_PASSWORD:-}",
    schema: text(output.schema ?? output.database, `\${SLA_MYSQL_SCHEMA:-${name}}`),
    ssl: "${SLA_MYSQL_SSL:-false}",
  };
}

/** A setting with its variables in our spelling. */
function text(value: unknown, other: string): unknown {
  if (value === undefined || value === null) return other;
  if (typeof value === "number") return value;
  const pattern = /\{\{\s*env_var\(\s*['"](\w+)['"]\s*(?:,\s*['"]([^'"]*)['"]\s*)?\)[^}]*\}\}/g;
  const filled = String(value).replace(pattern, (_, variable, fallback) =>
    fallback === undefined ? `\${${variable}}` : `\${${variable}:-${fallback}}`,
  );
  return filled.includes("{{") ? other : filled;
}
