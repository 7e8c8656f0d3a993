import { element, type XmlElement } from "../../artifacts/index.js";
import type { DateGrain } from "../../manifest/index.js";
import type { Field } from "./field.js";
import { bracketed } from "./formula.js";
import type { Source } from "./source.js";

/** What is made of a field before it is shown, in both of Tableau's spellings. */
const DERIVATIONS = {
  none: "None",
  usr: "User",
  min: "Min",
  tdy: "Day-Trunc",
  twk: "Week-Trunc",
  tmn: "Month-Trunc",
  tqr: "Quarter-Trunc",
  tyr: "Year-Trunc",
} as const;

const GRAINS = { day: "tdy", week: "twk", month: "tmn", quarter: "tqr", year: "tyr" } as const;
const KINDS = { nominal: "nk", ordinal: "ok", quantitative: "qk" } as const;

/** A field as a sheet uses it. */
export interface Pill {
  source: Source;
  field: Field;
  derivation: keyof typeof DERIVATIONS;
  type: keyof typeof KINDS;
  /** The pill along which it is turned into shares of 100 %; absent for its own values. */
  shareAlong?: Pill;
}

/** A field as it stands: the text of a dimension, a number or day as a heading, or a day on an axis. */
export function plain(source: Source, name: string, type?: Pill["type"]): Pill {
  const field = source.field(name);
  const kind = type ?? (field.type === "quantitative" ? "ordinal" : field.type);
  return { source, field, derivation: "none", type: kind };
}

/** A calculation that aggregates by itself. */
export function aggregated(source: Source, name: string): Pill {
  const field = source.field(name);
  const type = field.role === "measure" ? "quantitative" : "nominal";
  return { source, field, derivation: "usr", type };
}

/** The least value of a field in each group. */
export function least(source: Source, name: string): Pill {
  return { source, field: source.field(name), derivation: "min", type: "quantitative" };
}

/** A date cut into spans, on an axis. */
export function timeAxis(source: Source, date: string, grain: DateGrain): Pill {
  return { source, field: source.field(date), derivation: GRAINS[grain], type: "quantitative" };
}

/** `[sum:tickets:qk]`: the pill in its own source. */
export function pillName({ field, derivation, type, shareAlong }: Pill): string {
  const share = shareAlong === undefined ? "" : "pcto:";
  return bracketed(`${share}${derivation}:${field.name}:${KINDS[type]}`);
}

/** `[federated.x].[sum:tickets:qk]`: the pill wherever it is referred to. */
export function pillReference(pill: Pill): string {
  return `${bracketed(pill.source.name)}.${pillName(pill)}`;
}

/** The declaration of a pill. */
export function columnInstance(pill: Pill): XmlElement {
  const share = pill.shareAlong;
  return element(
    "column-instance",
    {
      column: bracketed(pill.field.name),
      derivation: DERIVATIONS[pill.derivation],
      name: pillName(pill),
      pivot: "key",
      type: pill.type,
    },
    share === undefined
      ? null
      : element("table-calc", {
          "ordering-field": pillReference(share),
          "ordering-type": "Field",
          type: "PctTotal",
        }),
  );
}
