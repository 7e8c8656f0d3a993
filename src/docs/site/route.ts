import { signal } from "@preact/signals";

/** Where the reader is: `#/node/model.shop.orders?tab=code`. After the `#`, so that it works without a server. */
export interface Route {
  /** The first part: which page. Empty for the home page. */
  page: string;
  /** The parts after it, decoded. */
  rest: string[];
  query: URLSearchParams;
}

/** The current route; pages that read it are drawn anew when it changes. */
export const route = signal<Route>(parse(location.hash));

window.addEventListener("hashchange", () => {
  route.value = parse(location.hash);
});

/** Reads a route from the hash of an address. */
export function parse(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [page = "", ...rest] = path
    .split("/")
    .filter((part) => part !== "")
    .map(decode);
  return { page, rest, query: new URLSearchParams(query) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The link to a page. Values that are null or empty are left out of the query. */
export function href(path: readonly string[], query: Record<string, string | null | undefined> = {}): string {
  const parts = path.map(encodeURIComponent).join("/");
  const entries = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const search = new URLSearchParams(entries).toString();
  return `#/${parts}${search === "" ? "" : `?${search}`}`;
}

/** The link to the page of a node. */
export function nodeHref(id: string): string {
  return href(["node", id]);
}

/** Goes to a page; Back returns. */
export function go(link: string): void {
  location.hash = link;
}

/** Changes the query of the current page in the address, without a step that Back would undo. */
export function setQuery(changes: Record<string, string | null>): void {
  const { page, rest, query } = route.peek();
  const next = Object.fromEntries(query);
  for (const [key, value] of Object.entries(changes)) next[key] = value ?? "";
  const link = href(page === "" ? [] : [page, ...rest], next);
  history.replaceState(null, "", link);
  route.value = parse(link);
}
