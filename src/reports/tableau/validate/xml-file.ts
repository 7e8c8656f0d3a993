import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  XmlBufferInputProvider,
  XmlComment,
  XmlDocument,
  XmlElement,
  XmlLibError,
  type XmlTreeNode,
  XsdValidator,
  xmlCleanupInputProvider,
  xmlRegisterInputProvider,
} from "libxml2-wasm";
import type { Element } from "./element.js";
import type { Finding } from "./finding.js";

/** A file that was read: its root as plain values, or why it could not be read. */
export type XmlFile = { root: Element; findings: [] } | { root: null; findings: Finding[] };

/** Parses XML into plain values with line numbers. External entities are never loaded. */
export function parseXml(bytes: Uint8Array): XmlFile {
  let document: XmlDocument | null = null;
  try {
    document = XmlDocument.fromBuffer(bytes);
    return { root: plain(document.root, null), findings: [] };
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    return { root: null, findings: findingsOf(error, "xml") };
  } finally {
    document?.dispose();
  }
}

function plain(element: XmlElement, parent: Element | null): Element {
  const attributes: Record<string, string> = {};
  for (const attr of element.attrs)
    attributes[attr.prefix === "" ? attr.name : `${attr.prefix}:${attr.name}`] = attr.value;
  const made: Element = {
    name: element.name,
    line: element.line,
    attributes,
    children: [],
    text: "",
    parent,
  };
  for (let node: XmlTreeNode | null = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) made.children.push(plain(node, made));
    else if (!(node instanceof XmlComment)) made.text += node.content;
  }
  return made;
}

/** Where Tableau publishes its schemas, for those who have none. */
export const SCHEMA_HOME = "https://github.com/tableau/tableau-document-schemas";

/** Holds a file against the schema of its version in a folder; null where the folder has none for it. */
export async function checkSchema(
  bytes: Uint8Array,
  version: string,
  folder: string,
): Promise<Finding[] | null> {
  const files = await readdir(folder).catch(() => []);
  const wrapper = wrapperFor(version, files);
  if (wrapper === null) return null;
  const schemas = files.filter((name) => name.endsWith(".xsd"));
  const buffers = await Promise.all(
    schemas.map(async (name) => [name, await readFile(join(folder, name))] as const),
  );
  // The schemas include each other by relative names; they are given from memory, so that nothing is looked up anywhere else.
  const provider = new XmlBufferInputProvider(Object.fromEntries(buffers));
  xmlRegisterInputProvider(provider);
  const held: { dispose(): void }[] = [];
  const hold = <Held extends { dispose(): void }>(one: Held): Held => {
    held.push(one);
    return one;
  };
  try {
    const schema = hold(XmlDocument.fromBuffer(Object.fromEntries(buffers)[wrapper]!, { url: wrapper }));
    const validator = hold(XsdValidator.fromDoc(schema));
    validator.validate(hold(XmlDocument.fromBuffer(bytes)));
    return [];
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    return findingsOf(error, "schema");
  } finally {
    for (const one of held.reverse()) one.dispose();
    xmlCleanupInputProvider();
  }
}

/** `18.1` is checked by validate-18.1.xsd; of later ones the newest wrapper of the same or an earlier release is taken. */
function wrapperFor(version: string, files: readonly string[]): string | null {
  const known = files.flatMap((name) => /^validate-(\d+\.\d+)\.xsd$/.exec(name)?.[1] ?? []);
  if (known.includes(version)) return `validate-${version}.xsd`;
  const major = known.filter((one) => one.split(".")[0] === version.split(".")[0]);
  const newest = major.sort((a, b) => Number(a) - Number(b)).at(-1);
  return newest === undefined ? null : `validate-${newest}.xsd`;
}

function findingsOf(error: XmlLibError, check: string): Finding[] {
  const details = error.details ?? [];
  if (details.length === 0)
    return [{ check, line: null, message: error.message.trim(), hint: HINTS[check]! }];
  return details.map(({ message, line }) => ({
    check,
    line: line > 0 ? line : null,
    message: message.trim().replace(/\.$/, ""),
    hint: HINTS[check]!,
  }));
}

const HINTS: Record<string, string> = {
  xml: "Tableau reads well-formed XML only.",
  schema: "Tableau refuses the file with D2E8DA72: mind the order of elements and the names of attributes.",
};
