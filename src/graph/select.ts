import { didYouMean } from "../errors/index.js";
import { getNode, type Manifest, type Node, type ResourceType } from "../manifest/index.js";
import type { Graph } from "./graph.js";
import { INDIRECT_SELECTION, type IndirectSelection } from "./indirect-selection.js";
import { SELECTOR_METHODS } from "./selector-methods.js";
import { type Criterion, parseSelection } from "./selector-spec.js";

/** What is selected, and from what kinds of nodes. */
export interface SelectOptions {
  /** Arguments of `--select`; everything when absent or empty. */
  select?: readonly string[] | undefined;
  exclude?: readonly string[] | undefined;
  /** What the command works on; every type when absent. */
  resourceTypes?: readonly ResourceType[] | undefined;
  indirect?: IndirectSelection | undefined;
}

/** What is selected, and what would only be with more of its parents. */
interface Selected {
  direct: Set<string>;
  maybe: Set<string>;
}

/** Applies dbt's selection grammar; ids come in topological order, warnings name criteria that match nothing. */
export function select(
  manifest: Manifest,
  graph: Graph,
  options: SelectOptions = {},
): { ids: string[]; warnings: string[] } {
  const warnings: string[] = [];
  const scope = { manifest, graph, warnings, indirect: INDIRECT_SELECTION[options.indirect ?? "eager"] };
  const chosen = parseSelection(options.select ?? []);
  const included: Selected =
    chosen.length === 0 ? { direct: new Set(graph.ids()), maybe: new Set() } : union(chosen, scope);
  const excluded = union(parseSelection(options.exclude ?? []), scope);
  const ids = new Set(
    complete(
      {
        direct: without(included.direct, excluded.direct),
        maybe: without(included.maybe, excluded.maybe),
      },
      scope,
    ).direct,
  );
  const types = options.resourceTypes;
  const wanted = [...ids].filter(
    (id) => types === undefined || types.includes(getNode(manifest, id)!.resource_type),
  );
  return { ids: graph.order(wanted), warnings };
}

function without(set: ReadonlySet<string>, other: ReadonlySet<string>): Set<string> {
  return new Set([...set].filter((id) => !other.has(id)));
}

function common(set: ReadonlySet<string>, other: ReadonlySet<string>): Set<string> {
  return new Set([...set].filter((id) => other.has(id)));
}

interface Scope {
  manifest: Manifest;
  graph: Graph;
  warnings: string[];
  indirect: (typeof INDIRECT_SELECTION)[IndirectSelection];
}

function union(specs: readonly (readonly Criterion[])[], scope: Scope): Selected {
  const all: Selected = { direct: new Set(), maybe: new Set() };
  for (const criteria of specs) {
    const { direct, maybe } = intersection(criteria, scope);
    for (const id of direct) all.direct.add(id);
    for (const id of maybe) all.maybe.add(id);
  }
  return complete(all, scope);
}

function intersection(criteria: readonly Criterion[], scope: Scope): Selected {
  const parts = criteria.map((criterion) => matching(criterion, scope));
  const together = parts.reduce((a, b) => ({
    direct: common(a.direct, b.direct),
    maybe: common(a.maybe, b.maybe),
  }));
  return complete(together, scope);
}

/** Tests that waited for more parents and now have them. */
function complete({ direct, maybe }: Selected, { manifest, graph, indirect }: Scope): Selected {
  if (maybe.size === 0) return { direct, maybe };
  const rides = indirect(direct, graph);
  const found = new Set(direct);
  for (const id of maybe) if (rides(getNode(manifest, id)!.depends_on.nodes)) found.add(id);
  return { direct: found, maybe };
}

function matching(criterion: Criterion, scope: Scope): Selected {
  const { manifest, graph, indirect } = scope;
  const direct = collect(criterion, scope);
  if (direct.size === 0) return { direct, maybe: new Set() };
  const start = [...direct];
  if (criterion.childrensParents) {
    for (const id of graph.descendants(start)) direct.add(id);
    for (const id of graph.ancestors([...direct])) direct.add(id);
  }
  if (criterion.parents > 0) for (const id of graph.ancestors(start, criterion.parents)) direct.add(id);
  if (criterion.children > 0) for (const id of graph.descendants(start, criterion.children)) direct.add(id);

  const rides = indirect(direct, graph);
  const found = new Set(direct);
  const maybe = new Set<string>();
  for (const id of direct) {
    for (const child of graph.children(id)) {
      const node = manifest.nodes[child];
      if (node?.resource_type !== "test" || found.has(child)) continue;
      (rides(node.depends_on.nodes) ? found : maybe).add(child);
    }
  }
  return { direct: found, maybe };
}

function collect(criterion: Criterion, { manifest, graph, warnings }: Scope): Set<string> {
  const method = SELECTOR_METHODS[criterion.method];
  if (method === undefined) {
    const known = Object.keys(SELECTOR_METHODS);
    warnings.push(
      `"${criterion.raw}" uses the unknown selector method "${criterion.method}" and selects nothing. ` +
        (didYouMean(criterion.method, known) ?? `Methods are ${known.join(", ")}.`),
    );
    return new Set();
  }
  const matches = method(criterion, manifest);
  const found = new Set<string>();
  for (const id of graph.ids()) if (matches(getNode(manifest, id) as Node)) found.add(id);
  if (found.size === 0) warnings.push(`The selection criterion "${criterion.raw}" does not match any node.`);
  return found;
}
