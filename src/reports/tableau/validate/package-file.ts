import { unzipSync } from "fflate";
import { allOf, childrenOf } from "./element.js";
import type { Finding } from "./finding.js";
import { namedConnections, relationsOf, type Workbook } from "./workbook.js";

/** What a packaged workbook holds: its workbook, and the headings of its text files by their name in it. */
export interface PackageFile {
  workbook: Uint8Array | null;
  headings: Map<string, string[]>;
  findings: Finding[];
}

const HINT = "Write it anew with `sla tableau --packaged`.";

const finding = (message: string, line: number | null = null): Finding => ({
  check: "package",
  line,
  message,
  hint: HINT,
});

/** Reads a packaged workbook in memory, one of its files after the other; nothing is written anywhere. */
export function openPackage(bytes: Uint8Array): PackageFile {
  const found: PackageFile = { workbook: null, headings: new Map(), findings: [] };
  const names: string[] = [];
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        names.push(name);
        return false;
      },
    });
    for (const name of names) {
      const content = () => unzipSync(bytes, { filter: (file) => file.name === name })[name]!;
      if (/^([\\/]|[A-Za-z]:)|(^|[\\/])\.\.([\\/]|$)/.test(name))
        found.findings.push(finding(`the package holds "${name}", which lies outside of it`));
      else if (/^[^/]+\.twb$/i.test(name)) {
        if (found.workbook === null) found.workbook = content();
        else found.findings.push(finding(`the package holds a second workbook, "${name}"`));
      } else if (/\.csv$/i.test(name)) found.headings.set(name, headingOf(content()));
    }
  } catch {
    found.findings.push(finding("the file is no archive that can be read"));
    return found;
  }
  if (found.workbook === null)
    found.findings.push(finding("the package holds no workbook (.twb) at its root"));
  return found;
}

/** The fields of the first record of a CSV. */
function headingOf(bytes: Uint8Array): string[] {
  const text = new TextDecoder().decode(bytes.subarray(0, 1 << 20));
  const fields: string[] = [];
  const next = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    const [, field, end] = match as unknown as [string, string, string];
    fields.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end !== ",") break;
  }
  return fields;
}

/** Holds the sources of a packaged workbook against the text files beside it: each is there, with the columns that the source says. */
export function checkPackage(
  workbook: Workbook,
  headings: ReadonlyMap<string, readonly string[]>,
): Finding[] {
  const findings: Finding[] = [];
  const read = new Set<string>();
  for (const source of workbook.sources.values()) {
    if (source.isParameters) continue;
    const connections = namedConnections(source);
    for (const relation of relationsOf(source)) {
      const [connection] = childrenOf(
        connections.get(relation.attributes.connection ?? "") ?? null,
        "connection",
      );
      if (connection?.attributes.class !== "textscan") continue;
      const { directory = "", filename = "" } = connection.attributes;
      const name = directory === "." || directory === "" ? filename : `${directory}/${filename}`;
      read.add(name);
      const heading = headings.get(name);
      if (heading === undefined) {
        findings.push(finding(`the package has no file "${name}", which a source reads`, connection.line));
        continue;
      }
      const columns = allOf(relation, "column").map(({ attributes }) => attributes.name ?? "");
      const at = Array.from({ length: Math.max(columns.length, heading.length) }, (_, n) => n).find(
        (n) => columns[n] !== heading[n],
      );
      if (at !== undefined)
        findings.push(
          finding(
            `column ${at + 1} of "${name}" is ${shown(heading[at])} in the file, ${shown(columns[at])} in the source`,
            relation.line,
          ),
        );
    }
  }
  for (const name of headings.keys())
    if (!read.has(name)) findings.push(finding(`no source reads "${name}" of the package`));
  return findings;
}

const shown = (name: string | undefined): string => (name === undefined ? "nothing" : `"${name}"`);
