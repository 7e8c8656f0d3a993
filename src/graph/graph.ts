import { throwIfAny } from "../errors/index.js";
import type { Manifest } from "../manifest/index.js";
import { cycleErrors } from "./cycle.js";

/** Neighbours by id, each once. */
type Edges = ReadonlyMap<string, readonly string[]>;

/** Who depends on whom, among all nodes and sources of a manifest. */
export class Graph {
  readonly #parents: Edges;
  readonly #children: Edges;
  readonly #position: ReadonlyMap<string, number>;

  private constructor(parents: Edges, children: Edges, order: readonly string[]) {
    this.#parents = parents;
    this.#children = children;
    this.#position = new Map(order.map((id, at) => [id, at]));
  }

  /** The graph of a manifest; throws SLA205 with every cycle in it. */
  static of(manifest: Manifest): Graph {
    const parents = new Map(Object.entries(manifest.parent_map));
    const children = new Map(Object.entries(manifest.child_map));
    const { order, cyclic } = sort(parents, children);
    throwIfAny(cycleErrors(manifest, parents, cyclic));
    return new Graph(parents, children, order);
  }

  /** All ids. */
  ids(): Iterable<string> {
    return this.#parents.keys();
  }

  parents(id: string): readonly string[] {
    return this.#parents.get(id) ?? [];
  }

  children(id: string): readonly string[] {
    return this.#children.get(id) ?? [];
  }

  /** The given ids, parents before children; what does not depend on each other by depth, then by id. */
  order(ids: Iterable<string>): string[] {
    return [...new Set(ids)].sort((a, b) => this.#at(a) - this.#at(b));
  }

  /** What the given ids depend on, at most `depth` generations up. */
  ancestors(ids: string | Iterable<string>, depth = Number.POSITIVE_INFINITY): Set<string> {
    return reach(this.#parents, ids, depth);
  }

  /** What depends on the given ids, at most `depth` generations down. */
  descendants(ids: string | Iterable<string>, depth = Number.POSITIVE_INFINITY): Set<string> {
    return reach(this.#children, ids, depth);
  }

  /** For each id, those of `ids` it must wait for: its parents, or what stands behind parents that are not among them. */
  dependencies(ids: Iterable<string>): Map<string, Set<string>> {
    const among = new Set(ids);
    return new Map([...among].map((id) => [id, this.#nearest(id, among)]));
  }

  #nearest(id: string, among: ReadonlySet<string>): Set<string> {
    const found = new Set<string>();
    const seen = new Set<string>();
    const stack = [...this.parents(id)];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (among.has(next)) found.add(next);
      else stack.push(...this.parents(next));
    }
    return found;
  }

  #at(id: string): number {
    return this.#position.get(id) ?? -1;
  }
}

/** Kahn's algorithm, a generation at a time and by id within one; `cyclic` is what stands in or behind a cycle. */
function sort(parents: Edges, children: Edges): { order: string[]; cyclic: string[] } {
  const waiting = new Map<string, number>();
  const order: string[] = [];
  let generation: string[] = [];
  for (const [id, above] of parents) {
    if (above.length === 0) generation.push(id);
    else waiting.set(id, above.length);
  }
  while (generation.length > 0) {
    generation.sort();
    order.push(...generation);
    const next: string[] = [];
    for (const id of generation) {
      for (const child of children.get(id)!) {
        const left = waiting.get(child)! - 1;
        if (left > 0) {
          waiting.set(child, left);
        } else {
          waiting.delete(child);
          next.push(child);
        }
      }
    }
    generation = next;
  }
  return { order, cyclic: [...waiting.keys()] };
}

function reach(edges: Edges, from: string | Iterable<string>, depth: number): Set<string> {
  const found = new Set<string>();
  let generation: Iterable<string> = typeof from === "string" ? [from] : from;
  for (let level = 0; level < depth; level++) {
    const next: string[] = [];
    for (const id of generation) {
      for (const other of edges.get(id) ?? []) {
        if (found.has(other)) continue;
        found.add(other);
        next.push(other);
      }
    }
    if (next.length === 0) break;
    generation = next;
  }
  return found;
}
