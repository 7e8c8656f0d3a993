import type { Call, Rewriter, Typed } from "../rewrite/context.js";
import { shiftBy, shiftByInterval } from "../rewrite/shift.js";
import { call, type Node, numberValue, stringValue, typeOf } from "../tree.js";
import { formatDate, parseFormat } from "./date-format.js";
import { type FunctionRules, scalar } from "./rule.js";

/** Functions on dates and date-times. */
export const DATE_FUNCTIONS: FunctionRules = {
  ADDDATE: scalar("raw raw", "unknown", (_args, written, rewriter) => add(written, rewriter, 1)),
  DATE: scalar("date", "date", "sla_date"),
  DATEDIFF: scalar("date date", "integer", "sla_datediff"),
  DATE_ADD: scalar("raw raw", "unknown", (_args, written, rewriter) => add(written, rewriter, 1)),
  DATE_FORMAT: scalar("date literal", "text", ([date], written, rewriter) => {
    const format = stringValue(written.args[1]!);
    return formatDate(date!.node, format, written, rewriter);
  }),
  DATE_SUB: scalar("raw raw", "unknown", (_args, written, rewriter) => add(written, rewriter, -1)),
  DAY: scalar("date", "integer", "day"),
  DAYNAME: scalar("date", "text", "dayname"),
  DAYOFMONTH: scalar("date", "integer", "day"),
  DAYOFWEEK: scalar("date", "integer", "sla_dayofweek"),
  DAYOFYEAR: scalar("date", "integer", "dayofyear"),
  EXTRACT: scalar("literal date", "integer", ([, date], written, rewriter) => {
    const unit = stringValue(written.args[0]!) ?? "";
    const part = EXTRACTED[unit];
    if (part !== undefined) return call(part, date!.node);
    return rewriter.refuse(
      `EXTRACT(${unit} FROM …) is not portable`,
      `Portable are ${Object.keys(EXTRACTED).join(", ")}.`,
      written.node,
    );
  }),
  FROM_DAYS: scalar("number", "date", "sla_from_days"),
  FROM_UNIXTIME: scalar("number literal?", "datetime", ([seconds], written, rewriter) => {
    const date = call("sla_from_unixtime", seconds!.node);
    if (written.args[1] === undefined) return date;
    return { node: formatDate(date, stringValue(written.args[1]), written, rewriter).node, kind: "text" };
  }),
  HOUR: scalar("date", "integer", "sla_hour"),
  LAST_DAY: scalar("date", "date", "sla_last_day"),
  MAKEDATE: scalar("number number", "date", "sla_makedate"),
  MICROSECOND: scalar("date", "integer", "sla_microsecond"),
  MINUTE: scalar("date", "integer", "sla_minute"),
  MONTH: scalar("date", "integer", "month"),
  MONTHNAME: scalar("date", "text", "monthname"),
  PERIOD_DIFF: scalar("number number", "integer", "sla_period_diff"),
  QUARTER: scalar("date", "integer", "quarter"),
  SECOND: scalar("date", "integer", "sla_second"),
  STR_TO_DATE: scalar("text literal", "unknown", ([text], written, rewriter) =>
    parseFormat(text!.node, stringValue(written.args[1]!), written, rewriter),
  ),
  SUBDATE: scalar("raw raw", "unknown", (_args, written, rewriter) => add(written, rewriter, -1)),
  TIMESTAMP: scalar("date", "datetime", "sla_datetime6"),
  TIMESTAMPADD: scalar("literal raw raw", "unknown", (_args, written, rewriter) => {
    const unit = stringValue(written.args[0]!) ?? "";
    return shiftBy(written.args[2]!, rewriter.value(written.args[1]!), unit, 1, rewriter, written.node);
  }),
  TIMESTAMPDIFF: scalar("literal date date", "integer", ([, from, to], written, rewriter) => {
    const unit = (stringValue(written.args[0]!) ?? "").replace(/^SQL_TSI_/, "");
    if (UNITS.includes(unit)) return call(`sla_diff_${unit.toLowerCase()}`, from!.node, to!.node);
    return rewriter.refuse(
      `TIMESTAMPDIFF has no unit ${unit}`,
      `Units are ${UNITS.join(", ")}.`,
      written.node,
    );
  }),
  TO_DAYS: scalar("date", "integer", "sla_to_days"),
  UNIX_TIMESTAMP: scalar("date", "ratio", "sla_unix_timestamp"),
  WEEK: scalar("date literal?", "integer", ([date], written, rewriter) =>
    weekOf("sla_week_", date!, written, rewriter),
  ),
  WEEKDAY: scalar("date", "integer", "sla_weekday"),
  WEEKOFYEAR: scalar("date", "integer", "week"),
  YEAR: scalar("date", "integer", "year"),
  YEARWEEK: scalar("date literal?", "integer", ([date], written, rewriter) =>
    weekOf("sla_yearweek_", date!, written, rewriter),
  ),
};

const UNITS = ["MICROSECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"];

const EXTRACTED: Readonly<Record<string, string>> = {
  MICROSECOND: "sla_microsecond",
  SECOND: "sla_second",
  MINUTE: "sla_minute",
  HOUR: "sla_hour",
  DAY: "day",
  WEEK: "sla_week_0",
  MONTH: "month",
  QUARTER: "quarter",
  YEAR: "year",
  YEAR_MONTH: "sla_year_month",
};

function add(written: Call, rewriter: Rewriter, sign: 1 | -1): Typed {
  const [date, amount] = written.args as [Node, Node];
  if (typeOf(amount) === "interval") return shiftByInterval(date, amount, sign, rewriter, written.node);
  if (written.name === "ADDDATE" || written.name === "SUBDATE") {
    return shiftBy(date, rewriter.value(amount), "DAY", sign, rewriter, written.node);
  }
  return rewriter.invalid(
    `${written.name} takes an INTERVAL`,
    `Write ${written.name}(d, INTERVAL n DAY).`,
    written.node,
  );
}

/** The mode is part of the macro's name: each has a rule of its own. YEARWEEK knows no week 0. */
function weekOf(macro: string, date: Typed, written: Call, rewriter: Rewriter): Typed | Node {
  const mode = written.args[1] === undefined ? "0" : numberValue(written.args[1]);
  if (mode === undefined || !/^[0-7]$/.test(mode)) {
    return rewriter.refuse(
      `${written.name} takes its mode as a literal, 0 to 7`,
      "Mode 3 is ISO weeks.",
      written.node,
    );
  }
  return call(macro + (macro === "sla_yearweek_" ? Number(mode) | 2 : mode), date.node);
}
