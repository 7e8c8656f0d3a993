import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { type SheetFigures, view } from "../../../../reports/index.js";
import type { SiteDashboardHead } from "../../../site-reports.js";
import { integer } from "../../format.js";
import { href, nodeHref, type Route, setQuery } from "../../route.js";
import { core } from "../../store.js";
import { downloadTable } from "../dashboards/csv.js";
import { type LoadedDashboard, useDashboard } from "../dashboards/data.js";
import { FiguresTable } from "../dashboards/figures-table.js";

const AT_ONCE = 100;

/** Dashboards with a list of alerts. */
const WITH_ALERTS = core.dashboards.filter(({ alerts, file }) => alerts && file !== null);

/** All rows of each sheet of alerts, whatever a dashboard cuts off: to search, sort and take along. */
export function AlertsPage({ route }: { route: Route }): JSX.Element {
  return (
    <>
      <div class="page-head">
        <h1>Alerts</h1>
        {WITH_ALERTS.length === 0 && (
          <p class="empty">
            No dashboard has a sheet of rows named <code>alerts</code> whose mart is built.
          </p>
        )}
      </div>
      {WITH_ALERTS.map((head) => (
        <Loading key={head.name} head={head} route={route} />
      ))}
    </>
  );
}

function Loading({ head, route }: { head: SiteDashboardHead; route: Route }): JSX.Element {
  const dashboard = useDashboard(head);
  if (dashboard === undefined) return <p role="status">Loading the rows …</p>;
  return <Alerts dashboard={dashboard} words={route.query.get("q") ?? ""} />;
}

function Alerts({ dashboard, words }: { dashboard: LoadedDashboard; words: string }): JSX.Element {
  const [shown, setShown] = useState(AT_ONCE);
  const { spec, data, head } = dashboard;
  const sheet = spec.dashboard.sheets.find(({ name }) => name === "alerts")!;
  const all = useMemo(() => allRows(dashboard), [spec, data]);
  const wanted = words.toLowerCase().split(/\s+/);
  const rows = all.rows.filter((row) => {
    const text = row.join(" ").toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  const table = { columns: all.columns, rows };
  return (
    <section aria-labelledby={`alerts-${head.name}`}>
      <div class="section-head">
        <h2 id={`alerts-${head.name}`}>{sheet.title}</h2>
      </div>
      <p class="about">
        <span>
          {sheet.description} Rows of <a href={nodeHref(sheet.model)}>{sheet.model_name}</a>, of all days; on{" "}
          <a href={href(["dashboards", head.name])}>{head.title}</a> they can be restricted.
        </span>
      </p>
      <p class="alerts-tools">
        <input
          class="field"
          type="search"
          aria-label="Filter the rows"
          placeholder="Filter by any word"
          value={words}
          onInput={(event) => setQuery({ q: event.currentTarget.value })}
        />
        <span class="muted" aria-live="polite">
          {rows.length === all.rows.length
            ? `${integer(rows.length)} rows`
            : `${integer(rows.length)} of ${integer(all.rows.length)} rows`}
        </span>
        <button type="button" class="button" onClick={() => downloadTable(`${head.name}-alerts`, table)}>
          Download CSV
        </button>
      </p>
      {rows.length === 0 ? (
        <p class="nothing">No row has these words</p>
      ) : (
        <FiguresTable label={sheet.title} table={table} sortable most={shown} />
      )}
      {rows.length > shown && (
        <p class="section">
          <button type="button" class="button" onClick={() => setShown(shown + 5 * AT_ONCE)}>
            Show more
          </button>
        </p>
      )}
    </section>
  );
}

/** The sheet without its dashboard's filters and without its limit. */
function allRows({ spec, data }: LoadedDashboard): SheetFigures["table"] {
  const sheets = spec.dashboard.sheets.flatMap((sheet) =>
    sheet.name === "alerts" ? [{ ...sheet, top: null, date: null }] : [],
  );
  const bare = { ...spec, dashboard: { ...spec.dashboard, kpis: [], sheets } };
  const state = { from: null, to: null, filters: {}, selections: [] };
  return view(bare, state, data).sheets[0]!.table;
}
