import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Compiler } from "../compile/index.js";
import { toSlaErrors } from "../errors/index.js";
import type { GraphNode, MacroNode, Manifest, ModelNode, TestNode } from "../manifest/index.js";
import { testSelect } from "../quality/index.js";
import type { SiteText } from "./site-data.js";

/** What is needed to write down a node's code. */
export interface TextScope {
  manifest: Manifest;
  compiler: Compiler;
  projectDir: string;
  /** DuckDB's text for a SELECT in MySQL's SQL. */
  translate(sql: string): Promise<string>;
}

/** How many lines of a CSV file are shown. */
const CSV_LINES = 40;

/** A node's code as it was written, and as each engine gets it. */
export async function nodeTexts(node: GraphNode | MacroNode, scope: TextScope): Promise<SiteText[]> {
  switch (node.resource_type) {
    case "macro":
      return [source(node.language, node.macro_sql)];
    case "seed":
      return node.language === "csv"
        ? [source("csv", head(fileText(node.original_file_path, scope)))]
        : [source("typescript", fileText(node.original_file_path, scope))];
    case "model":
    case "snapshot":
      return node.language === "typescript"
        ? [source("typescript", node.raw_code)]
        : [source("sql", node.raw_code), ...(await compiled(node, scope))];
    case "procedure":
      return [source("sql", node.raw_code)];
    case "test":
      if (node.unit !== undefined) return [source("json", JSON.stringify(node.unit, null, 2))];
      return [
        ...(node.test_type === "singular" ? [source("sql", node.raw_code)] : []),
        ...(await compiled(node, scope)),
      ];
    default:
      return [];
  }
}

function source(language: SiteText["language"], text: string): SiteText {
  return { title: "Source", language, text: text.trim(), problem: null };
}

async function compiled(node: ModelNode | TestNode, scope: TextScope): Promise<SiteText[]> {
  let mysql: string;
  try {
    mysql =
      node.resource_type === "test" ? testSelect(node, scope).select : scope.compiler.compile(node).code;
  } catch (error) {
    return [engine("MySQL", "", problem(error))];
  }
  try {
    return [engine("MySQL", mysql, null), engine("DuckDB", await scope.translate(mysql), null)];
  } catch (error) {
    return [engine("MySQL", mysql, null), engine("DuckDB", "", problem(error))];
  }
}

function engine(title: string, text: string, why: string | null): SiteText {
  return { title, language: "sql", text: text.trim(), problem: why };
}

const problem = (error: unknown): string =>
  toSlaErrors(error)
    .map(({ code, message }) => `${code}: ${message}`)
    .join("\n");

function fileText(path: string, { projectDir }: TextScope): string {
  try {
    return readFileSync(join(projectDir, path), "utf8");
  } catch {
    return "";
  }
}

function head(text: string): string {
  const lines = text.split("\n");
  return lines.length <= CSV_LINES
    ? text
    : `${lines.slice(0, CSV_LINES).join("\n")}\n… ${lines.length - CSV_LINES} more lines`;
}
