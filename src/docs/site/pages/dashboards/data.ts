import { useEffect, useState } from "preact/hooks";
import { choices, type DashboardData, dataPeriod, defaultState } from "../../../../reports/index.js";
import type { SiteDashboard, SiteDashboardHead } from "../../../site-reports.js";
import { load } from "../../store.js";

/** A dashboard with everything that its figures are computed from. */
export interface LoadedDashboard extends SiteDashboard {
  head: SiteDashboardHead;
  data: DashboardData;
  /** What is shown before a reader has chosen anything. */
  first: ReturnType<typeof defaultState>;
  period: ReturnType<typeof dataPeriod>;
  /** What can be chosen, by field. */
  choices: Record<string, string[]>;
}

const loaded = new Map<string, Promise<LoadedDashboard>>();

/** Loads a dashboard and its marts, once. */
export function loadDashboard(head: SiteDashboardHead): Promise<LoadedDashboard> {
  const known = loaded.get(head.name);
  if (known !== undefined) return known;
  const loading = fetchDashboard(head);
  loaded.set(head.name, loading);
  return loading;
}

async function fetchDashboard(head: SiteDashboardHead): Promise<LoadedDashboard> {
  const content = await load<SiteDashboard>(head.file!);
  const tables = await Promise.all(
    content.tables.map(
      async ({ name, file }) => [name, await load<DashboardData["tables"][string]>(file)] as const,
    ),
  );
  const data: DashboardData = { tables: Object.fromEntries(tables), parts: content.parts };
  const { spec } = content;
  const fields = spec.dashboard.filters.flatMap((filter) => (filter.kind === "choice" ? [filter.field] : []));
  return {
    ...content,
    head,
    data,
    first: defaultState(spec, data),
    period: dataPeriod(spec, data),
    choices: Object.fromEntries(fields.map((field) => [field, choices(field, data)])),
  };
}

/** A dashboard once it is there. */
export function useDashboard(head: SiteDashboardHead): LoadedDashboard | undefined {
  const [found, setFound] = useState<LoadedDashboard>();
  useEffect(() => {
    let current = true;
    void loadDashboard(head).then((dashboard) => current && setFound(dashboard));
    return () => {
      current = false;
    };
  }, [head]);
  return found;
}
