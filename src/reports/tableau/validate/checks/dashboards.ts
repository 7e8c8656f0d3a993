import { allOf, childOf, childrenOf, type Element } from "../element.js";
import { pillsIn } from "../pills.js";
import type { DashboardElement } from "../workbook.js";
import { type Check, repeated } from "./check.js";

/** Zones that show a sheet: they have a name, and no other kind. */
const isSheetZone = ({ attributes }: Element) =>
  attributes.name !== undefined && attributes["type-v2"] === undefined;

/** Names of the sheets on a dashboard. */
const shownIn = ({ zones }: DashboardElement) =>
  new Set(zones.filter(isSheetZone).map(({ attributes }) => attributes.name!));

/** What dashboards, windows and actions must keep to. */
export const DASHBOARDS: readonly Check[] = [
  {
    name: "zone-sheet",
    hint: "Tableau drops the zone: name a sheet of the workbook.",
    *find({ dashboards, sheets }) {
      const known = new Set(sheets.map(({ name }) => name));
      for (const { name, zones } of dashboards)
        for (const zone of zones)
          if (zone.attributes.name !== undefined && !known.has(zone.attributes.name))
            yield [
              zone,
              `a zone of "${name}" shows the sheet "${zone.attributes.name}", which does not exist`,
            ];
    },
  },
  {
    name: "zone-place",
    hint: "Zones lie between 0 and 100000 both ways, whatever the size of the dashboard.",
    *find({ dashboards }) {
      for (const { name, zones } of dashboards)
        for (const zone of zones) {
          const [x, y, w, h] = ["x", "y", "w", "h"].map((key) =>
            Number(zone.attributes[key] ?? Number.NaN),
          ) as [number, number, number, number];
          const inside = x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= 100_000 && y + h <= 100_000;
          if (!inside) yield [zone, `the zone ${zone.attributes.id ?? ""} of "${name}" lies outside of it`];
        }
    },
  },
  {
    name: "fixed-size",
    hint: "Tableau ends with a fatal assertion: a fixed size has min equal to max.",
    *find({ dashboards }) {
      for (const { element, name } of dashboards) {
        const size = childOf(element, "size");
        if (size === null || size.attributes["sizing-mode"] !== "fixed") continue;
        const { minwidth, maxwidth, minheight, maxheight } = size.attributes;
        if (minwidth !== maxwidth || minheight !== maxheight)
          yield [
            size,
            `"${name}" has a fixed size of ${minwidth} × ${minheight} to ${maxwidth} × ${maxheight}`,
          ];
      }
    },
  },
  {
    name: "flow-zone",
    hint: "Tableau divides such a container anew: give every child but one a fixed size, or distribute them evenly.",
    *find({ dashboards }) {
      for (const { name, zones } of dashboards)
        for (const zone of zones) {
          if (
            zone.attributes["type-v2"] !== "layout-flow" ||
            zone.attributes["layout-strategy-id"] === "distribute-evenly"
          )
            continue;
          const free = childrenOf(zone, "zone").filter(({ attributes }) => attributes["is-fixed"] !== "true");
          if (free.length > 1)
            yield [zone, `${free.length} zones of a container of "${name}" have no fixed size`];
        }
    },
  },
  {
    name: "zone-filter",
    hint: "Tableau shows an empty zone: declare the pill in the dashboard, and filter the named sheet by it.",
    *find({ dashboards, sheets }) {
      for (const { name, zones, scopes } of dashboards)
        for (const zone of zones) {
          if (zone.attributes["type-v2"] !== "filter") continue;
          const param = zone.attributes.param ?? "";
          const [pill] = pillsIn(param);
          if (pill === undefined || !scopes.get(pill.source)?.instances.has(pill.name))
            yield [
              zone,
              `the filter zone of "${name}" is for ${param}, which the dashboard does not declare`,
            ];
          const sheet = sheets.find((one) => one.name === zone.attributes.name);
          if (
            sheet !== undefined &&
            !childrenOf(sheet.view, "filter").some(({ attributes }) => attributes.column === param)
          )
            yield [
              zone,
              `the filter zone of "${name}" is for ${param}, by which "${sheet.name}" is not filtered`,
            ];
        }
    },
  },
  {
    name: "zone-legend",
    hint: "Tableau shows an empty legend: name a pill that colours the sheet.",
    *find({ dashboards, sheets }) {
      for (const { name, zones } of dashboards)
        for (const zone of zones) {
          if (zone.attributes["type-v2"] !== "color") continue;
          const sheet = sheets.find((one) => one.name === zone.attributes.name);
          const colours = allOf(childOf(sheet?.table, "panes"), "color").map(
            ({ attributes }) => attributes.column,
          );
          if (!colours.includes(zone.attributes.param ?? ""))
            yield [
              zone,
              `the legend of "${zone.attributes.name ?? ""}" on "${name}" is for ${zone.attributes.param ?? ""}, which does not colour it`,
            ];
        }
    },
  },
  {
    name: "parameter",
    hint: "Tableau shows an empty control: name a parameter of the workbook.",
    *find({ dashboards, sources }) {
      const known = sources.get("Parameters")?.columns;
      for (const { name, zones } of dashboards)
        for (const zone of zones) {
          if (zone.attributes["type-v2"] !== "paramctrl") continue;
          const [pill] = pillsIn(zone.attributes.param ?? "");
          if (pill === undefined || !known?.has(pill.name))
            yield [zone, `"${name}" has a control for ${zone.attributes.param ?? ""}, which is no parameter`];
        }
    },
  },
  {
    name: "parameter-value",
    hint: "Tableau takes another value: give one of the members, in the form of its type.",
    *find({ sources }) {
      for (const [name, column] of sources.get("Parameters")?.columns ?? []) {
        const { value, datatype } = column.attributes;
        const formula = childOf(column, "calculation")?.attributes.formula;
        if (value === undefined || formula === undefined)
          yield [column, `the parameter ${name} has no value`];
        else if (value !== formula) yield [column, `the parameter ${name} is ${value} and ${formula}`];
        else if (datatype === "date" && !/^#\d{4}-\d{2}-\d{2}#$/.test(value))
          yield [column, `the parameter ${name} is ${value}, which is no date`];
        const members = childrenOf(childOf(column, "members"), "member").map(
          ({ attributes }) => attributes.value,
        );
        if (members.length > 0 && value !== undefined && !members.includes(value))
          yield [column, `the parameter ${name} is ${value}, which is none of its members`];
      }
    },
  },
  {
    name: "name",
    hint: "Sheets and dashboards share one list of names: Tableau reports a duplicate identity.",
    *find({ sheets, dashboards }) {
      yield* repeated(
        [...sheets, ...dashboards],
        ({ name }) => name,
        ({ element }) => element,
        (name) => `two sheets or dashboards are called "${name}"`,
      );
    },
  },
  {
    name: "window",
    hint: "Tableau drops what has no window: one for each sheet and each dashboard.",
    *find({ root, sheets, dashboards, windows }) {
      const kinds = [
        ["worksheet", sheets],
        ["dashboard", dashboards],
      ] as const;
      for (const [kind, items] of kinds) {
        const own = windows.filter(({ attributes }) => attributes.class === kind);
        for (const { name, element } of items)
          if (!own.some(({ attributes }) => attributes.name === name))
            yield [element, `the ${kind} "${name}" has no window`];
        for (const window of own)
          if (!items.some(({ name }) => name === window.attributes.name))
            yield [window, `a window is for the ${kind} "${window.attributes.name}", which does not exist`];
      }
      if (root.name === "workbook")
        yield* repeated(
          windows,
          ({ attributes }) => attributes.name ?? "",
          (window) => window,
          (name) => `"${name}" has two windows`,
        );
    },
  },
  {
    name: "viewpoint",
    hint: "Tableau ends with an internal error (2805CF18) that names no line: list exactly the sheets of the dashboard.",
    *find({ dashboards, windows }) {
      for (const dashboard of dashboards) {
        const window = windows.find(
          ({ attributes }) => attributes.class === "dashboard" && attributes.name === dashboard.name,
        );
        if (window === undefined) continue;
        const points = childrenOf(childOf(window, "viewpoints"), "viewpoint");
        const listed = new Set(points.map(({ attributes }) => attributes.name));
        const shown = shownIn(dashboard);
        for (const sheet of shown)
          if (!listed.has(sheet))
            yield [window, `the window of "${dashboard.name}" has no viewpoint of "${sheet}"`];
        for (const point of points)
          if (!shown.has(point.attributes.name ?? ""))
            yield [
              point,
              `the window of "${dashboard.name}" has a viewpoint of "${point.attributes.name}", which is not on it`,
            ];
      }
    },
  },
  {
    name: "hidden-window",
    hint: "Only sheets that stand on a dashboard may be hidden: nobody would find the others.",
    *find({ dashboards, windows }) {
      const placed = new Set(dashboards.flatMap((dashboard) => [...shownIn(dashboard)]));
      for (const window of windows)
        if (window.attributes.hidden === "true" && !placed.has(window.attributes.name ?? ""))
          yield [window, `the window "${window.attributes.name}" is hidden, and it is on no dashboard`];
    },
  },
  {
    name: "active",
    hint: "Tableau refuses a dashboard's window without <active id='-1' />.",
    *find({ windows }) {
      for (const window of windows)
        if (window.attributes.class === "dashboard" && childOf(window, "active") === null)
          yield [window, `the window of "${window.attributes.name}" has no <active>`];
    },
  },
  {
    name: "action",
    hint: "The action does nothing: name a dashboard and a sheet that stands on it.",
    *find({ root, dashboards }) {
      for (const action of childrenOf(childOf(root, "actions"), "action")) {
        const source = childOf(action, "source");
        const { dashboard: name, worksheet } = source?.attributes ?? {};
        const dashboard = dashboards.find((one) => one.name === name);
        const called = action.attributes.caption ?? action.attributes.name ?? "";
        if (name !== undefined && dashboard === undefined)
          yield [source, `the action "${called}" starts on "${name}", which is no dashboard`];
        else if (dashboard !== undefined && worksheet !== undefined && !shownIn(dashboard).has(worksheet))
          yield [source, `the action "${called}" starts at "${worksheet}", which is not on "${name}"`];
        for (const param of allOf(action, "param")) {
          if (param.attributes.name !== "target") continue;
          if (
            !dashboards.some(
              (one) => one.name === param.attributes.value || shownIn(one).has(param.attributes.value ?? ""),
            )
          )
            yield [param, `the action "${called}" is for "${param.attributes.value}", which does not exist`];
        }
      }
    },
  },
];
