import { XmlDocument, type XmlElement, type XmlNode } from "libxml2-wasm";

/** A workbook as it was written, read by its XML alone. */
export interface WorkbookText {
  /** Texts and values of attributes that an XPath finds; below the element of a name, if one is given. */
  texts(xpath: string): string[];
  /** Elements as their attributes. */
  all(xpath: string): Record<string, string>[];
  close(): void;
}

/** Reads a workbook with a parser of its own. */
export function readText(xml: string): WorkbookText {
  const document = XmlDocument.fromString(xml);
  const find = (xpath: string): XmlNode[] => document.find(xpath);
  return {
    texts: (xpath) => find(xpath).map(({ content }) => content),
    all: (xpath) =>
      find(xpath).map((node) =>
        Object.fromEntries((node as XmlElement).attrs.map(({ name, value }) => [name, value])),
      ),
    close: () => document.dispose(),
  };
}

/** A name as an XPath has it. */
export const sheetPath = (name: string): string => `/workbook/worksheets/worksheet[@name="${name}"]`;

/** A dashboard's zones. */
export const zonesPath = (title: string): string =>
  `/workbook/dashboards/dashboard[@name="${title}"]/zones/zone/zone`;

/** `…[usr:metric_x:qk]` → the metrics that texts name, in their order, without the spans of stocks. */
export function metricsIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    [...text.matchAll(/\[(?:pcto:)?usr:metric_(\w+?)(?:_(?:day|week|month|quarter|year))?:qk\]/g)].map(
      ([, name]) => name!,
    ),
  );
}

/** The columns of rows that texts name: `none`, `min` and the truncated dates. */
export function columnsIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    [...text.matchAll(/\[(?:none|min|t(?:dy|wk|mn|qr|yr)):(\w+):[a-z]k\]/g)].map(([, name]) => name!),
  );
}
