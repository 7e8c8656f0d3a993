import { element, type XmlElement } from "../../artifacts/index.js";
import { pillReference } from "./pill.js";
import { formattedText } from "./text-run.js";
import { itemReference, type PanePlan, type PlanLine, type WorksheetPlan } from "./worksheet-plan.js";

const format = (attr: string, value: string | boolean, more: Readonly<Record<string, string>> = {}) =>
  element("format", { attr, ...more, value });

/** What a sheet says of cells, marks and headings as a whole. */
export function styleElement({ plain, ramp, formats = [] }: WorksheetPlan): XmlElement {
  return element(
    "style",
    {},
    formats.length === 0
      ? null
      : element(
          "style-rule",
          { element: "cell" },
          formats.map(({ pill, format: text }) =>
            format("text-format", text, { field: pillReference(pill) }),
          ),
        ),
    ramp === undefined
      ? null
      : element(
          "style-rule",
          { element: "mark" },
          element(
            "encoding",
            { attr: "color", field: pillReference(ramp.pill), type: "custom-interpolated" },
            element(
              "color-palette",
              { custom: true, name: "", type: "ordered-sequential" },
              ramp.colors.map((color) => element("color", {}, color)),
            ),
          ),
        ),
    plain !== true
      ? null
      : element(
          "style-rule",
          { element: "worksheet" },
          format("display-field-labels", false, { scope: "rows" }),
          format("display-field-labels", false, { scope: "cols" }),
        ),
  );
}

/** How marks are drawn on one axis, or on all. */
export function paneElement({ source }: WorksheetPlan, pane: PanePlan, at: number): XmlElement {
  const encodings = [
    ...(pane.color === undefined ? [] : [["color", pane.color] as const]),
    ...(pane.text ?? []).map((item) => ["text", item] as const),
    ...(pane.detail ?? []).map((item) => ["lod", item] as const),
    ...(pane.tooltip ?? []).map((item) => ["tooltip", item] as const),
  ];
  const marks = [
    ...(pane.markColor === undefined ? [] : [format("mark-color", pane.markColor)]),
    ...(pane.showLabels === true ? [format("mark-labels-show", true), format("mark-labels-cull", true)] : []),
  ];
  const styles = [
    ...(pane.centered === true
      ? [
          element(
            "style-rule",
            { element: "cell" },
            format("text-align", "center"),
            format("vertical-align", "center"),
          ),
        ]
      : []),
    ...(marks.length > 0 ? [element("style-rule", { element: "mark" }, marks)] : []),
  ];
  return element(
    "pane",
    {
      id: pane.axis === undefined ? null : at,
      "selection-relaxation-option": "selection-relaxation-allow",
      "y-axis-name": pane.axis === undefined ? null : itemReference(source, pane.axis),
    },
    element("view", {}, element("breakdown", { value: "auto" })),
    element("mark", { class: pane.mark }),
    encodings.length === 0
      ? null
      : element(
          "encodings",
          {},
          encodings.map(([name, item]) => element(name, { column: itemReference(source, item) })),
        ),
    (pane.lines ?? []).map(referenceLine),
    pane.label === undefined ? null : element("customized-label", {}, formattedText(pane.label)),
    styles.length === 0 ? null : element("style", {}, styles),
  );
}

const STATISTICS = { median: "median", mean: "average" } as const;

function referenceLine({ pill, at, label }: PlanLine, position: number): XmlElement {
  const column = pillReference(pill);
  return element("reference-line", {
    "axis-column": column,
    "enable-instant-analytics": false,
    formula: typeof at === "number" ? "constant" : STATISTICS[at],
    id: `refline${position}`,
    label,
    "label-type": "custom",
    scope: "per-table",
    value: typeof at === "number" ? at : null,
    "value-column": column,
    "z-order": position + 1,
  });
}
