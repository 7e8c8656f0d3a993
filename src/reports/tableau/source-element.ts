import { element, type XmlElement } from "../../artifacts/index.js";
import type { SourceConnection } from "./connection.js";
import type { Field } from "./field.js";
import { bracketed } from "./formula.js";
import type { Source } from "./source.js";

/** What Tableau calls the column that counts the rows of a logical table. */
const OBJECT_ID = "[__tableau_internal_object_id__]";

/** A data source with one table, the same in a workbook and in a file of its own. */
export function sourceElement(
  source: Source,
  connection: SourceConnection,
  attributes: Readonly<Record<string, string>>,
  manifest: XmlElement | null = null,
): XmlElement {
  const { mart } = source;
  const physical = [...source.fields.values()].filter(({ column }) => column !== null);
  const calculated = [...source.fields.values()].filter(({ formula }) => formula !== null);
  const table = connection.relation(mart);
  return element(
    "datasource",
    attributes,
    manifest,
    element(
      "connection",
      { class: "federated" },
      element("named-connections", {}, connection.named(mart)),
      table,
      element(
        "metadata-records",
        {},
        physical.map((field, at) =>
          metadataRecord(field, at + 1, {
            parent: connection.parent(mart),
            objectId: source.objectId,
            remoteType: connection.remoteType(field),
          }),
        ),
      ),
    ),
    element("aliases", { enabled: "yes" }),
    objectColumn(source.caption, source.objectId),
    [...physical, ...calculated].map(columnElement),
    [...source.colors.values()].map(({ instance }) => instance),
    folders(source),
    element("layout", {
      "dim-ordering": "alphabetic",
      "measure-ordering": "alphabetic",
      "show-structure": "true",
    }),
    colorStyle(source),
    element("date-options", { "start-of-week": "monday" }),
    element(
      "object-graph",
      {},
      element(
        "objects",
        {},
        element(
          "object",
          { caption: source.caption, id: source.objectId },
          element("properties", { context: "" }, table),
        ),
      ),
    ),
  );
}

/** The column that stands for a logical table. */
export function objectColumn(caption: string, objectId: string): XmlElement {
  return element("column", {
    caption,
    datatype: "table",
    name: `${OBJECT_ID}.${bracketed(objectId)}`,
    role: "measure",
    type: "quantitative",
  });
}

/** What a connection found out of a column. */
export function metadataRecord(
  field: Field,
  ordinal: number,
  about: { parent: string; objectId: string; remoteType: number; remoteName?: string },
): XmlElement {
  const type = field.column!.type;
  const remote = about.remoteName ?? field.name;
  return element(
    "metadata-record",
    { class: "column" },
    element("remote-name", {}, remote),
    element("remote-type", {}, String(about.remoteType)),
    element("local-name", {}, bracketed(field.name)),
    element("parent-name", {}, about.parent),
    element("remote-alias", {}, remote),
    element("ordinal", {}, String(ordinal)),
    element("local-type", {}, field.datatype),
    element("aggregation", {}, aggregationOf(field)),
    type.kind === "decimal"
      ? [element("precision", {}, String(type.precision)), element("scale", {}, String(type.scale))]
      : null,
    "length" in type ? element("width", {}, String(type.length)) : null,
    element("contains-null", {}, String(field.column!.nullable)),
    element("object-id", {}, bracketed(about.objectId)),
  );
}

function aggregationOf({ datatype, role }: Field): string {
  if (datatype === "date" || datatype === "datetime") return "Year";
  return role === "measure" ? "Sum" : "Count";
}

/** A column as a data source and the sheets that use it declare it: the same in both. */
export function columnElement(field: Field): XmlElement {
  return element(
    "column",
    {
      caption: field.caption,
      datatype: field.datatype,
      "default-format": field.format,
      name: bracketed(field.name),
      role: field.role,
      type: field.type,
    },
    field.formula === null ? null : element("calculation", { class: "tableau", formula: field.formula }),
    field.description === ""
      ? null
      : element("desc", {}, element("formatted-text", {}, element("run", {}, field.description))),
  );
}

/** Fields in folders by what they are good for. */
function folders(source: Source): XmlElement | null {
  const fields = [...source.fields.values()];
  const groups: [string, Field[]][] = [
    ["Metrics", fields.filter(({ formula, role }) => formula !== null && role === "measure")],
    ["Dates", fields.filter(({ column, datatype }) => column !== null && datatype.startsWith("date"))],
    [
      "Dimensions",
      fields.filter(
        ({ column, role, datatype }) =>
          column !== null && role === "dimension" && !datatype.startsWith("date"),
      ),
    ],
    ["Amounts", fields.filter(({ column, role }) => column !== null && role === "measure")],
    ["Of the dashboards", fields.filter(({ formula, role }) => formula !== null && role === "dimension")],
  ];
  return element(
    "folders-common",
    {},
    groups.flatMap(([name, members]) =>
      members.length === 0
        ? []
        : [
            element(
              "folder",
              { name },
              members.map((field) => element("folder-item", { name: bracketed(field.name), type: "field" })),
            ),
          ],
    ),
  );
}

/** The colours of values; Tableau drops those that do not stand in the source. */
function colorStyle(source: Source): XmlElement | null {
  if (source.colors.size === 0) return null;
  return element(
    "style",
    {},
    element(
      "style-rule",
      { element: "mark" },
      [...source.colors].map(([field, { colors }]) =>
        element(
          "encoding",
          { attr: "color", field, type: "palette" },
          [...colors].map(([bucket, to]) => element("map", { to }, element("bucket", {}, bucket))),
        ),
      ),
    ),
  );
}
