import type { DashboardFilter } from "../../manifest/index.js";
import { type DashboardSpec, dayNumber, dayText, defaultPeriod, partsOf } from "../dashboards/index.js";
import { calculation } from "./field.js";
import type { Filter } from "./filter.js";
import { bracketed, quoted } from "./formula.js";
import type { MartFacts } from "./mart-facts.js";
import { EVERYTHING, type Parameter, parameterReference } from "./parameter.js";
import { type Pill, plain } from "./pill.js";
import { calculationName, type Source } from "./source.js";

/** What a reader sees of a filter: a list or range of a source's own, or a parameter. */
export type FilterControl =
  | { kind: "native"; label: string; pill: Pill; isRange: boolean }
  | { kind: "parameter"; parameter: Parameter };

/** The filters of a dashboard. */
export interface DashboardFilters {
  controls: FilterControl[];
  /** Those that hold for a part that is computed from a source by a date. */
  of(source: Source, date: string | null): Filter[];
  /** Filters that no part has the column for. */
  idle: string[];
}

/** What filters are planned from. */
export interface FilterInput {
  spec: DashboardSpec;
  sources: ReadonlyMap<string, Source>;
  facts: ReadonlyMap<string, MartFacts>;
  /** Gives numbers to filters that are changed together. */
  nextGroup(): number;
}

type Rule = (source: Source, date: string | null) => Filter | null;
type Planned = { controls: FilterControl[]; rule: Rule } | null;

/**
 * A filter whose parts stand on one column of one source is that source's own. Tableau carries no filter from source to source: one that concerns
 * several is a parameter, with a calculation in each of them that says whether a row meets it.
 */
export function planFilters(input: FilterInput): DashboardFilters {
  const controls: FilterControl[] = [];
  const rules: Rule[] = [];
  const idle: string[] = [];
  for (const filter of input.spec.dashboard.filters) {
    const planned = filter.kind === "date_range" ? planDays(input, filter) : planChoice(input, filter);
    if (planned === null) idle.push(filter.label);
    else {
      controls.push(...planned.controls);
      rules.push(planned.rule);
    }
  }
  return {
    controls,
    idle,
    of: (source, date) =>
      rules.flatMap((rule) => {
        const filter = rule(source, date);
        return filter === null ? [] : [filter];
      }),
  };
}

/** Whether the parts of a source need its filters before what is fixed (the day of a stock), and before "the first so many". */
function contextOf({ spec }: FilterInput, source: Source): { days: boolean; choices: boolean } {
  const own = partsOf(spec).filter(({ model }) => model === source.mart.id);
  const firsts = own.some(({ sheet }) => sheet !== null && sheet.top !== null);
  const stock = own.some(({ metrics }) => metrics.some(({ over_time }) => over_time === "last"));
  return { days: firsts || stock, choices: firsts };
}

/** The period that a dashboard shows at first, as days' numbers; null where its marts hold no day. */
export function firstPeriod({
  spec,
  facts,
}: Pick<FilterInput, "spec" | "facts">): { from: number; to: number } | null {
  const known = partsOf(spec).flatMap(({ model, date }) => {
    const days = date === null ? null : (facts.get(model)?.days.get(date) ?? null);
    return days === null ? [] : [days];
  });
  if (known.length === 0) return null;
  const from = Math.min(...known.map((days) => dayNumber(days.from)));
  const to = Math.max(...known.map((days) => dayNumber(days.to)));
  return defaultPeriod(spec.dashboard, { from, to });
}

type DaysFilter = Extract<DashboardFilter, { kind: "date_range" }>;
type ChoiceFilter = Extract<DashboardFilter, { kind: "choice" }>;

