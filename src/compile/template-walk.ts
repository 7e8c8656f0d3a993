import type { Program } from "./template-parser.js";

/** What a name in a template stands for where it is used. */
export type Meaning =
  /** A field of the item of an `each` or `with` around it. */
  | "item"
  /** A parameter of the macro, or of an `each … as |name|`. */
  | "parameter"
  /** Data that every template has: `target`, `this`, `is_incremental`, `run_started_at`. */
  | "value"
  /** A built-in or a macro. */
  | "call";

/** A use of a name: `{{name}}`, `{{name a b=c}}`, `(name a)` or, as an argument, `name`. */
export interface Use {
  path: hbs.AST.PathExpression;
  params: readonly hbs.AST.Expression[];
  hash: readonly hbs.AST.HashPair[];
  meaning: Meaning;
  /** Whether it stands as an argument, where a macro would need parentheses. */
  bare: boolean;
  /** Whether it stands in an `each` or `with` without names for the items. */
  inItem: boolean;
  /** Whether it stands in a block, which may not be rendered. */
  inBlock: boolean;
  /** The whole tag or expression. */
  loc: hbs.AST.SourceLocation;
  /** The call it is an argument of. */
  argumentOf: hbs.AST.PathExpression | undefined;
}

/** What a walk over a template reports; what is not wanted can be left out. */
export interface Visitor {
  use?(use: Use): void;
  /** A part of the template that we do not support: partials, decorators, unknown blocks. */
  unsupported?(what: string, loc: hbs.AST.SourceLocation): void;
  /** Every list of statements, before its statements. */
  program?(program: Program): void;
}

/** Names of the data that every template has. */
export const VALUES = ["target", "this", "is_incremental", "run_started_at"] as const;
/** Blocks of Handlebars that may be used. */
export const BLOCKS = ["if", "unless", "each", "with"];

interface Scope {
  parameters: readonly string[];
  inItem: boolean;
  inBlock: boolean;
}

/** Visits all names in a template in every branch, with what they mean where they stand. */
export function walkTemplate(program: Program, visitor: Visitor, parameters: readonly string[] = []): void {
  walkProgram(program, visitor, { parameters, inItem: false, inBlock: false });
}

function walkProgram(program: Program, visitor: Visitor, scope: Scope): void {
  visitor.program?.(program);
  // The visitor may add statements while we walk.
  for (const statement of [...program.body]) walkStatement(statement, visitor, scope);
}

function walkStatement(statement: hbs.AST.Statement, visitor: Visitor, scope: Scope): void {
  switch (statement.type) {
    case "MustacheStatement":
      walkCall(statement as hbs.AST.MustacheStatement, visitor, scope, undefined, statement.loc);
      break;
    case "BlockStatement":
      walkBlock(statement as hbs.AST.BlockStatement, visitor, scope);
      break;
    case "PartialStatement":
    case "PartialBlockStatement":
      visitor.unsupported?.("a partial", statement.loc);
      break;
    case "DecoratorBlock":
    case "Decorator":
      visitor.unsupported?.("a decorator", statement.loc);
  }
}

function walkBlock(block: hbs.AST.BlockStatement, visitor: Visitor, scope: Scope): void {
  const name = block.path.original;
  if (!BLOCKS.includes(name)) {
    visitor.unsupported?.(`the block {{#${name}}}`, block.loc);
    return;
  }
  for (const param of block.params) walkExpression(param, visitor, scope, undefined);
  for (const pair of block.hash?.pairs ?? []) walkExpression(pair.value, visitor, scope, undefined);
  const names = block.program?.blockParams ?? [];
  const changesItem = name === "each" || name === "with";
  const inner: Scope = {
    parameters: [...scope.parameters, ...names],
    inItem: scope.inItem || changesItem,
    inBlock: true,
  };
  if (block.program) walkProgram(block.program, visitor, inner);
  if (block.inverse) walkProgram(block.inverse, visitor, { ...scope, inBlock: true });
}

function walkExpression(
  node: hbs.AST.Expression,
  visitor: Visitor,
  scope: Scope,
  argumentOf: hbs.AST.PathExpression | undefined,
): void {
  if (node.type === "SubExpression") {
    walkCall(node as hbs.AST.SubExpression, visitor, scope, argumentOf, node.loc);
  } else if (node.type === "PathExpression") {
    const path = node as hbs.AST.PathExpression;
    report(path, [], [], true, node.loc, visitor, scope, argumentOf);
  }
}

function walkCall(
  call: hbs.AST.MustacheStatement | hbs.AST.SubExpression,
  visitor: Visitor,
  scope: Scope,
  argumentOf: hbs.AST.PathExpression | undefined,
  loc: hbs.AST.SourceLocation,
): void {
  if (call.path.type !== "PathExpression") {
    visitor.unsupported?.("a literal in place of a name", loc);
    return;
  }
  const path = call.path as hbs.AST.PathExpression;
  const pairs = call.hash?.pairs ?? [];
  report(path, call.params, pairs, false, loc, visitor, scope, argumentOf);
  for (const param of call.params) walkExpression(param, visitor, scope, path);
  for (const pair of pairs) walkExpression(pair.value, visitor, scope, path);
}

function report(
  path: hbs.AST.PathExpression,
  params: readonly hbs.AST.Expression[],
  hash: readonly hbs.AST.HashPair[],
  bare: boolean,
  loc: hbs.AST.SourceLocation,
  visitor: Visitor,
  scope: Scope,
  argumentOf: hbs.AST.PathExpression | undefined,
): void {
  const meaning = meaningOf(path, scope, params.length + hash.length > 0);
  const { inItem, inBlock } = scope;
  visitor.use?.({ path, params, hash, meaning, bare, inItem, inBlock, loc, argumentOf });
}

function meaningOf(path: hbs.AST.PathExpression, scope: Scope, called: boolean): Meaning {
  const first = path.parts[0] as string | undefined;
  if (path.data || path.depth > 0) return "item";
  if (first === undefined || path.original.startsWith("this.") || path.original.startsWith("./")) {
    return scope.inItem || path.original !== "this" ? "item" : "value";
  }
  if (scope.parameters.includes(first)) return "parameter";
  if ((VALUES as readonly string[]).includes(first)) return "value";
  return path.parts.length > 1 && scope.inItem && !called ? "item" : "call";
}
