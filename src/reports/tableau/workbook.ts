import { element, type XmlElement, xmlDocument } from "../../artifacts/index.js";
import type { MetricNode } from "../../manifest/index.js";
import { type DashboardSpec, partsOf } from "../dashboards/index.js";
import type { SourceConnection } from "./connection.js";
import { type DashboardPlan, dashboardElement, dashboardWindow, worksheetsOf } from "./dashboard-element.js";
import { type FilterControl, firstPeriod, planFilters } from "./dashboard-filters.js";
import { type DocumentForm, SOURCE_FEATURES, WORKBOOK_FEATURES } from "./document-form.js";
import { worksLive } from "./formula.js";
import type { Identity } from "./identity.js";
import type { MartFacts } from "./mart-facts.js";
import { type Parameter, parametersElement } from "./parameter.js";
import type { PlanContext } from "./plan-context.js";
import { planKpi, planSheet } from "./plan-sheet.js";
import { metricField, type Source, sourceOf } from "./source.js";
import { sourceElement } from "./source-element.js";
import { worksheetElement, worksheetWindow } from "./worksheet.js";

/** What the files of a project are made of. */
export interface WorkbookInput {
  specs: readonly DashboardSpec[];
  metrics: readonly MetricNode[];
  facts: ReadonlyMap<string, MartFacts>;
  identity: Identity;
  form: DocumentForm;
  connection: SourceConnection;
  /** Whether the connection asks a server. */
  live: boolean;
}

/** The sources of all marts with their metrics, by the unique id of the mart. */
export function sourcesOf({ facts, metrics, identity, live }: WorkbookInput): Map<string, Source> {
  return new Map(
    [...facts].map(([id, { mart }]) => {
      const own = metrics.filter((metric) => metric.model === id && (!live || worksLive(metric)));
      const source = sourceOf(mart, own, identity);
      for (const metric of own) metricField(source, metric, null);
      return [id, source];
    }),
  );
}

/** A data source as a file of its own. */
export function sourceDocument(source: Source, { connection, form }: WorkbookInput): string {
  return xmlDocument(
    sourceElement(
      source,
      connection,
      { "formatted-name": source.name, inline: "true", "source-platform": "win", version: form.version },
      form.manifest(new Set(SOURCE_FEATURES)),
    ),
  );
}

/** The workbook with all dashboards. */
export function workbookDocument(input: WorkbookInput): string {
  const { specs, identity, form, connection } = input;
  const sources = sourcesOf(input);
  const plans = planDashboards(input, sources);
  const parameters = new Map(
    plans
      .flatMap(({ filters }) => filters.controls)
      .flatMap((control: FilterControl): [string, Parameter][] =>
        control.kind === "parameter" ? [[control.parameter.name, control.parameter]] : [],
      ),
  );
  const worksheets = plans.flatMap(worksheetsOf);
  let zone = 0;
  const used = new Set(specs.flatMap((spec) => partsOf(spec).map(({ model }) => model)));
  const datasources = [
    parametersElement([...parameters.values()]),
    ...[...sources].flatMap(([id, source]) =>
      used.has(id)
        ? [
            sourceElement(source, connection, {
              caption: source.caption,
              inline: "true",
              name: source.name,
              version: "18.1",
            }),
          ]
        : [],
    ),
  ];
  const body: (XmlElement | null)[] = [
    element("datasources", {}, datasources),
    worksheets.length === 0
      ? null
      : element(
          "worksheets",
          {},
          worksheets.map((plan) => worksheetElement(plan, parameters, identity)),
        ),
    element(
      "dashboards",
      {},
      plans.map((plan) => dashboardElement(plan, identity, () => ++zone)),
    ),
    element(
      "windows",
      { "source-height": 30 },
      worksheets.map(({ name }) => worksheetWindow(name, identity)),
      plans.map((plan, at) => dashboardWindow(plan, identity, at === 0)),
    ),
    form.ending,
  ];
  const features = new Set(WORKBOOK_FEATURES);
  if (worksheets.some(({ sorts }) => sorts.some(({ using }) => using !== null)))
    features.add("SortTagCleanup");
  return xmlDocument(
    element(
      "workbook",
      {
        "original-version": form.version,
        "source-build": "0.0.0 (0000.0.0.0)",
        "source-platform": "win",
        version: form.version,
        "xmlns:user": "http://www.tableausoftware.com/xml/user",
      },
      form.manifest(features),
      body,
    ),
  );
}

/** The dashboards with their worksheets; names of sheets and dashboards are unique in the workbook. */
export function planDashboards(input: WorkbookInput, sources: ReadonlyMap<string, Source>): DashboardPlan[] {
  const { specs, facts, live } = input;
  const taken = new Set<string>();
  const unused = (wanted: string): string => {
    let name = wanted;
    for (let at = 2; taken.has(name.toLowerCase()); at++) name = `${wanted} (${at})`;
    taken.add(name.toLowerCase());
    return name;
  };
  let group = 0;
  return specs.map((spec): DashboardPlan => {
    const { dashboard } = spec;
    const name = unused(dashboard.title);
    const filters = planFilters({ spec, sources, facts, nextGroup: () => ++group });
    const context: PlanContext = {
      spec,
      sources,
      facts,
      filters,
      period: firstPeriod({ spec, facts }),
      live,
      sheetName: unused,
    };
    return {
      dashboard,
      name,
      filters,
      cards: dashboard.kpis.map((kpi) => planKpi(context, kpi)),
      sheets: new Map(dashboard.sheets.map((sheet) => [sheet.name, planSheet(context, sheet)])),
    };
  });
}
