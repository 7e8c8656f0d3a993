import type { SiteKind, SiteNode } from "../site-data.js";

/** A folder of the navigation, or its root; leaves are positions of nodes. */
export interface Branch {
  name: string;
  branches: Branch[];
  leaves: number[];
  /** Leaves below it, at any depth. */
  size: number;
}

/** What stands in the navigation, in its order; tests and macros have lists of their own. */
const SHOWN: readonly SiteKind[] = [
  "dashboard",
  "model",
  "snapshot",
  "procedure",
  "seed",
  "source",
  "metric",
  "exposure",
  "macro",
];

/** The tree of each kind that the project has: by folder, sources by their name. */
export function navigation(nodes: readonly SiteNode[]): { kind: SiteKind; root: Branch }[] {
  return SHOWN.flatMap((kind) => {
    const root: Branch = { name: kind, branches: [], leaves: [], size: 0 };
    for (const [at, node] of nodes.entries()) if (node.kind === kind) place(root, folders(node), at);
    sort(root, nodes);
    return root.size === 0 ? [] : [{ kind, root }];
  });
}

function folders(node: SiteNode): string[] {
  if (node.kind === "source") return [node.name.slice(0, node.name.indexOf("."))];
  if (node.kind === "model" || node.kind === "snapshot") return node.path.split("/").slice(1, -1);
  return [];
}

function place(branch: Branch, [first, ...rest]: readonly string[], at: number): void {
  branch.size += 1;
  if (first === undefined) {
    branch.leaves.push(at);
    return;
  }
  let next = branch.branches.find(({ name }) => name === first);
  if (next === undefined) {
    next = { name: first, branches: [], leaves: [], size: 0 };
    branch.branches.push(next);
  }
  place(next, rest, at);
}

function sort(branch: Branch, nodes: readonly SiteNode[]): void {
  const collate = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });
  branch.branches.sort((a, b) => collate(a.name, b.name));
  branch.leaves.sort((a, b) => collate(nodes[a]!.name, nodes[b]!.name));
  for (const inner of branch.branches) sort(inner, nodes);
}

/** Whether a branch holds a node. */
export function holds(branch: Branch, at: number): boolean {
  return branch.leaves.includes(at) || branch.branches.some((inner) => holds(inner, at));
}
