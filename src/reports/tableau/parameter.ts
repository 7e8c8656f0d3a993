import { element, type XmlElement } from "../../artifacts/index.js";
import { memberText } from "./filter.js";
import { bracketed } from "./formula.js";

/** A value that readers choose once for several sources. */
export interface Parameter {
  name: string;
  caption: string;
  datatype: "date" | "string";
  value: string;
  /** What there is to choose from; null for any day. */
  members: readonly string[] | null;
}

/** The choice that restricts nothing. */
export const EVERYTHING = "(All)";

/** How formulas refer to a parameter. */
export function parameterReference(name: string): string {
  return `[Parameters].${bracketed(name)}`;
}

function valueText({ datatype }: Parameter, value: string): string {
  return datatype === "date" ? `#${value}#` : memberText(value);
}

/** A parameter as the source of parameters and those who use it declare it. */
export function parameterColumn(parameter: Parameter): XmlElement {
  const { name, caption, datatype, value, members } = parameter;
  return element(
    "column",
    {
      caption,
      datatype,
      name: bracketed(name),
      "param-domain-type": members === null ? "any" : "list",
      role: "measure",
      type: datatype === "date" ? "quantitative" : "nominal",
      value: valueText(parameter, value),
    },
    element("calculation", { class: "tableau", formula: valueText(parameter, value) }),
    members === null
      ? null
      : element(
          "members",
          {},
          members.map((member) => element("member", { value: valueText(parameter, member) })),
        ),
  );
}

/** The source that all parameters of a workbook stand in; null without any. */
export function parametersElement(parameters: readonly Parameter[]): XmlElement | null {
  if (parameters.length === 0) return null;
  return element(
    "datasource",
    { hasconnection: false, inline: true, name: "Parameters", version: "18.1" },
    element("aliases", { enabled: "yes" }),
    parameters.map(parameterColumn),
  );
}
