import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { type DashboardState, longDay, view } from "../../../../reports/index.js";
import type { SiteDashboardHead } from "../../../site-reports.js";
import { integer, moment } from "../../format.js";
import { href, nodeHref, type Route } from "../../route.js";
import { core } from "../../store.js";
import { addressOf, show, stateOf } from "./address.js";
import { type LoadedDashboard, useDashboard } from "./data.js";
import { FilterBar } from "./filter-bar.js";
import { KpiCard } from "./kpi-card.js";
import { SheetFigure } from "./sheet-figure.js";
import { rowsOf } from "./words.js";

/** The page of a dashboard: its frame at once, its figures as soon as they are loaded. */
export function Dashboard({ head, route }: { head: SiteDashboardHead; route: Route }): JSX.Element {
  return (
    <>
      <div class="page-head">
        <div class="crumbs">
          <a href={href(["dashboards"])}>Dashboards</a>
        </div>
        <h1>{head.title}</h1>
        <p class="lede">{head.question}</p>
      </div>
      {head.file === null ? <Unbuilt head={head} /> : <Loading head={head} route={route} />}
    </>
  );
}

function Unbuilt({ head }: { head: SiteDashboardHead }): JSX.Element {
  return (
    <p class="empty">
      {head.missing.length > 0
        ? `This dashboard reads ${head.missing.join(", ")}, not built yet: sla build, then sla docs generate.`
        : "This site was written without the warehouse: sla docs generate fetches the figures."}
    </p>
  );
}

function Loading({ head, route }: { head: SiteDashboardHead; route: Route }): JSX.Element {
  const dashboard = useDashboard(head);
  if (dashboard === undefined) return <p role="status">Loading the figures …</p>;
  return <Loaded dashboard={dashboard} route={route} />;
}

function Loaded({ dashboard, route }: { dashboard: LoadedDashboard; route: Route }): JSX.Element {
  const { spec, data, first, head } = dashboard;
  const address = route.query.toString();
  const state = useMemo(() => stateOf(route.query, spec, first), [address, spec, first]);
  const figures = useMemo(() => view(spec, state, data), [state, spec, data]);
  const change = (next: DashboardState): void => {
    if (addressOf(head.name, next, first) !== addressOf(head.name, state, first))
      show(head.name, next, first);
  };
  const days = figures.period === null ? 0 : figures.period.to - figures.period.from + 1;
  const sheets = new Map(figures.sheets.map((sheet) => [sheet.name, sheet]));
  const modelOf = new Map(spec.dashboard.sheets.map(({ name, model_name }) => [name, model_name]));
  return (
    <>
      <About dashboard={dashboard} />
      <FilterBar dashboard={dashboard} state={state} applied={figures.applied} change={change} />
      <div class="kpis">
        {figures.kpis.map((kpi) => {
          const metric = spec.metrics[kpi.metric]!;
          return (
            <KpiCard
              key={kpi.metric}
              kpi={kpi}
              metric={metric.unique_id}
              days={days}
              rows={rowsOf(metric.model_name)}
            />
          );
        })}
      </div>
      <div class="sheets">
        {spec.dashboard.layout.flat().map(({ sheet, width }) => (
          <SheetFigure
            key={sheet}
            sheet={sheets.get(sheet)!}
            state={state}
            width={width}
            rows={rowsOf(modelOf.get(sheet)!)}
            page={head.name}
            change={change}
          />
        ))}
      </div>
    </>
  );
}

/** What the figures rest on. */
function About({ dashboard }: { dashboard: LoadedDashboard }): JSX.Element {
  const { spec, period, models, head } = dashboard;
  return (
    <p class="about">
      {spec.dashboard.description !== "" && <span>{spec.dashboard.description}</span>}
      <span>
        {period !== null && `Data from ${longDay(period.from)} to ${longDay(period.to)}. `}
        Built {moment(core.project.generated)}.
      </span>
      <span>
        {models.map(({ id, name, rows }, at) => (
          <span key={id}>
            {at > 0 && ", "}
            <a href={nodeHref(id)}>{name}</a> ({integer(rows)} rows)
          </span>
        ))}
        {" · "}
        <a href={href(["lineage"], { focus: head.id })}>where they come from</a>
      </span>
    </p>
  );
}
