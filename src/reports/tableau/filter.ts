import { element, type XmlElement } from "../../artifacts/index.js";
import { type Pill, pillName, pillReference } from "./pill.js";

/** A filter of a sheet. */
export type Filter = {
  pill: Pill;
  /** Sheets of a dashboard whose filters have one number are changed together; null for a sheet's own. */
  group: number | null;
  /** Whether it holds before "the first so many" and before what is fixed: see Tableau's order of operations. */
  context: boolean;
} & (
  | { kind: "all" }
  | { kind: "members"; members: readonly (string | number | boolean | null)[] }
  | { kind: "days"; from: string; to: string }
  | { kind: "least"; value: number }
  | { kind: "first"; count: number; direction: "asc" | "desc"; expression: string }
);

/** A value as groups of values name it. */
export function memberText(value: string | number | boolean | null): string {
  if (value === null) return "%null%";
  return typeof value === "string" ? memberString(value) : String(value);
}

function memberString(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** The filter in a sheet's view. */
export function filterElement(filter: Filter): XmlElement {
  const { pill, group, context, kind } = filter;
  const ranged = kind === "days" || kind === "least";
  return element(
    "filter",
    {
      class: ranged ? "quantitative" : "categorical",
      column: pillReference(pill),
      context: context ? true : null,
      "filter-group": group,
      "included-values": ranged ? "in-range" : null,
    },
    content(filter, pillName(pill)),
  );
}

function content(filter: Filter, level: string): XmlElement[] {
  switch (filter.kind) {
    case "days":
      return [element("min", {}, `#${filter.from}#`), element("max", {}, `#${filter.to}#`)];
    case "least":
      return [element("min", {}, String(filter.value))];
    case "members":
      return [members(level, filter.members.map(memberText))];
    case "first":
      return [firstMembers(level, filter)];
    default:
      return [levelMembers(level)];
  }
}

/** All values of a field. */
export function levelMembers(level: string): XmlElement {
  return element("groupfilter", {
    function: "level-members",
    level,
    "user:ui-enumeration": "all",
    "user:ui-marker": "enumerate",
  });
}

/** Some values of a field, as Tableau writes them. */
export function members(level: string, values: readonly string[]): XmlElement {
  const one = (member: string, alone: boolean) =>
    element("groupfilter", {
      function: "member",
      level,
      member,
      ...(alone && {
        "user:ui-domain": "database",
        "user:ui-enumeration": "inclusive",
        "user:ui-marker": "enumerate",
      }),
    });
  if (values.length === 1) return one(values[0]!, true);
  return element(
    "groupfilter",
    {
      function: "union",
      "user:ui-domain": "database",
      "user:ui-enumeration": "inclusive",
      "user:ui-marker": "enumerate",
    },
    values.map((member) => one(member, false)),
  );
}

/** The values with the most, or the least, of something. */
export function firstMembers(
  level: string,
  { count, direction, expression }: { count: number; direction: "asc" | "desc"; expression: string },
): XmlElement {
  return element(
    "groupfilter",
    {
      count,
      end: "top",
      function: "end",
      units: "records",
      "user:ui-marker": "end",
      "user:ui-top-by-field": "false",
    },
    element(
      "groupfilter",
      { direction: direction.toUpperCase(), expression, function: "order", "user:ui-marker": "order" },
      levelMembers(level),
    ),
  );
}
