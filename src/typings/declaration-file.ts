import { formatColumnType } from "../manifest/index.js";
import type { RowColumn, TypedRelation } from "./typed-relation.js";
import { ANY_VALUE, typescriptType } from "./typescript-type.js";

const HEAD = `// Written by \`sla generate types\`, which brings it up to date. Changes by hand are lost.
// It gives the rows that ref() and source() read their types.
import "sla";
`;

/** The declaration file of a project: text that depends on the relations alone. */
export function declarationFile(relations: readonly TypedRelation[]): string {
  const refs = sorted(relations.filter(({ source }) => source === null));
  const sources = [...new Set(relations.flatMap(({ source }) => source ?? []))].sort();
  const blocks = [
    block("interface Relations", refs.flatMap(relationLines)),
    block(
      "interface Sources",
      sources.flatMap((name) => [
        `${key(name)}: {`,
        ...indented(sorted(relations.filter(({ source }) => source === name)).flatMap(relationLines)),
        "};",
      ]),
    ),
  ].filter((lines) => lines.length > 0);
  return `${HEAD}\ndeclare module "sla" {\n${blocks.map((lines) => indented(lines).join("\n")).join("\n\n")}\n}\n`;
}

function block(head: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${head} {`, ...indented(lines), "}"];
}

/** The TypeScript type of what is read of a column. */
export function columnTypeText({ type, nullable }: Pick<RowColumn, "type" | "nullable">): string {
  if (type === null) return ANY_VALUE;
  return nullable ? `${typescriptType(type)} | null` : typescriptType(type);
}

function relationLines({ name, description, columns, complete }: TypedRelation): string[] {
  return [
    ...comment(description),
    `${key(name)}: {`,
    ...indented([
      ...columns.flatMap(columnLines),
      ...(complete
        ? []
        : ["/** More columns, which nobody has declared. */", `[column: string]: ${ANY_VALUE};`]),
    ]),
    "};",
  ];
}

function columnLines(column: RowColumn): string[] {
  const { name, type, declared, description } = column;
  // A type that the engine made of a query differs in its details from engine to engine: only its kind counts.
  const spelled = declared && type !== null ? [formatColumnType(type)] : [];
  return [
    ...comment([...spelled, ...(description === "" ? [] : [description])].join(": ")),
    `${key(name)}: ${columnTypeText(column)};`,
  ];
}

function comment(text: string): string[] {
  const line = text.replace(/\s+/g, " ").replaceAll("*/", "*\\/").trim();
  return line === "" ? [] : [`/** ${line} */`];
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function sorted(relations: readonly TypedRelation[]): TypedRelation[] {
  return [...relations].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? "" : `  ${line}`));
}
