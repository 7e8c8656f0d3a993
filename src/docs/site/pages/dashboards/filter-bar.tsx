import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type DashboardState, dayNumber, dayText } from "../../../../reports/index.js";
import type { LoadedDashboard } from "./data.js";
import { without } from "./picks.js";
import { heading } from "./words.js";

type Change = (next: DashboardState) => void;
type Presets = { label: string; from: number; to: number }[];

/** What is shown of the data: period, filters, what was clicked; and in words what that comes to. */
export function FilterBar(props: {
  dashboard: LoadedDashboard;
  state: DashboardState;
  applied: string;
  change: Change;
}): JSX.Element {
  const { dashboard, state, applied, change } = props;
  const { spec, first, period, choices } = dashboard;
  const touched = JSON.stringify(state) !== JSON.stringify(first);
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <div class="filter-row">
        {spec.dashboard.filters.map((filter) =>
          filter.kind === "date_range" ? (
            period !== null && (
              <PeriodFilter key="period" label={filter.label} period={period} state={state} change={change} />
            )
          ) : (
            <ChoiceFilter
              key={filter.field}
              label={filter.label}
              values={choices[filter.field] ?? []}
              chosen={state.filters[filter.field] ?? []}
              change={(values) => change({ ...state, filters: { ...state.filters, [filter.field]: values } })}
            />
          ),
        )}
        <button type="button" class="button" disabled={!touched} onClick={() => change(first)}>
          Reset
        </button>
      </div>
      <Chips dashboard={dashboard} state={state} change={change} />
      <p class="applied" aria-live="polite">
        {applied}
      </p>
    </form>
  );
}

function presetsOf({ from, to }: { from: number; to: number }): Presets {
  const since = (days: number) => Math.max(from, to - days + 1);
  return [
    { label: "30 days", from: since(30), to },
    { label: "90 days", from: since(90), to },
    { label: "Year to date", from: Math.max(from, dayNumber(`${dayText(to).slice(0, 4)}-01-01`)), to },
    { label: "All", from, to },
  ];
}

function PeriodFilter(props: {
  label: string;
  period: { from: number; to: number };
  state: DashboardState;
  change: Change;
}): JSX.Element {
  const { label, period, state, change } = props;
  const from = state.from ?? period.from;
  const to = state.to ?? period.to;
  /** A date that is still being typed is none yet. A first day after the last one takes it along. */
  const set = (input: HTMLInputElement, which: "from" | "to"): void => {
    if (input.value === "" || !input.validity.valid) return;
    const day = dayNumber(input.value);
    if (day === (which === "from" ? from : to)) return;
    change({
      ...state,
      ...(which === "from" ? { from: day, to: Math.max(day, to) } : { from: Math.min(day, from), to: day }),
    });
  };
  const input = (which: "from" | "to", value: number): JSX.Element => (
    <input
      class="field"
      type="date"
      aria-label={which === "from" ? "First day" : "Last day"}
      min={dayText(period.from)}
      max={dayText(period.to)}
      value={dayText(value)}
      onChange={(event) => set(event.currentTarget, which)}
    />
  );
  return (
    <fieldset class="filter period">
      <legend>{label}</legend>
      <span class="dates">
        {input("from", from)}
        <span aria-hidden="true">–</span>
        {input("to", to)}
      </span>
      <span class="presets">
        {presetsOf(period).map((preset) => (
          <button
            key={preset.label}
            type="button"
            aria-pressed={preset.from === from && preset.to === to}
            onClick={() => change({ ...state, from: preset.from, to: preset.to })}
          >
            {preset.label}
          </button>
        ))}
      </span>
    </fieldset>
  );
}

function ChoiceFilter(props: {
  label: string;
  values: readonly string[];
  chosen: readonly string[];
  change(values: string[]): void;
}): JSX.Element {
  const { label, values, chosen, change } = props;
  const frame = useRef<HTMLDetailsElement>(null);
  // The list lies over the page: a click beside it or Escape puts it away.
  useEffect(() => {
    const close = (event: Event): void => {
      const details = frame.current;
      if (details === null || !details.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        if (details.contains(document.activeElement)) details.querySelector("summary")!.focus();
      } else if (details.contains(event.target as Node)) return;
      details.open = false;
    };
    for (const name of ["pointerdown", "keydown", "focusin"]) document.addEventListener(name, close);
    return () => {
      for (const name of ["pointerdown", "keydown", "focusin"]) document.removeEventListener(name, close);
    };
  }, []);
  const said =
    chosen.length === 0 ? "All" : chosen.length === 1 ? chosen[0] : `${chosen.length} of ${values.length}`;
  return (
    <div class="filter">
      <span class="filter-label" aria-hidden="true">
        {label}
      </span>
      <details class="choice" ref={frame}>
        <summary aria-label={`${label}: ${said}`}>{said}</summary>
        <fieldset>
          <legend class="unseen">{label}</legend>
          {values.map((value) => (
            <label key={value} class="check">
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                onChange={(event) =>
                  change(
                    values.filter((other) =>
                      other === value ? event.currentTarget.checked : chosen.includes(other),
                    ),
                  )
                }
              />
              {value}
            </label>
          ))}
          <button type="button" class="button" disabled={chosen.length === 0} onClick={() => change([])}>
            All
          </button>
        </fieldset>
      </details>
    </div>
  );
}

/** What was chosen in charts and lists, each to be taken back. */
function Chips(props: {
  dashboard: LoadedDashboard;
  state: DashboardState;
  change: Change;
}): JSX.Element | null {
  const { dashboard, state, change } = props;
  const filters = dashboard.spec.dashboard.filters.flatMap((filter) =>
    filter.kind === "choice"
      ? (state.filters[filter.field] ?? []).map((value) => ({
          what: `${filter.label}: ${value}`,
          next: {
            ...state,
            filters: {
              ...state.filters,
              [filter.field]: state.filters[filter.field]!.filter((other) => other !== value),
            },
          },
        }))
      : [],
  );
  const clicked = state.selections.flatMap(({ sheet, values }) =>
    Object.entries(values).flatMap(([column, chosen]) =>
      chosen.map((value) => ({
        what: `${heading(column)}: ${value ?? "none"}`,
        next: without(state, sheet, column, value),
      })),
    ),
  );
  const chips = [...filters, ...clicked];
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label="Chosen">
      {chips.map(({ what, next }) => (
        <li key={what}>
          <button
            type="button"
            class="chip removable"
            aria-label={`Remove ${what}`}
            onClick={() => change(next)}
          >
            {what} <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
