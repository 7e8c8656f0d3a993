import { children, core } from "../store.js";
import { selectPositions } from "./project-selection.js";

/** What of the project a graph shows. */
export interface Wanted {
  /** A selector; empty for everything. */
  select: string;
  /** Position of the node around which to look; null for none. */
  focus: number | null;
  /** Generations above and below the focus. */
  up: number;
  down: number;
  tests: boolean;
}

/** Positions of the nodes to show. Throws what is wrong with the selector. */
export function shownNodes({ select, focus, up, down, tests }: Wanted): Set<number> {
  const isShown = (at: number): boolean =>
    core.nodes[at]!.kind !== "macro" && (tests || core.nodes[at]!.test === null);
  let found = new Set<number>();
  if (select !== "") found = new Set(selectPositions(select));
  else for (let at = 0; at < core.nodes.length; at++) found.add(at);
  if (focus !== null) {
    const around = new Set([
      focus,
      ...reach(focus, (at) => core.nodes[at]!.parents, up),
      ...reach(focus, (at) => children[at]!, down),
    ]);
    found = select === "" ? around : new Set([...around].filter((at) => found.has(at) || at === focus));
  }
  return new Set([...found].filter(isShown));
}

/** What is reached from a node in so many steps, without it. */
export function reach(start: number, next: (at: number) => readonly number[], steps: number): Set<number> {
  const found = new Set<number>();
  let generation = [start];
  for (let step = 0; step < steps && generation.length > 0; step++) {
    const following: number[] = [];
    for (const at of generation)
      for (const other of next(at))
        if (!found.has(other)) {
          found.add(other);
          following.push(other);
        }
    generation = following;
  }
  return found;
}
