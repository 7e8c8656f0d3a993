import { type SlaError, throwIfAny } from "../errors/index.js";
import { write } from "./generate.js";
import { outputNames } from "./output-names.js";
import { loadParser, type Parser } from "./polyglot.js";
import { type Prepared, prepare } from "./prepare.js";
import { type Problem, toErrors } from "./problem.js";
import { TreeRewriter } from "./rewrite/rewriter.js";
import { describeSyntaxError } from "./syntax-error.js";
import type { Node } from "./tree.js";

/** DuckDB's text for a SELECT in MySQL's SQL; throws every problem found. */
export async function translate(sql: string): Promise<string> {
  const parser = await loadParser();
  const { problems, tree } = analyze(sql, parser);
  throwIfAny(toErrors(sql, problems));
  return write(tree!);
}

/** Every problem of a SELECT, in the order of its text. */
export async function lint(sql: string): Promise<SlaError[]> {
  const { problems } = analyze(sql, await loadParser());
  return toErrors(sql, problems);
}

/** Only what no MySQL would parse. */
export async function checkSyntax(sql: string): Promise<SlaError[]> {
  const { problems } = analyze(sql, await loadParser());
  return toErrors(
    sql,
    problems.filter(({ code }) => code === "SLA301"),
  );
}

function analyze(sql: string, parser: Parser): { problems: Problem[]; tree: Node | undefined } {
  const prepared = prepare(sql);
  const parsed = parse(prepared, sql, parser);
  if (parsed.tree === undefined) {
    // What was found in the tokens explains why the parser stopped, or makes it moot.
    const problems = prepared.problems.length > 0 ? prepared.problems : parsed.problems;
    return { problems, tree: undefined };
  }
  const rewriter = new TreeRewriter(prepared);
  const tree = rewriter.outermost(parsed.tree, outputNames(prepared.tokens, sql));
  const problems = prepared.problems.filter(({ start }) => !rewriter.allowed.has(start));
  return { problems: [...problems, ...rewriter.problems], tree };
}

function parse(
  prepared: Prepared,
  sql: string,
  parser: Parser,
): { problems: Problem[]; tree: Node | undefined } {
  const parsed = parser.parse(prepared.map.text);
  if (!parsed.ok) return { problems: [describeSyntaxError(parsed, prepared, sql)], tree: undefined };
  const [tree, ...others] = parsed.statements;
  if (tree === undefined || others.length > 0) {
    const message = tree === undefined ? "there is no SELECT" : "there is more than one statement";
    const hint = "A model is one SELECT, with or without WITH.";
    return { problems: [{ code: "SLA301", message, hint, start: 0, end: sql.length }], tree: undefined };
  }
  return { problems: [], tree };
}
