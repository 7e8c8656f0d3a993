import { SlaError } from "../errors/index.js";
import { getNode, type Manifest, type ResourceType } from "../manifest/index.js";
import { Evaluation } from "./evaluation.js";
import type { Graph } from "./graph.js";
import type { IndirectSelection } from "./indirect-selection.js";
import type { PreviousState } from "./previous-state.js";
import { type NamedSelectors, only, type Selection } from "./selection.js";
import { parseSelection } from "./selector-spec.js";

/** What is selected, and from what kinds of nodes. */
export interface SelectOptions {
  /** Arguments of `--select`; everything when absent or empty. */
  select?: readonly string[] | undefined;
  exclude?: readonly string[] | undefined;
  /** Name of a selector of `selectors.yml`: it overrides `select` and `exclude`. */
  selector?: string | undefined;
  selectors?: NamedSelectors | undefined;
  /** What `state:`, `result:` and `source_status:` compare with. */
  state?: PreviousState | undefined;
  /** What the command works on; every type when absent. */
  resourceTypes?: readonly ResourceType[] | undefined;
  indirect?: IndirectSelection | undefined;
}

/** Applies dbt's selection grammar; ids come in topological order, warnings name criteria that match nothing. */
export function select(
  manifest: Manifest,
  graph: Graph,
  options: SelectOptions = {},
): { ids: string[]; warnings: string[] } {
  const warnings: string[] = [];
  const evaluation = new Evaluation({
    manifest,
    graph,
    warnings,
    indirect: options.indirect ?? "eager",
    state: options.state,
    selectors: options.selectors,
  });
  const selection = wanted(options);
  const ids = selection === null ? graph.ids() : evaluation.of(selection).direct;
  const types = options.resourceTypes;
  const chosen = [...ids].filter(
    (id) =>
      types === undefined || (types as readonly string[]).includes(getNode(manifest, id)!.resource_type),
  );
  return { ids: graph.order(chosen), warnings };
}

/** Null: everything. */
function wanted({ select: chosen = [], exclude = [], selector, selectors }: SelectOptions): Selection | null {
  const included = parseSelection(chosen);
  const excluded = parseSelection(exclude);
  const name =
    selector ?? (included.length === 0 && excluded.length === 0 ? selectors?.default : undefined) ?? null;
  if (name !== null) {
    if (selectors !== undefined) return selectors.get(name);
    throw new SlaError({
      code: "SLA208",
      message: `there is no selector "${name}"`,
      hint: "Selectors stand in selectors.yml beside project.yml.",
    });
  }
  if (excluded.length === 0) return included.length === 0 ? null : union(included);
  return {
    kind: "difference",
    parts: [included.length === 0 ? { kind: "union", parts: EVERYTHING } : union(included), union(excluded)],
  };
}

/** dbt's default, as far as there are such nodes. */
const EVERYTHING = parseSelection(["fqn:* source:* metric:* exposure:*"]).map(({ criteria }) =>
  only(criteria[0]!),
);

function union(specs: ReturnType<typeof parseSelection>): Selection {
  return {
    kind: "union",
    parts: specs.map(({ raw, criteria }) => ({
      kind: "intersection",
      parts: criteria.map(only),
      expects: raw,
    })),
  };
}
