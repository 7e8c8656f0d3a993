import type { Kind } from "../kind.js";
import type { Refusal } from "../not-portable.js";

/** Kinds whose text is not the same on all engines. */
export const TEXT_DIFFERS: Readonly<Partial<Record<Kind, Refusal>>> = {
  ratio: {
    message: "the text of a quotient has as many digits as each engine likes",
    hint: "ROUND it, FORMAT it, or CAST it AS DECIMAL(p,s) first.",
  },
  double: {
    message: "the text of an approximate number differs between MySQL and MariaDB",
    hint: "CAST it AS DECIMAL(p,s), or FORMAT it first.",
  },
  number: {
    message: "the text of a rounded number differs between MySQL and MariaDB if the column is a DOUBLE",
    hint: "CAST the rounded number AS DECIMAL(p,s), or FORMAT it.",
  },
  json: { message: "the text of JSON is each engine's own", hint: "Write JSON_UNQUOTE(JSON_EXTRACT(…))." },
};
