import { element, type XmlElement } from "../../artifacts/index.js";
import type { TableauSettings } from "../../project/index.js";
import { csvColumns } from "./csv-rows.js";
import { type Field, typeFacts } from "./field.js";
import { bracketed } from "./formula.js";
import type { Identity } from "./identity.js";
import type { Mart } from "./source.js";

/** Where a source finds its rows: what differs between a server and a file. */
export interface SourceConnection {
  /** Name of the connection of a mart. */
  name(mart: Mart): string;
  /** The connection itself. */
  named(mart: Mart): XmlElement;
  /** The table of a mart; `columns` are those that a file has. */
  relation(mart: Mart): XmlElement;
  /** The table as metadata name it. */
  parent(mart: Mart): string;
  remoteType(field: Field): number;
}

/** A live connection for readers: never with a password, and never with the build's own credentials. */
export function serverConnection(settings: TableauSettings, identity: Identity): SourceConnection {
  const name = (mart: Mart) =>
    `${settings.class}.${identity.token("connection", settings.class, mart.schema)}`;
  return {
    name,
    named: (mart) =>
      element(
        "named-connection",
        { caption: settings.server, name: name(mart) },
        element("connection", {
          class: settings.class,
          dbname: mart.schema,
          "odbc-native-protocol": "",
          "one-time-sql": "",
          port: settings.port,
          server: settings.server,
          "source-charset": "",
          sslmode: settings.tls ? "require" : "",
          username: settings.username,
        }),
      ),
    relation: (mart) =>
      element("relation", {
        connection: name(mart),
        name: mart.identifier,
        table: bracketed(mart.identifier),
        type: "table",
      }),
    parent: (mart) => bracketed(mart.identifier),
    remoteType: ({ column }) => typeFacts(column!)!.remote,
  };
}

/** A text file that lies beside the workbook in its package. */
export function fileConnection(identity: Identity): SourceConnection {
  const name = (mart: Mart) => `textscan.${identity.token("connection", "textscan", mart.id)}`;
  return {
    name,
    named: (mart) =>
      element(
        "named-connection",
        { caption: mart.identifier, name: name(mart) },
        element("connection", {
          class: "textscan",
          directory: ".",
          filename: csvName(mart),
          server: "",
        }),
      ),
    relation: (mart) =>
      element(
        "relation",
        {
          connection: name(mart),
          name: csvName(mart),
          table: `[${mart.identifier}#csv]`,
          type: "table",
        },
        element(
          "columns",
          { "character-set": "UTF-8", header: "yes", locale: "en_US", separator: "," },
          csvColumns(mart).map((column, ordinal) =>
            element("column", { datatype: typeFacts(column)!.datatype, name: column.name, ordinal }),
          ),
        ),
      ),
    parent: (mart) => `[${csvName(mart)}]`,
    remoteType: ({ column }) => typeFacts(column!)!.text,
  };
}

/** The file of a mart in a package. */
export function csvName(mart: Mart): string {
  return `${mart.identifier}.csv`;
}
