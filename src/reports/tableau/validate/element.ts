/** An element of a file, as plain values. */
export interface Element {
  name: string;
  /** Where it begins. */
  line: number;
  attributes: Readonly<Record<string, string>>;
  children: Element[];
  text: string;
  parent: Element | null;
}

/** Children of a name. */
export function childrenOf(element: Element | null | undefined, name: string): Element[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The first child of a name, or of a path of names. */
export function childOf(element: Element | null | undefined, ...path: string[]): Element | null {
  let found: Element | null = element ?? null;
  for (const name of path) found = found?.children.find((child) => child.name === name) ?? null;
  return found;
}

/** All elements below one, itself included, in the order of the file. */
export function* within(element: Element | null): Generator<Element> {
  if (element === null) return;
  yield element;
  for (const child of element.children) yield* within(child);
}

/** All elements of a name below one. */
export function allOf(element: Element | null, name: string): Element[] {
  return [...within(element)].filter((found) => found.name === name);
}

/** `[region]` → `region`; other text as it is. */
export function bare(name: string): string {
  return /^\[(.*)\]$/s.exec(name)?.[1] ?? name;
}
