import type { Manifest } from "../../manifest/index.js";
import type { TableauSettings } from "../../project/index.js";
import { type DashboardSpec, partsOf } from "../dashboards/index.js";
import type { MartFacts } from "./mart-facts.js";
import type { Star } from "./star.js";

/** What the text for readers is made of. */
export interface ReaderTextInput {
  manifest: Manifest;
  settings: TableauSettings;
  specs: readonly DashboardSpec[];
  facts: ReadonlyMap<string, MartFacts>;
  stars: readonly Star[];
}

/** README.md beside the files: what those who open them need to know, and nothing of how they are made. */
export function readerText({ manifest, settings, specs, facts, stars }: ReaderTextInput): string {
  const project = manifest.metadata.project_name;
  const marts = [...facts.values()].map(({ mart }) => mart);
  const schemas = [...new Set(marts.map(({ schema }) => `\`${schema}\``))].join(", ");
  const lines = [
    `# ${project} in Tableau`,
    "",
    "| file | what it is |",
    "|---|---|",
    ...(specs.length === 0
      ? []
      : [
          `| \`${project}.twb\` | the workbook, live on the server |`,
          `| \`${project}.twbx\` | the same with the rows in it, if it was written (\`sla tableau --packaged\`): needs no server, and shows the day on which it was written |`,
        ]),
    ...marts.map((mart) => `| \`${mart.name}.tds\` | ${cell(mart.description) || "a data source"} |`),
    ...stars.map(
      ({ fact, links }) =>
        `| \`${fact.mart.name}_star.tds\` | ${fact.caption} with ${links.map(({ table }) => table.caption).join(", ")}, related: for analyses that no mart answers; the account needs to read \`${fact.mart.schema}\`, too |`,
    ),
    "",
    "## Connect",
    "",
    "1. Install [Tableau's driver for MySQL](https://www.tableau.com/support/drivers) on the machine that opens the files (Desktop or Server). Without it the first thing you see is an error about the driver.",
    `2. Open a file. It asks for the password of \`${settings.username}\` on \`${settings.server}\`, port ${settings.port}${settings.tls ? ", encrypted" : ""}; the tables are in ${schemas}.`,
    "3. If server or account are others for you: Data → the data source → Edit Connection.",
    "",
    "No file holds a password. The account only has to read. Whoever publishes chooses there whether readers are asked for a password of their own (Prompt user) or not (Embedded password).",
    "",
    "## Live, extract or packaged",
    "",
    "- **Live** (`.twb`, `.tds`): each sheet asks the server. Good up to some hundred thousand rows. There are no medians and percentiles: Tableau has none on a live connection to MySQL.",
    "- **Extract**: Data → Extract Data, with a refresh after the nightly build. The first thing to try when a sheet is slow.",
    "- **Packaged** (`.twbx`): all rows as CSV, with medians and percentiles; for Tableau Public and for those without a connection. Whoever has the file has the rows.",
    "",
    "## Refresh",
    "",
    "Figures follow the server. The period that a dashboard starts with and the lists of choices are those of the day on which the files were written; `sla build`, then `sla tableau`, write them anew. A workbook that you changed is yours: save it under another name.",
    "",
    "## When a field is missing",
    "",
    "A red exclamation mark beside a field, or an empty sheet, means that the table has no such column (any more): build, and write the files anew. Replace the data source (Data → Replace Data Source) in workbooks of your own. If the server refuses, the account may not read the table yet.",
    "",
    ...(specs.length === 0
      ? []
      : [
          "## Dashboards",
          "",
          ...specs.map((spec) => {
            const models = [...new Set(partsOf(spec).map(({ model_name }) => `\`${model_name}\``))];
            return `- **${spec.dashboard.title}**: from ${models.join(", ")}`;
          }),
          "",
        ]),
  ];
  return lines.join("\n");
}

/** The first sentence of a description, in one cell. */
function cell(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return (/^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line).replaceAll("|", "\\|");
}
