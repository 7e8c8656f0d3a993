import { element, type XmlElement, xmlDocument } from "../../artifacts/index.js";
import { SOURCE_FEATURES } from "./document-form.js";
import { bracketed } from "./formula.js";
import { columnElement, metadataRecord, objectColumn } from "./source-element.js";
import type { Star, StarLink, StarTable } from "./star.js";
import type { WorkbookInput } from "./workbook.js";

/** A star as a data source of its own: tables that Tableau joins as each sheet needs them. */
export function starDocument(
  { fact, links }: Star,
  { identity, connection, form }: Pick<WorkbookInput, "identity" | "connection" | "form">,
): string {
  const tables = [fact, ...links.map(({ table }) => table)];
  const named = new Map(tables.map(({ mart }) => [connection.name(mart), connection.named(mart)]));
  const relation = ({ mart, name }: StarTable): XmlElement => {
    const own = connection.relation(mart);
    return { ...own, attributes: { ...own.attributes, name } };
  };
  let ordinal = 0;
  return xmlDocument(
    element(
      "datasource",
      {
        "formatted-name": `federated.${identity.token("star", fact.mart.id)}`,
        inline: "true",
        "source-platform": "win",
        version: form.version,
      },
      form.manifest(new Set(SOURCE_FEATURES)),
      element(
        "connection",
        { class: "federated" },
        element("named-connections", {}, [...named.values()]),
        element("relation", { type: "collection" }, tables.map(relation)),
        element(
          "cols",
          {},
          tables.flatMap(({ name, fields }) =>
            [...fields].map(([column, field]) =>
              element("map", {
                key: bracketed(field.name),
                value: `${bracketed(name)}.${bracketed(column)}`,
              }),
            ),
          ),
        ),
        element(
          "metadata-records",
          {},
          tables.flatMap(({ name, fields, objectId }) =>
            [...fields].map(([remoteName, field]) =>
              metadataRecord(field, ++ordinal, {
                parent: bracketed(name),
                objectId,
                remoteName,
                remoteType: connection.remoteType(field),
              }),
            ),
          ),
        ),
      ),
      element("aliases", { enabled: "yes" }),
      tables.map(({ caption, objectId }) => objectColumn(caption, objectId)),
      tables.flatMap(({ fields }) => [...fields.values()].map(columnElement)),
      element("layout", {
        "dim-ordering": "alphabetic",
        "measure-ordering": "alphabetic",
        "show-structure": "true",
      }),
      element("date-options", { "start-of-week": "monday" }),
      element(
        "object-graph",
        {},
        element(
          "objects",
          {},
          tables.map((table) =>
            element(
              "object",
              { caption: table.caption, id: table.objectId },
              element("properties", { context: "" }, relation(table)),
            ),
          ),
        ),
        element(
          "relationships",
          {},
          links.map((link) => relationship(fact, link)),
        ),
      ),
    ),
  );
}

/** What no test promises is left to Tableau's defaults, which are right for all data: many to many, some records. */
function relationship(fact: StarTable, { table, from, to, isUnique, isGuaranteed }: StarLink): XmlElement {
  const operand = (of: StarTable, column: string) =>
    element("expression", { op: bracketed(of.fields.get(column)!.name) });
  return element(
    "relationship",
    {},
    element("expression", { op: "=" }, operand(fact, from), operand(table, to)),
    element("first-end-point", { "object-id": fact.objectId }),
    element("second-end-point", {
      "guaranteed-value": isGuaranteed ? "true" : null,
      "object-id": table.objectId,
      "unique-key": isUnique ? "true" : null,
    }),
  );
}
