import { allOf, childOf, childrenOf, within } from "../element.js";
import type { Check } from "./check.js";
import { repeated } from "./check.js";

/** The order of children, where Tableau insists on one; elements that are not named may stand anywhere. */
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  workbook:
    "document-format-change-manifest repository-location preferences style-theme style local-data datasources datasource-relationships mapsources shared-views actions worksheets dashboards windows datagraph thumbnails external referenced-extensions explain-data".split(
      " ",
    ),
  datasource:
    "document-format-change-manifest repository-location connection aliases column column-instance group drill-paths folders-common actions extract layout style semantic-values date-options filter object-graph".split(
      " ",
    ),
  worksheet: ["repository-location", "layout-options", "table", "simple-id"],
  table: ["view", "style", "panes", "rows", "cols"],
  pane: [
    "view",
    "mark",
    "mark-sizing",
    "encodings",
    "reference-line",
    "customized-tooltip",
    "customized-label",
    "style",
  ],
  dashboard: [
    "layout-options",
    "style",
    "size",
    "datasources",
    "datasource-dependencies",
    "zones",
    "devicelayouts",
    "simple-id",
  ],
  window: ["cards", "viewpoints", "viewpoint", "active", "simple-id"],
};

/** Features by the element or attribute that needs them: what a manifest must list, and all that it may. */
const FEATURES: readonly (readonly [
  name: string,
  isUsed: (name: string, attributes: Readonly<Record<string, string>>) => boolean,
])[] = [
  ["AccessibleZoneTabOrder", (_, attributes) => "enable-sort-zone-taborder" in attributes],
  ["ObjectModelEncapsulateLegacy", (name) => name === "object-graph"],
  ["ObjectModelTableType", (_, { datatype }) => datatype === "table"],
  ["SchemaViewerObjectModel", (name) => name === "object-graph"],
  ["SheetIdentifierTracking", (name) => name === "simple-id"],
  ["WindowsPersistSimpleIdentifiers", (name) => name === "simple-id"],
  ["SortTagCleanup", (name) => name === "computed-sort"],
  ["IntuitiveSorting", (name) => name === "shelf-sort-v2"],
  ["IntuitiveSorting_SP2", (name) => name === "shelf-sort-v2"],
  ["ZoneFriendlyName", (name, attributes) => name === "zone" && "friendly-name" in attributes],
  ["ParameterAction", (name) => name === "edit-parameter-action"],
  ["ParameterActionClearSelection", (name) => name === "edit-parameter-action"],
];

/** Names that saves of Tableau carry beside those, and that do no harm. */
const HARMLESS = new Set([
  "AnimationOnByDefault",
  "AutoCreateAndUpdateDSDPhoneLayouts",
  "MarkAnimation",
  "SetMembershipControl",
  "ManifestByVersion",
]);

/** What the programs that are meant can open: files of 2021 to 2026 are of version 18.1, then the version is the release's. */
const VERSIONS = /^(18\.1|26\.\d)$/;

