import type { JSX } from "preact";
import { href, type Route } from "../../route.js";
import { core } from "../../store.js";
import { NotFoundPage } from "../not-found/not-found-page.js";
import { Dashboard } from "./dashboard.js";
import { DashboardTiles } from "./dashboard-tiles.js";

const headOf = (name = "") => core.dashboards.find((head) => head.name === name);

/** The title of a dashboard, or of the list of them. */
export function dashboardTitle(name?: string): string {
  return name === undefined ? "Dashboards" : (headOf(name)?.title ?? "Not found");
}

/** One dashboard, or all of them to choose from. */
export function DashboardsPage({ route }: { route: Route }): JSX.Element {
  const [name] = route.rest;
  if (name === undefined)
    return (
      <>
        <div class="page-head">
          <h1>Dashboards</h1>
        </div>
        {core.dashboards.length === 0 ? (
          <p class="empty">
            The project declares none: <code>dashboards:</code> in its YAML makes them.
          </p>
        ) : (
          <DashboardTiles heading="h2" />
        )}
        {core.pictures > 0 && (
          <p class="section">
            Beside them stand <a href={href(["pictures"])}>the pictures</a> that models have exported.
          </p>
        )}
      </>
    );
  const head = headOf(name);
  return head === undefined ? <NotFoundPage /> : <Dashboard head={head} route={route} />;
}
