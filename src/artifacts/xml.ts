import { XMLBuilder } from "fast-xml-parser";

/** An element as a plain value. Its attributes stand in the order in which they were given, but for those without a value. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, XmlValue>>;
  children: readonly (XmlElement | string)[];
}

/** What an attribute may be given as; null and undefined for no attribute. */
export type XmlValue = string | number | boolean | null | undefined;

/** What may stand among the children that are given: lists are flattened, null is nothing. */
export type XmlChild = XmlElement | string | null | undefined | readonly XmlChild[];

/** An element. Texts among the children are escaped when they are written. */
export function element(
  name: string,
  attributes: Readonly<Record<string, XmlValue>> = {},
  ...children: readonly XmlChild[]
): XmlElement {
  return { name, attributes, children: flat(children) };
}

function flat(children: readonly XmlChild[]): (XmlElement | string)[] {
  return children.flatMap((child): (XmlElement | string)[] => {
    if (child === null || child === undefined) return [];
    if (typeof child === "string" || isElement(child)) return [child];
    return flat(child);
  });
}

function isElement(child: XmlElement | readonly XmlChild[]): child is XmlElement {
  return !Array.isArray(child);
}

/** Characters that no XML 1.0 document may have, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be removed
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** A whole document with its declaration; texts with nothing but text inside stay on one line. */
export function xmlDocument(root: XmlElement): string {
  const builder = new XMLBuilder({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
    format: true,
    indentBy: "  ",
  });
  const body = builder.build([ordered(root)]) as string;
  return `<?xml version="1.0" encoding="utf-8"?>\n${body.trim()}\n`;
}

/** The builder's own form: children as a list, so that their order is ours. */
function ordered({ name, attributes, children }: XmlElement): Record<string, unknown> {
  const given = Object.entries(attributes).flatMap(([key, value]): [string, string][] =>
    value === null || value === undefined ? [] : [[key, attributeText(String(value))]],
  );
  return {
    [name]: children.map((child) =>
      typeof child === "string" ? { "#text": child.replace(FORBIDDEN, "") } : ordered(child),
    ),
    ...(given.length > 0 && { ":@": Object.fromEntries(given) }),
  };
}

/** Readers take every white space in an attribute for a blank. */
function attributeText(text: string): string {
  return text.replace(FORBIDDEN, "").replace(/[\t\r\n]+/g, " ");
}
