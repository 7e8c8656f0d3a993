import { type DashboardSpec, type DashboardState, dayNumber, dayText } from "../../../../reports/index.js";
import { go, href } from "../../route.js";

/** `Leeds`; nothing for a value that is none, and quotes for an empty text. */
const written = (value: string | number | null): string =>
  value === null ? "" : value === "" ? '""' : String(value);
const readValue = (text: string): string | null => (text === "" ? null : text === '""' ? "" : text);

const DAY = /^\d{4}-\d\d-\d\d$/;

/** What an address asks for; what it does not say is as the dashboard has it at first. */
export function stateOf(
  query: URLSearchParams,
  { dashboard }: DashboardSpec,
  first: DashboardState,
): DashboardState {
  const day = (name: string, otherwise: number | null): number | null => {
    const text = query.get(name) ?? "";
    const number = DAY.test(text) ? dayNumber(text) : Number.NaN;
    return Number.isNaN(number) ? otherwise : number;
  };
  const filters: Record<string, string[]> = {};
  for (const filter of dashboard.filters)
    if (filter.kind === "choice" && query.has(filter.field))
      filters[filter.field] = [...new Set(query.getAll(filter.field))];
  const selections = dashboard.sheets.flatMap(({ name, dimensions }) => {
    const values = Object.fromEntries(
      dimensions.flatMap((column) => {
        const key = `${name}.${column}`;
        return query.has(key) ? [[column, [...new Set(query.getAll(key).map(readValue))]] as const] : [];
      }),
    );
    return Object.keys(values).length === 0 ? [] : [{ sheet: name, values }];
  });
  return { from: day("from", first.from), to: day("to", first.to), filters, selections };
}

/** The address of a state: only what differs from how the dashboard is at first. */
export function addressOf(name: string, state: DashboardState, first: DashboardState): string {
  const query = new URLSearchParams();
  if (state.from !== first.from && state.from !== null) query.set("from", dayText(state.from));
  if (state.to !== first.to && state.to !== null) query.set("to", dayText(state.to));
  for (const [field, values] of Object.entries(state.filters))
    for (const value of values) query.append(field, value);
  for (const { sheet, values } of state.selections)
    for (const [column, chosen] of Object.entries(values))
      for (const value of chosen) query.append(`${sheet}.${column}`, written(value));
  const text = query.toString();
  return `${href(["dashboards", name])}${text === "" ? "" : `?${text}`}`;
}

/** Goes to a state, so that Back returns to the one before. */
export function show(name: string, state: DashboardState, first: DashboardState): void {
  go(addressOf(name, state, first));
}
