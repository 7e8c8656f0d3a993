import type { Adapter } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import type { PreviousState } from "../graph/index.js";
import { type Manifest, type Node, type Relation, relationKey } from "../manifest/index.js";

/** Where refs lead that this run does not build. */
export interface DeferralOptions {
  /** Read what is not built here from where the manifest of `--state` has it. */
  defer?: boolean | undefined;
  /** Prefer that even to what is built here already. */
  favorState?: boolean | undefined;
}

/**
 * dbt's `--defer`: a ref leads to the relation of the `--state` manifest if its own does not exist in the target or, with
 * `--favor-state`, whenever that node is not selected. Undefined when nothing is deferred.
 */
export async function openDeferral(
  manifest: Manifest,
  previous: PreviousState | undefined,
  options: DeferralOptions,
  selected: readonly string[],
  adapter: Adapter,
): Promise<((live: Relation) => Relation) | undefined> {
  if (!options.defer) return undefined;
  const elsewhere = counterparts(manifest, needed(manifest, previous));
  const schemas = new Set([...elsewhere.values()].map(({ live }) => live.schema));
  const standing = new Set((await adapter.introspector.relations([...schemas])).map(relationKey));
  const chosen = new Set(selected);
  return (live) => {
    const found = elsewhere.get(relationKey(live));
    if (found === undefined) return live;
    const prefer = options.favorState === true && !chosen.has(found.builder);
    return prefer || !standing.has(relationKey(live)) ? found.there : live;
  };
}

interface Counterpart {
  /** Id of the node that builds it. */
  builder: string;
  live: Relation;
  there: Relation;
}

/** What both manifests have, by the relation it has here. Ephemeral models have none; sources are built by others. */
function counterparts(manifest: Manifest, previous: Manifest): Map<string, Counterpart> {
  const found = new Map<string, Counterpart>();
  for (const node of [...Object.values(manifest.nodes), ...Object.values(manifest.sources)]) {
    const old = previous.nodes[node.unique_id] ?? previous.sources[node.unique_id];
    const builder = builderOf(node);
    if (old === undefined || builder === null || builderOf(old) === null) continue;
    const live = relationOf(node);
    found.set(relationKey(live), { builder, live, there: relationOf(old) });
  }
  return found;
}

/** Who builds the relation of a node: itself, or the seeder whose table it is; null when nobody here does. */
function builderOf(node: Node): string | null {
  if (node.resource_type === "test") return null;
  if (node.resource_type === "source") return node.depends_on.nodes[0] ?? null;
  return node.config.materialized === "ephemeral" ? null : node.unique_id;
}

function relationOf(node: Node): Relation {
  const { schema, alias } = node as Exclude<Node, { resource_type: "test" }>;
  return { schema, identifier: alias };
}

function needed(manifest: Manifest, previous: PreviousState | undefined): Manifest {
  if (previous === undefined) {
    throw new SlaError({
      code: "SLA701",
      message: "--defer needs --state",
      hint: "--state takes a copy of the target folder of the environment to read from.",
    });
  }
  if (previous.manifest === null) {
    throw new SlaError({
      code: "SLA701",
      message: `there is no sla_manifest.json in ${previous.folder} (--state)`,
      hint: "Every command that builds writes it into the target folder; so does `sla parse`.",
    });
  }
  const [here, there] = [manifest.metadata.adapter_type, previous.manifest.metadata.adapter_type];
  if (here !== there) {
    throw new SlaError({
      code: "SLA701",
      message: `the target is of type ${here}, the manifest in ${previous.folder} (--state) of type ${there}`,
      hint: "A run can only read from the server (or the file) that it builds on.",
    });
  }
  return previous.manifest;
}
