import type { ResourceType } from "../../manifest/index.js";
import { MATERIALIZATIONS, mapConfigKey } from "./config-keys.js";
import { evaluate } from "./evaluate.js";
import type { Findings } from "./findings.js";
import { JinjaProblem } from "./jinja-expression.js";
import { type Part, parseJinja } from "./jinja-template.js";
import { KNOWN_CALLS } from "./known-calls.js";
import { callMacro } from "./macro-call.js";
import { rewrite } from "./rewriter.js";
import { asArgument, finished, literalsFit, withBackticks } from "./rewritten.js";
import { type Definition, Scope, type Surroundings } from "./scope.js";
import { withCasts } from "./sql-casts.js";

/** A file of the dbt project. */
export interface DbtFile {
  path: string;
  text: string;
}

/** What all templates of a project share. */
export interface Shared {
  packageName: string;
  dialect: string | null;
  macros: Map<string, Definition>;
  /** Names of all models, for versioned references. */
  models: ReadonlySet<string>;
  findings: Findings;
}

/** Databases that divide whole numbers without decimals. */
const WHOLE_QUOTIENTS = ["postgres", "redshift", "trino", "athena", "sqlserver", "sqlite"];
/** A division, outside of comments, strings and tags. */
const DIVISION = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"[^"]*"|\{[{%#][\s\S]*?[#%}]\}|(\/)/g;

/** Databases whose strings may stand in double quotes. */
const STRINGS_IN_DOUBLE_QUOTES = ["mysql", "bigquery", "spark", "databricks"];

/** The surroundings of a template in a file. */
export function surroundings(shared: Shared, file: DbtFile, type: ResourceType): Surroundings {
  const { packageName, dialect, findings } = shared;
  const around: Surroundings = {
    packageName,
    dialect,
    macros: new Map(shared.macros),
    known: KNOWN_CALLS,
    callMacro,
    depth: 0,
    version: (name, version) =>
      [`${name}_v${version}`, `${name}.v${version}`].find((one) => shared.models.has(one)),
    check: (what, at) => findings.at("check", file, at, what),
    config(entries, scope, inner) {
      const written = entries.map(({ key, value }) => {
        const mapped = mapConfigKey(type, key);
        const problem = (kind: "todo" | "check", what: string, advice?: string): string => {
          findings.at(kind, file, value.at, what, advice);
          return "";
        };
        if ("missing" in mapped) return problem(mapped.missing, `config ${key} is left out`, mapped.advice);
        try {
          const found = evaluate(value, scope, inner);
          if (
            mapped.key === "materialized" &&
            found.kind === "constant" &&
            !MATERIALIZATIONS.includes(String(found.value))
          )
            return problem(
              "todo",
              `materialized ${found.value} is left out`,
              "There are view, table, incremental and ephemeral here: see docs/models.md.",
            );
          if (found.kind === "text" && found.text.includes("{{this}}")) throw new JinjaProblem("", value.at);
          return `${mapped.key}=${asArgument(found, value.at)}`;
        } catch (error) {
          if (!(error instanceof JinjaProblem)) throw error;
          return problem(
            "todo",
            `config ${key} is left out: ${error.message || "its value is only known when it runs"}`,
            "Write it under config: in a properties file.",
          );
        }
      });
      return written.filter((one) => one !== "").join(" ");
    },
  };
  return around;
}

/** A template of dbt as one of ours; undefined where something in it could not be rewritten, which is among the findings then. */
export function convertTemplate(
  shared: Shared,
  file: DbtFile,
  type: ResourceType,
  parts?: Part[],
): string | undefined {
  let failed = false;
  const report = (problem: JinjaProblem): void => {
    failed = true;
    if (problem.message !== "") shared.findings.at("todo", file, problem.at, problem.message, problem.advice);
  };
  try {
    const around = surroundings(shared, file, type);
    const rewritten = rewrite(parts ?? parseJinja(file.text), new Scope(), around, report);
    if (!literalsFit(rewritten)) {
      const at = Math.max(0, file.text.indexOf("run_started_at"));
      report(
        new JinjaProblem(
          "run_started_at stands without quotes of its own",
          at,
          "{{run_started_at}} is a whole literal here: TIMESTAMP and quotes are part of it.",
        ),
      );
    }
    if (failed) return undefined;
    const division = [...file.text.matchAll(DIVISION)].find(([, found]) => found !== undefined);
    if (division !== undefined && WHOLE_QUOTIENTS.includes(shared.dialect ?? ""))
      shared.findings.at(
        "check",
        file,
        division.index,
        "this divides: of whole numbers, with decimals here",
        "Write DIV where they were meant to be cut.",
      );
    const text = withCasts(finished(rewritten));
    if (STRINGS_IN_DOUBLE_QUOTES.includes(shared.dialect ?? "")) return text;
    const named = withBackticks(text);
    if (named !== text && shared.dialect === null)
      shared.findings.at(
        "check",
        file,
        Math.max(0, file.text.indexOf('"')),
        "double quotes are taken for names, as in standard SQL",
        "A profiles.yml beside dbt_project.yml says which SQL it is.",
      );
    return named;
  } catch (error) {
    if (!(error instanceof JinjaProblem)) throw error;
    report(error);
    return undefined;
  }
}
