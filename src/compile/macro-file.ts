import { didYouMean, SlaError, throwIfAny } from "../errors/index.js";
import { BUILT_INS } from "./built-in.js";
import { readFacts, type TemplateFacts } from "./template-facts.js";
import { locationOf, type Program, parseTemplate, type TemplateText } from "./template-parser.js";
import { BLOCKS, VALUES } from "./template-walk.js";

/** A parameter of a macro; without a default, callers must give it. */
export interface MacroParameter {
  name: string;
  required: boolean;
  default: unknown;
}

/** A macro written in SQL, without being rendered. */
export interface SqlMacro extends TemplateFacts {
  name: string;
  parameters: MacroParameter[];
  /** The whole block as it is written. */
  text: string;
  line: number;
  column: number;
}

/** The definition of a macro in a parsed file. */
export interface MacroBlock {
  name: string;
  parameters: MacroParameter[];
  body: Program;
}

/** What a file defines: macros, or generic tests, which are written alike. */
export type BlockKeyword = "macro" | "test";

/** Reads a file of macros; throws everything that is wrong with it. */
export function readMacroFile(file: TemplateText): SqlMacro[] {
  return readBlocks(file, "macro");
}

/** Reads a file of generic tests; throws everything that is wrong with it. */
export function readTestFile(file: TemplateText): SqlMacro[] {
  return readBlocks(file, "test");
}

function readBlocks(file: TemplateText, keyword: BlockKeyword): SqlMacro[] {
  const errors: SlaError[] = [];
  const macros: SqlMacro[] = [];
  const lines = file.text.split("\n");
  for (const block of macroBlocks(file, keyword, errors)) {
    const { parameters } = block;
    const facts = readFacts(
      file,
      block.body,
      parameters.map(({ name }) => name),
      errors,
    );
    for (const entry of facts.config) {
      errors.push(
        new SlaError({
          code: "SLA206",
          message: `config cannot stand in a ${keyword}`,
          hint:
            keyword === "macro"
              ? "Put it into the models, or into project.yml for a folder of them."
              : "Put it where the test is applied, or into project.yml.",
          location: { path: file.path, line: entry.line, column: entry.column },
        }),
      );
    }
    const { start, end } = block.loc;
    macros.push({
      ...facts,
      config: [],
      name: block.name,
      parameters,
      text: lines.slice(start.line - 1, end.line).join("\n"),
      line: start.line,
      column: start.column + 1,
    });
  }
  throwIfAny(errors);
  return macros;
}

/** The macros of a file, parsed, for rendering. */
export function parseMacroFile(file: TemplateText, keyword: BlockKeyword): MacroBlock[] {
  return macroBlocks(file, keyword, []);
}

function macroBlocks(
  file: TemplateText,
  keyword: BlockKeyword,
  errors: SlaError[],
): (MacroBlock & { loc: hbs.AST.SourceLocation })[] {
  const found: (MacroBlock & { loc: hbs.AST.SourceLocation })[] = [];
  const fail = (message: string, loc: hbs.AST.SourceLocation, hint?: string) =>
    errors.push(new SlaError({ code: "SLA206", message, hint, location: locationOf(file, loc) }));
  for (const statement of parseTemplate(file).body) {
    if (statement.type === "CommentStatement") continue;
    if (statement.type === "ContentStatement") {
      const text = (statement as hbs.AST.ContentStatement).original as unknown as string;
      if (withoutComments(text).trim() !== "") {
        fail(`this text stands outside of a ${keyword}`, statement.loc, writtenAs(keyword));
      }
      continue;
    }
    const block = statement as hbs.AST.BlockStatement;
    if (block.type !== "BlockStatement" || block.path.original !== keyword) {
      const hint = block.type === "BlockStatement" ? didYouMean(block.path.original, [keyword]) : undefined;
      fail(`only {{#${keyword}}} blocks can stand in a file of ${keyword}s`, block.loc, hint);
      continue;
    }
    const [first, ...rest] = block.params;
    if (first?.type !== "PathExpression") {
      fail(`this ${keyword} has no name`, block.loc, writtenAs(keyword));
      continue;
    }
    const name = (first as hbs.AST.PathExpression).original;
    if (!/^[A-Za-z_]\w*$/.test(name) || isReserved(name)) {
      fail(
        `a ${keyword} cannot be called "${name}"`,
        first.loc,
        isReserved(name) ? "It is the name of a built-in." : undefined,
      );
      continue;
    }
    const parameters = readParameters(rest, block.hash?.pairs ?? [], fail);
    found.push({ name, parameters, body: block.program, loc: block.loc });
  }
  return found;
}

function writtenAs(keyword: BlockKeyword): string {
  return keyword === "macro"
    ? "A macro is written {{#macro name parameter …}}SQL{{/macro}}."
    : "A test is written {{#test name model column_name …}}SELECT …{{/test}}.";
}

function readParameters(
  words: readonly hbs.AST.Expression[],
  pairs: readonly hbs.AST.HashPair[],
  fail: (message: string, loc: hbs.AST.SourceLocation, hint?: string) => void,
): MacroParameter[] {
  const parameters: MacroParameter[] = [];
  const add = (parameter: MacroParameter, loc: hbs.AST.SourceLocation) => {
    if (parameters.some(({ name }) => name === parameter.name))
      fail(`there are two parameters "${parameter.name}"`, loc);
    else if (isReserved(parameter.name))
      fail(`a parameter cannot be called "${parameter.name}"`, loc, "It is the name of a built-in.");
    else parameters.push(parameter);
  };
  for (const word of words) {
    const name = word.type === "PathExpression" ? (word as hbs.AST.PathExpression).original : undefined;
    if (name === undefined || !/^[A-Za-z_]\w*$/.test(name))
      fail("a parameter is a bare word, or word=default", word.loc);
    else add({ name, required: true, default: null }, word.loc);
  }
  for (const { key, value, loc } of pairs) {
    if (!/^(?:String|Number|Boolean|Null)Literal$/.test(value.type)) {
      fail(`the default of "${key}" must be a string, a number, true, false or null`, loc);
    } else {
      add({ name: key, required: false, default: (value as hbs.AST.StringLiteral).value ?? null }, loc);
    }
  }
  return parameters;
}

function isReserved(name: string): boolean {
  return (
    Object.hasOwn(BUILT_INS, name) || (VALUES as readonly string[]).includes(name) || BLOCKS.includes(name)
  );
}

function withoutComments(text: string): string {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, "");
}
