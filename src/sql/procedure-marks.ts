import { type Token, tokenize } from "./lexer.js";
import { nameOf } from "./statement-tokens.js";

/** A table that a body writes. */
export interface WrittenName {
  /** As it is written, without quotes: one part, or schema and name. */
  parts: string[];
  start: number;
  end: number;
}

/** What a statement between would disturb: it asks about the one before. */
const ASKS = /^(ROW_COUNT|FOUND_ROWS|LAST_INSERT_ID|DIAGNOSTICS|WARNINGS|ERRORS)$/;

/** A block of a body; an expression's CASE is one that holds no statements. */
interface Block {
  kind: string;
  handler: boolean;
}

/** What stands in front of the first statement of a block, or of a branch of it. */
const OPENERS: Record<string, RegExp> = {
  THEN: /^(IF|CASE)$/,
  ELSE: /^(IF|CASE)$/,
  DO: /^(WHILE|FOR)$/,
  LOOP: /^LOOP$/,
  REPEAT: /^REPEAT$/,
};

/**
 * Where statements of a body start, as far as another statement may stand in front of them: what tells which of them failed.
 * None where the body asks about its own last statement. Handlers are left out: they run when something has failed already.
 */
export function statementStarts(body: string): number[] {
  const tokens = wordsOf(body);
  if (tokens.some(({ upper }) => ASKS.test(upper))) return [];
  const starts: number[] = [];
  const blocks: Block[] = [];
  let handler = false;
  let labelled = -1;
  for (const [index, token] of tokens.entries()) {
    if (tokens[index + 1]?.text === ":") labelled = index + 2;
    if (token.type !== "word" && token.type !== "name" && token.text !== ";") continue;
    const isStart = index > 0 && opens(tokens[index - 1]!, blocks.at(-1));
    if (isStart) handler = false;
    const inHandler = blocks.some((block) => block.handler);
    if (isStart && !inHandler && !/^(DECLARE|END|ELSE|ELSEIF|WHEN|UNTIL|;)$/.test(token.upper))
      starts.push(token.start);
    if (token.upper === "HANDLER") handler = true;
    const first = isStart || index === labelled;
    if (token.upper === "BEGIN") blocks.push({ kind: "BEGIN", handler });
    else if (token.upper === "CASE" && tokens[index - 1]?.upper !== "END")
      blocks.push({ kind: first ? "CASE" : "expression", handler: false });
    else if (first && /^(IF|WHILE|LOOP|REPEAT|FOR)$/.test(token.upper))
      blocks.push({ kind: token.upper, handler: false });
    else if (token.upper === "END") blocks.pop();
  }
  return starts;
}

/** Whether a statement may follow this token, the block that it stands in being `block`. */
function opens(before: Token, block: Block | undefined): boolean {
  if (before.text === ";" || before.upper === "BEGIN") return true;
  return block !== undefined && before.type === "word" && OPENERS[before.upper]?.test(block.kind) === true;
}

/** The tables that a body writes: the targets of INSERT, REPLACE, UPDATE, DELETE and TRUNCATE. */
export function writtenNames(body: string): WrittenName[] {
  const tokens = wordsOf(body);
  const found: WrittenName[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type !== "word" || !isWrite(tokens, index)) continue;
    let at = index + 1;
    while (
      /^(LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|QUICK|INTO|FROM|TABLE)$/.test(tokens[at]?.upper ?? "")
    )
      at += 1;
    const parts: string[] = [];
    const start = tokens[at];
    while (tokens[at]?.type === "word" || tokens[at]?.type === "name") {
      parts.push(nameOf(tokens[at]!));
      if (tokens[at + 1]?.text !== ".") break;
      at += 2;
    }
    if (start !== undefined && parts.length > 0)
      found.push({ parts, start: start.start, end: tokens[at]!.end });
  }
  return found;
}

/** A word that starts a writing statement, and not a function, a key's action or a locking read. */
function isWrite(tokens: readonly Token[], index: number): boolean {
  const { upper } = tokens[index]!;
  const before = tokens[index - 1];
  if (!/^(INSERT|REPLACE|UPDATE|DELETE|TRUNCATE)$/.test(upper) || tokens[index + 1]?.text === "(")
    return false;
  return (
    !/^(FOR|ON|KEY|,|\.|AS)$/.test(before?.upper ?? "") && !(upper === "UPDATE" && before?.upper === "KEY")
  );
}

function wordsOf(body: string): Token[] {
  return tokenize(body).tokens.filter(({ type }) => type !== "comment");
}
