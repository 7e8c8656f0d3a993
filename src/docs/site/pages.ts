import type { ComponentType } from "preact";
import { AlertsPage } from "./pages/alerts/alerts-page.js";
import { DashboardsPage, dashboardTitle } from "./pages/dashboards/dashboards-page.js";
import { HealthPage } from "./pages/health/health-page.js";
import { LineagePage } from "./pages/lineage/lineage-page.js";
import { ListPage, listTitle } from "./pages/list/list-page.js";
import { NodePage } from "./pages/node/node-page.js";
import { NotFoundPage } from "./pages/not-found/not-found-page.js";
import { OverviewPage } from "./pages/overview/overview-page.js";
import { PicturesPage } from "./pages/pictures/pictures-page.js";
import type { Route } from "./route.js";
import { core, positionOf } from "./store.js";

/** A page of the site. */
export interface Page {
  /** For the browser's title. */
  title(route: Route): string;
  /** Drawn anew for another path; a change of the query alone goes to the page that stands. */
  view: ComponentType<{ route: Route }>;
  /** Takes the whole width, without the frame of a text. */
  wide?: boolean;
}

/** All pages by the first part of their address. A new page is a folder in `pages/` and a line here. */
export const PAGES: Readonly<Record<string, Page>> = {
  "": { title: () => core.project.name, view: OverviewPage },
  node: { title: ({ rest }) => nodeName(rest[0]), view: NodePage },
  list: { title: ({ rest }) => listTitle(rest[0]), view: ListPage },
  lineage: { title: () => "Lineage", view: LineagePage, wide: true },
  health: { title: () => "Health", view: HealthPage },
  dashboards: { title: ({ rest }) => dashboardTitle(rest[0]), view: DashboardsPage },
  pictures: { title: () => "Pictures", view: PicturesPage },
  alerts: { title: () => "Alerts", view: AlertsPage },
};

/** What stands in the header; what a project does not have is left out. */
export const PLACES: readonly { page: string; label: string }[] = [
  { page: "", label: "Overview" },
  ...(core.dashboards.length > 0 ? [{ page: "dashboards", label: "Dashboards" }] : []),
  ...(core.dashboards.some(({ alerts }) => alerts) ? [{ page: "alerts", label: "Alerts" }] : []),
  ...(core.pictures > 0 ? [{ page: "pictures", label: "Pictures" }] : []),
  { page: "lineage", label: "Lineage" },
  { page: "health", label: "Health" },
];

/** The page of an address that leads nowhere. */
export const NOT_FOUND: Page = { title: () => "Not found", view: NotFoundPage };

function nodeName(id = ""): string {
  const at = positionOf(id);
  return at === undefined ? "Not found" : core.nodes[at]!.name;
}