function planDays(input: FilterInput, filter: DaysFilter): Planned {
  const { spec, sources, facts } = input;
  const places = new Map<string, { source: Source; date: string }>();
  for (const { model, date } of partsOf(spec))
    if (date !== null && facts.get(model)?.days.has(date))
      places.set(`${model} ${date}`, { source: sources.get(model)!, date });
  if (places.size === 0) return null;
  const period = firstPeriod(input);
  if (period === null) return null;
  const [from, to] = [dayText(period.from), dayText(period.to)];
  if (places.size === 1) {
    const [{ source, date }] = [...places.values()] as [{ source: Source; date: string }];
    const pill = plain(source, date, "quantitative");
    const shared = { pill, group: input.nextGroup(), context: contextOf(input, source).days };
    return {
      controls: [{ kind: "native", label: filter.label, pill, isRange: true }],
      rule: (of, by) => (of === source && by === date ? { ...shared, kind: "days", from, to } : null),
    };
  }
  const title = spec.dashboard.title;
  const parameter = (end: "from" | "to", value: string): Parameter => ({
    name: `p_${spec.dashboard.name}_${end}`,
    caption: `${filter.label} ${end} (${title})`,
    datatype: "date",
    value,
    members: null,
  });
  const ends = [parameter("from", from), parameter("to", to)];
  return {
    controls: ends.map((end): FilterControl => ({ kind: "parameter", parameter: end })),
    rule(source, date) {
      if (date === null || !places.has(`${source.mart.id} ${date}`)) return null;
      const column = bracketed(date);
      const field = source.add(
        calculation({
          name: calculationName(source, `in_period_${spec.dashboard.name}_${date}`),
          caption: `In the period of ${title} by ${source.field(date).caption.toLowerCase()}`,
          datatype: "boolean",
          formula: `${column} >= ${parameterReference(ends[0]!.name)} AND ${column} <= ${parameterReference(ends[1]!.name)}`,
          uses: [date],
          parameters: ends.map(({ name }) => name),
        }),
      );
      const pill = plain(source, field.name);
      const context = contextOf(input, source).days;
      return { pill, group: null, context, kind: "members", members: [true] };
    },
  };
}

function planChoice(input: FilterInput, { label, field }: ChoiceFilter): Planned {
  const { spec, sources, facts } = input;
  const own = [...new Set(partsOf(spec).map(({ model }) => model))]
    .map((model) => sources.get(model)!)
    .filter((source) => source.has(field));
  if (own.length === 0) return null;
  if (own.length === 1) {
    const source = own[0]!;
    const pill = plain(source, field);
    const shared = { pill, group: input.nextGroup(), context: contextOf(input, source).choices };
    return {
      controls: [{ kind: "native", label, pill, isRange: false }],
      rule: (of) => (of === source ? { ...shared, kind: "all" } : null),
    };
  }
  const { name, title } = spec.dashboard;
  const values = new Set(own.flatMap((source) => facts.get(source.mart.id)!.values.get(field) ?? []));
  const parameter: Parameter = {
    name: `p_${name}_${field}`,
    caption: `${label} (${title})`,
    datatype: "string",
    value: EVERYTHING,
    members: [EVERYTHING, ...[...values].filter((value) => value !== EVERYTHING).sort()],
  };
  return {
    controls: [{ kind: "parameter", parameter }],
    rule(source) {
      if (!own.includes(source)) return null;
      const column = source.field(field);
      const text = column.datatype === "string" ? bracketed(field) : `STR(${bracketed(field)})`;
      const chosen = parameterReference(parameter.name);
      const calculated = source.add(
        calculation({
          name: calculationName(source, `is_chosen_${name}_${field}`),
          caption: `Chosen by ${label} of ${title}`,
          datatype: "boolean",
          formula: `${chosen} = ${quoted(EVERYTHING)} OR ${text} = ${chosen}`,
          uses: [field],
          parameters: [parameter.name],
        }),
      );
      const pill = plain(source, calculated.name);
      const context = contextOf(input, source).choices;
      return { pill, group: null, context, kind: "members", members: [true] };
    },
  };
}
