import { didYouMean } from "../errors/index.js";
import { type GraphNode, getNode, type Manifest } from "../manifest/index.js";
import { fnmatch } from "./glob.js";
import type { Graph } from "./graph.js";
import { type IndirectSelection, rideRule, ridesAlong } from "./indirect-selection.js";
import type { PreviousState } from "./previous-state.js";
import type { NamedSelectors, Selection } from "./selection.js";
import { METHOD_NAMES, SELECTOR_METHODS } from "./selector-methods.js";
import { type Criterion, invalidSelector } from "./selector-spec.js";

/** What is selected, and the tests that would only be with more of their parents. */
interface Selected {
  direct: Set<string>;
  maybe: Set<string>;
}

/** What a selection is evaluated in. */
export interface EvaluationScope {
  manifest: Manifest;
  graph: Graph;
  /** Takes what is odd but no error. */
  warnings: string[];
  indirect: IndirectSelection;
  state: PreviousState | undefined;
  selectors: NamedSelectors | undefined;
}

/** Evaluates selections by dbt's rules: sets are combined together with the tests that may still join them. */
export class Evaluation {
  /** Names of YAML selectors that are being evaluated, to refuse one that is made of itself. */
  readonly #open: string[] = [];

  constructor(private readonly scope: EvaluationScope) {}

  of(selection: Selection): Selected {
    if (selection.kind === "criterion") return this.#criterion(selection.criterion);
    const warned = this.scope.warnings.length;
    const parts = selection.parts.map((part) => this.of(part));
    const combine = COMBINE[selection.kind];
    const direct = combine(parts.map((part) => part.direct));
    const all = combine(parts.map((part) => new Set([...part.direct, ...part.maybe])));
    const found = this.#complete(direct, all);
    // Where a method is unknown, that is what is wrong.
    if (selection.expects !== undefined && found.size === 0 && this.scope.warnings.length === warned)
      this.scope.warnings.push(`The selection criterion "${selection.expects}" does not match any node.`);
    return { direct: found, maybe: minus([all, found]) };
  }

  /** Adds tests whose parents have come together now. */
  #complete(direct: Set<string>, all: ReadonlySet<string>): Set<string> {
    const { manifest, graph, indirect } = this.scope;
    if (indirect === "eager" || indirect === "empty" || all.size === direct.size) return direct;
    const rides = rideRule(indirect, direct, graph);
    const found = new Set(direct);
    for (const id of all) if (rides(getNode(manifest, id)!.depends_on.nodes)) found.add(id);
    return found;
  }

  #criterion(criterion: Criterion): Selected {
    const { graph, manifest } = this.scope;
    const named = criterion.method === "selector" ? this.#named(criterion) : undefined;
    const start = named?.direct ?? this.#matching(criterion);
    const direct = new Set(start);
    if (criterion.childrensParents) {
      for (const id of graph.descendants(start)) direct.add(id);
      for (const id of graph.ancestors([...direct])) direct.add(id);
    }
    if (criterion.parents > 0) for (const id of graph.ancestors(start, criterion.parents)) direct.add(id);
    if (criterion.children > 0) for (const id of graph.descendants(start, criterion.children)) direct.add(id);
    const mode = criterion.indirect ?? this.scope.indirect;
    if (mode === "empty") return { direct, maybe: named?.maybe ?? new Set() };

    const rides = rideRule(mode, direct, graph, Object.keys(manifest.sources));
    const found = new Set(direct);
    const maybe = new Set(named?.maybe);
    for (const id of direct) {
      // What a named selector has decided about the tests of its nodes, it has decided.
      if (named?.direct.has(id)) continue;
      for (const child of graph.children(id)) {
        const node = getNode(manifest, child);
        if (!ridesAlong(node) || found.has(child)) continue;
        (rides(node!.depends_on.nodes) ? found : maybe).add(child);
      }
    }
    return { direct: found, maybe };
  }

  #matching(criterion: Criterion): Set<string> {
    const { manifest, graph, state, warnings } = this.scope;
    const method = SELECTOR_METHODS[criterion.method];
    if (method === undefined) {
      warnings.push(
        `"${criterion.raw}" uses the unknown selector method "${criterion.method}" and selects nothing. ` +
          (didYouMean(criterion.method, METHOD_NAMES) ?? `Methods are ${METHOD_NAMES.join(", ")}.`),
      );
      return new Set();
    }
    const matches = method(criterion, { manifest, state, warnings });
    const found = new Set<string>();
    for (const id of graph.ids()) if (matches(getNode(manifest, id) as GraphNode)) found.add(id);
    return found;
  }

  /** `selector:` takes what selectors of `selectors.yml` select, wildcards allowed. */
  #named(criterion: Criterion): Selected {
    const { selectors } = this.scope;
    const matches = fnmatch(criterion.value);
    const names = (selectors?.names ?? []).filter(matches);
    if (names.length === 0) {
      const hint =
        selectors === undefined
          ? "There is no selectors.yml beside project.yml."
          : didYouMean(criterion.value, selectors.names);
      throw invalidSelector(criterion.raw, `there is no selector "${criterion.value}"`, hint);
    }
    const all: Selected = { direct: new Set(), maybe: new Set() };
    for (const name of names) {
      if (this.#open.includes(name)) {
        const circle = [...this.#open.slice(this.#open.indexOf(name)), name].join(" → ");
        throw invalidSelector(criterion.raw, `selectors are made of each other in a circle: ${circle}`);
      }
      this.#open.push(name);
      const { direct, maybe } = this.of(selectors!.get(name));
      this.#open.pop();
      for (const id of direct) all.direct.add(id);
      for (const id of maybe) all.maybe.add(id);
    }
    return { direct: all.direct, maybe: minus([all.maybe, all.direct]) };
  }
}

type Combine = (sets: readonly ReadonlySet<string>[]) => Set<string>;

const minus: Combine = ([first = new Set<string>(), ...others]) =>
  new Set([...first].filter((id) => !others.some((other) => other.has(id))));

const COMBINE: Record<"union" | "intersection" | "difference", Combine> = {
  union: (sets) => new Set(sets.flatMap((set) => [...set])),
  intersection: ([first = new Set<string>(), ...others]) =>
    new Set([...first].filter((id) => others.every((other) => other.has(id)))),
  difference: minus,
};
