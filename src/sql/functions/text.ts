import { encodePattern, portablePattern } from "../pattern.js";
import type { Call, Rewriter, Typed } from "../rewrite/context.js";
import {
  binary,
  call,
  joined,
  type Node,
  NULL,
  number,
  numberValue,
  searchedCase,
  string,
  stringValue,
} from "../tree.js";
import { type FunctionRules, scalar } from "./rule.js";

/** Functions on text. Offsets and lengths count characters; comparing and searching ignores case and accents. */
export const TEXT_FUNCTIONS: FunctionRules = {
  ASCII: scalar("text", "integer", "sla_ascii"),
  CHARACTER_LENGTH: scalar("text", "integer", "length"),
  CHAR_LENGTH: scalar("text", "integer", "length"),
  CONCAT: scalar("text…", "text", (args) => joined(args.map(({ node }) => node))),
  CONCAT_WS: scalar("text text…", "text", "concat_ws"),
  ELT: scalar("number text…", "text", ([index, ...values]) => ({
    case: { operand: index!.node, whens: values.map(({ node }, at) => [number(at + 1), node]), else_: null },
  })),
  FIELD: scalar("text text…", "integer", ([sought, ...values]) => ({
    case: {
      operand: sought!.node,
      whens: values.map(({ node }, at) => [node, number(at + 1)]),
      else_: number(0),
    },
  })),
  FIND_IN_SET: scalar("text text", "integer", "sla_find_in_set"),
  HEX: scalar("any", "text", "sla_hex"),
  INSTR: scalar("text literal", "integer", ([text], written, rewriter) =>
    search(text!, 1, undefined, written, rewriter),
  ),
  LCASE: scalar("text", "text", "lower"),
  LEFT: scalar("text number", "text", "sla_left"),
  LENGTH: scalar("text", "integer", "strlen"),
  LOCATE: scalar("literal text number?", "integer", ([, text, from], written, rewriter) =>
    search(text!, 0, from, written, rewriter),
  ),
  LOWER: scalar("text", "text", "lower"),
  LPAD: scalar("text number text", "text", "sla_lpad"),
  LTRIM: scalar("text", "text", ([text]) => call("ltrim", text!.node, string(" "))),
  MID: scalar("text number number", "text", "sla_substring"),
  OCTET_LENGTH: scalar("text", "integer", "strlen"),
  POSITION: scalar("literal text", "integer", ([, text], written, rewriter) =>
    search(text!, 0, undefined, written, rewriter),
  ),
  REGEXP_INSTR: scalar("text literal", "integer", (args, written, rewriter) => {
    const pattern = portablePattern(written.args[1]!, rewriter);
    return pattern === undefined
      ? NULL
      : call("sla_regexp_instr", args[0]!.node, string(encodePattern(pattern)));
  }),
  REGEXP_REPLACE: scalar("text literal literal", "text", (args, written, rewriter) => {
    const pattern = portablePattern(written.args[1]!, rewriter);
    const replacement = stringValue(written.args[2]!);
    if (pattern === undefined) return NULL;
    if (replacement === undefined || /[\\$]/.test(replacement)) {
      return rewriter.refuse(
        "the replacement must be a string without references to groups: MySQL writes $1, MariaDB \\1",
        "Cut the text with SUBSTRING_INDEX, or match around what stays.",
        written.node,
      );
    }
    return call(
      "regexp_replace",
      args[0]!.node,
      string(encodePattern(pattern)),
      string(replacement),
      string("g"),
    );
  }),
  REPEAT: scalar("text number", "text", "sla_repeat"),
  REPLACE: scalar("text text text", "text", "replace"),
  REVERSE: scalar("text", "text", "reverse"),
  RIGHT: scalar("text number", "text", "sla_right"),
  RPAD: scalar("text number text", "text", "sla_rpad"),
  RTRIM: scalar("text", "text", ([text]) => call("rtrim", text!.node, string(" "))),
  SHA2: scalar("text literal", "text", ([text], written, rewriter) => {
    if (numberValue(written.args[1]!) === "256") return call("sha256", text!.node);
    return rewriter.refuse("only SHA2(text, 256) is portable", "Write SHA2(text, 256).", written.node);
  }),
  SPACE: scalar("number", "text", ([count]) => call("sla_repeat", string(" "), count!.node)),
  STRCMP: scalar("text text", "integer", ([left, right]) =>
    searchedCase(
      [
        [binary("lt", left!.node, right!.node), number(-1)],
        [binary("gt", left!.node, right!.node), number(1)],
        [binary("eq", left!.node, right!.node), number(0)],
      ],
      null,
    ),
  ),
  SUBSTR: scalar("text number number?", "text", "sla_substring"),
  SUBSTRING: scalar("text number number?", "text", "sla_substring"),
  SUBSTRING_INDEX: scalar("text text number", "text", "sla_substring_index"),
  TRIM: scalar("raw raw? raw?", "text", (_args, written, rewriter) => {
    const side = written.args.length === 3 ? stringValue(written.args[0]!) : "BOTH";
    const text = rewriter.text(rewriter.value(written.args.at(-1)!), written.args.at(-1)!);
    const trimmed = written.args.length === 1 ? " " : stringValue(written.args.at(-2)!);
    const trim = { BOTH: "trim", LEADING: "ltrim", TRAILING: "rtrim" }[side ?? ""];
    if (trim === undefined || trimmed === undefined || [...trimmed].length !== 1) {
      return rewriter.refuse(
        "TRIM takes off one character, given as a string",
        "Write TRIM(LEADING '0' FROM x).",
        written.node,
      );
    }
    return call(trim, text, string(trimmed));
  }),
  UCASE: scalar("text", "text", "upper"),
  UPPER: scalar("text", "text", "upper"),
};

/** The place of a string in a text. MySQL finds A in ä, MariaDB does not: letters are refused. */
function search(
  text: Typed,
  at: number,
  from: Typed | undefined,
  written: Call,
  rewriter: Rewriter,
): Typed | Node {
  const sought = stringValue(written.args[at]!);
  if (sought === undefined || /\p{L}/u.test(sought)) {
    return rewriter.refuse(
      `${written.name} for letters: MySQL finds A in ä, MariaDB does not`,
      "Test with LIKE '%text%', cut with SUBSTRING_INDEX, or look for a string without letters.",
      written.node,
    );
  }
  if (from === undefined) return call("instr", text.node, string(sought));
  return call("sla_locate", string(sought), text.node, from.node);
}
