import { element, type XmlElement } from "../../artifacts/index.js";
import { PALETTE } from "../../manifest/index.js";
import { type Pill, pillReference } from "./pill.js";

/** A piece of text in one style; a pill stands for its value. */
export interface TextRun {
  text: string | Pill;
  size?: number;
  bold?: boolean;
  color?: string;
}

/** The end of a line, as Tableau writes it. */
export const LINE_END: TextRun = { text: "\u00c6\n" };

/** Texts as a title, label or text zone has them. */
export function formattedText(runs: readonly TextRun[]): XmlElement {
  return element(
    "formatted-text",
    {},
    runs.map(({ text, size, bold, color }) =>
      element(
        "run",
        { bold, fontcolor: color, fontsize: size },
        typeof text === "string" ? text : `<${pillReference(text)}>`,
      ),
    ),
  );
}

/** A heading, with what it means below it in smaller letters. */
export function titleRuns(title: string, description: string, size = 11): TextRun[] {
  const heading: TextRun = { text: title, size, bold: true, color: PALETTE.text.light };
  if (description === "") return [heading];
  return [heading, LINE_END, { text: description, size: 9, color: PALETTE.quietText.light }];
}