/** How a file is built as a whole. */
export const STRUCTURE: readonly Check[] = [
  {
    name: "root",
    hint: "A .twb is a <workbook>, a .tds a <datasource>.",
    *find({ root }) {
      if (root.name !== "workbook" && root.name !== "datasource")
        yield [root, `the file is a <${root.name}>`];
    },
  },
  {
    name: "version",
    hint: "Write 18.1 for Tableau 2022 to 2025, or 26.1 for 2026.1 and later: a program refuses what is above its own version.",
    *find({ root, version }) {
      if (!VERSIONS.test(version)) yield [root, `version '${version}' is of no known release`];
      const original = root.attributes["original-version"];
      if (original !== undefined && Number(original) > Number(version))
        yield [root, `original-version '${original}' is above version '${version}'`];
    },
  },
  {
    name: "element-order",
    hint: "Tableau refuses the file with D2E8DA72: move the element.",
    *find({ root }) {
      for (const element of within(root)) {
        const order = ORDERS[element.name];
        if (order === undefined) continue;
        let highest = -1;
        for (const child of element.children) {
          const place = order.indexOf(child.name);
          // A column after the object graph has a check of its own.
          if (place === -1 || (element.name === "datasource" && highest === order.length - 1)) continue;
          if (place < highest)
            yield [child, `<${child.name}> stands after <${order[highest]!}> in <${element.name}>`];
          else highest = place;
        }
      }
    },
  },
  {
    name: "explain-data",
    hint: "Files of version 18.1 must not have it (Tableau 2025 refuses them with D2E8DA72), later ones must.",
    *find({ root, version }) {
      if (root.name !== "workbook") return;
      const [found] = childrenOf(root, "explain-data");
      if (version === "18.1" && found !== undefined)
        yield [found, "<explain-data> stands in a file of version 18.1"];
      if (version !== "18.1" && found === undefined)
        yield [root, `<explain-data> is missing in a file of version ${version}`];
    },
  },
  {
    name: "downgrade-mark",
    hint: "Names that begin with _.fcp. are what Tableau itself writes for older programs; leave them out.",
    *find({ root }) {
      for (const element of within(root))
        if (
          element.name.startsWith("_.fcp.") ||
          Object.keys(element.attributes).some((name) => name.startsWith("_.fcp."))
        )
          yield [element, `<${element.name}> has a name of Tableau's own downgrading`];
    },
  },
  {
    name: "type-attribute",
    hint: "Tableau refuses the file with D2E8DA72: a mark's kind is its class, a zone's its type-v2.",
    *find({ root }) {
      for (const mark of allOf(root, "mark"))
        if ("type" in mark.attributes) yield [mark, "<mark> has an attribute type"];
      for (const zone of allOf(root, "zone"))
        if ("type" in zone.attributes) yield [zone, "<zone> has an attribute type"];
    },
  },
  {
    name: "empty-container",
    hint: "Leave it out or fill it: Tableau ends with an internal error (2805CF18) that names no line.",
    *find({ root }) {
      for (const name of ["worksheets", "dashboards", "thumbnails", "viewpoints", "datasources", "actions"])
        for (const element of allOf(root, name))
          if (element.children.length === 0) yield [element, `<${name}> is empty`];
    },
  },
  {
    name: "identifier",
    hint: "Give each its own: Tableau tells elements apart by them.",
    *find({ root }) {
      yield* repeated(
        allOf(root, "simple-id"),
        ({ attributes }) => attributes.uuid ?? "",
        (element) => element,
        (uuid) => `two elements have the simple-id ${uuid}`,
      );
      yield* repeated(
        allOf(root, "zone").filter(({ attributes }) => "id" in attributes),
        ({ attributes }) => attributes.id!,
        (element) => element,
        (id) => `two zones have the id ${id}`,
      );
      for (const { attributes, ...element } of allOf(root, "simple-id"))
        if (!/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/.test(attributes.uuid ?? ""))
          yield [{ attributes, ...element }, `"${attributes.uuid ?? ""}" is no simple-id`];
    },
  },
  {
    name: "manifest",
    hint: "A program refuses a name that it does not know, and an element whose name is not listed: list what is used.",
    *find({ root, version }) {
      const manifest = childOf(root, "document-format-change-manifest");
      if (manifest === null) {
        yield [root, "there is no <document-format-change-manifest>"];
        return;
      }
      const listed = new Set(manifest.children.map(({ name }) => name));
      if (version !== "18.1") {
        if (!listed.has("ManifestByVersion"))
          yield [manifest, `<ManifestByVersion> is missing in a file of version ${version}`];
        return;
      }
      for (const [feature, isUsed] of FEATURES) {
        const user = [...within(root)].find(({ name, attributes }) => isUsed(name, attributes));
        if (user !== undefined && !listed.has(feature))
          yield [user, `<${user.name}> needs ${feature} in the manifest`];
        if (user === undefined && listed.has(feature)) yield [manifest, `${feature} is listed and not used`];
      }
      for (const { name, ...element } of manifest.children)
        if (!FEATURES.some(([feature]) => feature === name) && !HARMLESS.has(name))
          yield [{ name, ...element }, `${name} is a feature of no known program`];
    },
  },
  {
    name: "secret",
    hint: "Take it out: Tableau asks for it when the file is opened, or keeps it when it is published.",
    *find({ root }) {
      for (const element of within(root))
        for (const [name, value] of Object.entries(element.attributes))
          if (/^(password|passwd|pwd|token|secret)$/i.test(name) && value !== "")
            yield [element, `<${element.name}> has a ${name}`];
          else if (/\b(password|pwd)\s*=\s*[^;\s]/i.test(value))
            yield [element, `${name} of <${element.name}> holds a password`];
    },
  },
  {
    name: "local-path",
    hint: "The file must open on another machine: paths are relative to the packaged workbook, and nothing is filled in from the environment.",
    *find({ root }) {
      for (const element of within(root))
        for (const name of ["directory", "filename", "server", "dbname", "username", "port"]) {
          const value = element.attributes[name] ?? "";
          if (/^([A-Za-z]:[\\/]|\/|~|\\\\)/.test(value))
            yield [element, `${name} of <${element.name}> is a path of a machine`];
          if (/\$\{|%\w+%/.test(value))
            yield [element, `${name} of <${element.name}> is to be filled in from the environment`];
        }
    },
  },
];
