import type { RelationalNode, SourceNode } from "../manifest/index.js";

/** A call of `ref`. */
export interface Reference {
  package: string | null;
  name: string;
}

/** Which node a reference means: looked for in the package that refers, then in the project, then in all others. */
export class ReferenceLookup {
  readonly #root: string;
  readonly #nodes = new Map<string, RelationalNode[]>();
  readonly #sources = new Map<string, SourceNode[]>();

  /** `root` is the project that is run. */
  constructor(root: string, nodes: Iterable<RelationalNode>, sources: Iterable<SourceNode>) {
    this.#root = root;
    for (const node of nodes) push(this.#nodes, node.name, node);
    for (const node of sources) push(this.#sources, `${node.source_name}.${node.name}`, node);
  }

  /** The node of that name for a template of the package `caller`; one that is turned off only where no other is there. */
  ref(caller: string, call: Reference): RelationalNode | undefined {
    const named = this.#nodes.get(call.name);
    if (named === undefined) return undefined;
    if (call.package === null) return this.#choose(named, caller);
    return first(named.filter((node) => node.package_name === call.package));
  }

  /** The table of a source. */
  source(caller: string, source: string, table: string): SourceNode | undefined {
    const named = this.#sources.get(`${source}.${table}`);
    return named && this.#choose(named, caller);
  }

  /** Packages of which any may be meant by a reference that leads nowhere. */
  owners(name: string): string[] {
    return (this.#nodes.get(name) ?? []).map((node) => node.package_name);
  }

  /** Names of all that `ref` reads. */
  get names(): string[] {
    return [...this.#nodes.keys()];
  }

  /** All tables of sources. */
  get sources(): SourceNode[] {
    return [...this.#sources.values()].flat();
  }

  #choose<T extends RelationalNode>(named: readonly T[], caller: string): T | undefined {
    if (named.length === 1) return named[0];
    const enabled = named.filter(({ config }) => config.enabled);
    const among = enabled.length > 0 ? enabled : named;
    const of = (owner: string) => among.find((node) => node.package_name === owner);
    return of(caller) ?? of(this.#root) ?? (among.length === 1 ? among[0] : undefined);
  }
}

function first<T extends RelationalNode>(nodes: readonly T[]): T | undefined {
  return nodes.find(({ config }) => config.enabled) ?? nodes[0];
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
