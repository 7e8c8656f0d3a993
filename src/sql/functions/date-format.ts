import type { Call, Rewriter, Typed } from "../rewrite/context.js";
import { call, cast, joined, type Node, paren, string } from "../tree.js";

/** What each code of DATE_FORMAT is for strftime, or the macro that gives it. */
const CODES: Readonly<Record<string, string | { macro: string }>> = {
  "%": "%%",
  a: "%a",
  b: "%b",
  c: "%-m",
  d: "%d",
  e: "%-d",
  f: "%f",
  h: "%I",
  H: "%H",
  i: "%M",
  I: "%I",
  j: "%j",
  k: "%-H",
  l: "%-I",
  m: "%m",
  M: "%B",
  p: "%p",
  r: "%I:%M:%S %p",
  s: "%S",
  S: "%S",
  T: "%H:%M:%S",
  u: { macro: "sla_week_1" },
  U: { macro: "sla_week_0" },
  v: { macro: "sla_week_3" },
  V: { macro: "sla_week_2" },
  w: "%w",
  W: "%A",
  x: "%G",
  X: { macro: "sla_week_year_2" },
  y: "%y",
  Y: "%Y",
};

const PARSED = "YymcdeHkhIlisSTpbM";

/** DATE_FORMAT(date, format). */
export function formatDate(date: Node, format: string | undefined, written: Call, rewriter: Rewriter): Typed {
  if (format === undefined) {
    return rewriter.refuse(
      "the format must be a string",
      `Write ${written.name}(d, '%Y-%m-%d').`,
      written.node,
    );
  }
  const pieces: Node[] = [];
  let pattern = "";
  const flush = (): void => {
    if (pattern !== "") pieces.push(call("strftime", cast(date, "TIMESTAMP"), string(pattern)));
    pattern = "";
  };
  for (const [piece] of format.matchAll(/%[\s\S]|[\s\S]/g)) {
    const code =
      piece.length === 2 && piece[0] === "%" ? CODES[piece[1]!] : piece === "%" ? undefined : piece;
    if (code === undefined) return unknownCode(piece, Object.keys(CODES).join(""), written, rewriter);
    if (typeof code === "string") {
      pattern += code;
    } else {
      flush();
      pieces.push(
        code.macro.endsWith("year_2")
          ? call(code.macro, date)
          : call("sla_two_digits", call(code.macro, date)),
      );
    }
  }
  flush();
  if (pieces.length === 0) return { node: string(""), kind: "text" };
  return { node: joined(pieces), kind: "text" };
}

/** STR_TO_DATE(text, format): a date if the format has no time in it. */
export function parseFormat(
  text: Node,
  format: string | undefined,
  written: Call,
  rewriter: Rewriter,
): Typed {
  if (format === undefined) {
    return rewriter.refuse("the format must be a string", "Write STR_TO_DATE(x, '%Y-%m-%d').", written.node);
  }
  let pattern = "";
  for (const [piece] of format.matchAll(/%[\s\S]|[\s\S]/g)) {
    const code = piece[0] === "%" ? (PARSED.includes(piece[1] ?? " ") ? CODES[piece[1]!] : undefined) : piece;
    if (typeof code !== "string") return unknownCode(piece, PARSED, written, rewriter);
    pattern += code.replace("%-", "%");
  }
  const hasDate = /%[Yymcdeb]/i.test(format) && /%[Yy]/.test(format);
  if (!hasDate) {
    return rewriter.refuse(
      "the format has no year: the result would be a time",
      "Parse dates and date-times.",
      written.node,
    );
  }
  const parsed = call("try_strptime", text, string(pattern));
  if (/%[HkhIlisSTp]/.test(format)) return { node: parsed, kind: "datetime" };
  return { node: paren(cast(parsed, "DATE")), kind: "date" };
}

function unknownCode(piece: string, known: string, written: Call, rewriter: Rewriter): Typed {
  const codes = [...known].map((code) => `%${code}`).join(" ");
  return rewriter.refuse(
    `the format code ${piece} of ${written.name} is not portable`,
    `Portable are ${codes}.`,
    written.node,
  );
}
