import { didYouMean } from "../errors/index.js";
import type { GraphNode } from "../manifest/index.js";
import { contractBreaks } from "./contract-breaks.js";
import { compareManifests, type ManifestComparison } from "./manifest-comparison.js";
import type { MethodScope, SelectorMethod } from "./selector-method.js";
import { type Criterion, invalidSelector } from "./selector-spec.js";

type Check = (comparison: ManifestComparison, node: GraphNode) => boolean;

/** What `state:` takes, and what it means of a node. */
const CHECKS: Record<string, Check> = {
  new: (comparison, node) => comparison.isNew(node),
  old: (comparison, node) => !comparison.isNew(node),
  unmodified: (comparison, node) => !comparison.isNew(node) && !comparison.modified(node),
  modified: (comparison, node) => comparison.modified(node),
  "modified.body": (comparison, node) => comparison.differs(node, "body"),
  "modified.configs": (comparison, node) => comparison.differs(node, "configs"),
  "modified.relation": (comparison, node) => comparison.differs(node, "relation"),
  "modified.persisted_descriptions": (comparison, node) => comparison.differs(node, "persisted_descriptions"),
  "modified.macros": (comparison, node) => comparison.macros(node),
  "modified.contract": (comparison, node) => comparison.differs(node, "contract"),
};

/** `state:`: what is new or has changed since the manifest in `--state`. */
export const state: SelectorMethod = (criterion, scope) => {
  const check = CHECKS[criterion.value];
  if (check === undefined) throw invalidChoice(criterion, "state", Object.keys(CHECKS));
  const previous = needed(criterion, scope, "manifest");
  const comparison = compareManifests(scope.manifest, previous);
  // What is gone cannot be selected, but those who read it should hear of it.
  if (criterion.value === "modified" || criterion.value === "modified.contract") {
    for (const broken of contractBreaks(scope.manifest, previous))
      if (!scope.warnings.includes(broken)) scope.warnings.push(broken);
  }
  return (node) => check(comparison, node);
};

/** `result:`: what ended so in the run whose results are in `--state`. */
export const result: SelectorMethod = (criterion, scope) => {
  const { results } = needed(criterion, scope, "results");
  const ids = new Set(
    results.filter(({ status }) => status === criterion.value).map(({ unique_id }) => unique_id),
  );
  return (node) => ids.has(node.unique_id);
};

/** `source_status:fresher`: sources with newer data than when `sources.json` in `--state` was written. */
export const sourceStatus: SelectorMethod = (criterion, scope) => {
  if (criterion.value !== "fresher") throw invalidChoice(criterion, "source status", ["fresher"]);
  const before = loadedAt(needed(criterion, scope, "sources").results);
  const current = scope.state!.currentSources;
  if (current === null) {
    throw invalidSelector(
      criterion.raw,
      "the target folder holds no sources.json to compare",
      "Run `sla source freshness` first.",
    );
  }
  const fresher = new Set<string>();
  for (const [id, at] of loadedAt(current.results)) {
    const earlier = before.get(id);
    if (earlier === undefined || at > earlier) fresher.add(id);
  }
  return (node) => fresher.has(node.unique_id);
};

function loadedAt(results: readonly { unique_id: string; max_loaded_at?: string | null }[]) {
  const known = new Map<string, number>();
  for (const { unique_id, max_loaded_at } of results)
    if (max_loaded_at) known.set(unique_id, Date.parse(max_loaded_at));
  return known;
}

const FILES = {
  manifest: "sla_manifest.json",
  results: "run_results.json",
  sources: "sources.json",
} as const;

function needed<Key extends keyof typeof FILES>(
  criterion: Criterion,
  { state: previous }: MethodScope,
  key: Key,
): NonNullable<NonNullable<MethodScope["state"]>[Key]> {
  if (previous === undefined) {
    throw invalidSelector(
      criterion.raw,
      "it compares with an earlier run, and --state is not given",
      "--state takes a copy of an earlier run's target folder.",
    );
  }
  const artifact = previous[key];
  if (artifact !== null) return artifact as NonNullable<typeof artifact>;
  throw invalidSelector(criterion.raw, `there is no ${FILES[key]} in ${previous.folder} (--state)`);
}

/** SLA208 for a value that is not among those that a method takes. */
export function invalidChoice(criterion: Criterion, what: string, known: readonly string[]) {
  return invalidSelector(
    criterion.raw,
    `there is no ${what} "${criterion.value}"`,
    didYouMean(criterion.value, known) ?? `Known are ${known.join(", ")}.`,
  );
}
