import type { SiteCore, SiteDetail, SiteNode, SiteShard } from "../site-data.js";

interface DataWindow {
  slaHeld: Record<string, unknown>;
  slaPacked: Record<string, string>;
}

const { slaHeld: held, slaPacked: packed } = window as unknown as DataWindow;
const pending = new Map<string, Promise<unknown>>();

/** What every page needs; it stands in the page from the start. */
export const core = held.core as SiteCore;

/** Positions of the nodes that read each node, tests among them. */
export const children: readonly (readonly number[])[] = invert(core.nodes);

const byId = new Map(core.nodes.map((node, at) => [node.id, at]));

/** Position of a node; undefined for an id that is none. */
export function positionOf(id: string): number | undefined {
  return byId.get(id);
}

/** Positions of the tests of a node, in the order of the project. */
export function testsOf(at: number): number[] {
  return (children[at] ?? []).filter((child) => core.nodes[child]!.test !== null);
}

/** A data file by name: a classic script, which works from a folder as it does from a server. Loaded once. */
export function load<T>(name: string): Promise<T> {
  if (name in held) return Promise.resolve(held[name] as T);
  const known = pending.get(name);
  if (known !== undefined) return known as Promise<T>;
  const loading = loadScript(`data/${name}.js`).then(async () => {
    const pack = packed[name];
    if (pack !== undefined) {
      held[name] = await unpack(pack);
      delete packed[name];
    }
    return held[name] as T;
  });
  pending.set(name, loading);
  loading.catch(() => pending.delete(name));
  return loading;
}

/** The value of a large data file, which is JSON, gzip and base 64. */
async function unpack(pack: string): Promise<unknown> {
  const bytes = Uint8Array.from(atob(pack), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** Loads a classic script of the site, such as a chart library that one page needs. */
export function loadScript(path: string): Promise<void> {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = path;
    script.onload = () => done();
    script.onerror = () => failed(new Error(`${path} cannot be loaded`));
    document.head.append(script);
  });
}

/** What the page of a node shows. */
export async function loadDetail(node: SiteNode): Promise<SiteDetail> {
  const shard = await load<SiteShard>(`detail-${node.shard}`);
  return shard[node.id]!;
}

/** The detail of a node if it has been loaded already, so that a page can be drawn at once. */
export function loadedDetail(node: SiteNode): SiteDetail | undefined {
  return (held[`detail-${node.shard}`] as SiteShard | undefined)?.[node.id];
}

function invert(nodes: readonly SiteNode[]): number[][] {
  const found: number[][] = nodes.map(() => []);
  for (const [at, { parents }] of nodes.entries()) for (const parent of parents) found[parent]!.push(at);
  return found;
}
