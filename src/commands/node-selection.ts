import { namedSelectors, type PreviousState, select } from "../graph/index.js";
import type { ResourceType } from "../manifest/index.js";
import { readSelectorsYml } from "../project/index.js";
import { type CommandOptions, type Effects, type Invocation, warn } from "./invocation.js";
import { readPreviousState } from "./previous-state.js";

/** The selected nodes; what a criterion did not find is a warning, as in dbt. */
export function selectNodes(
  invocation: Invocation,
  options: CommandOptions,
  effects: Effects,
  resourceTypes?: ResourceType[],
): string[] {
  const { manifest, graph, project } = invocation;
  const yml = readSelectorsYml(project.dir);
  const { ids, warnings } = select(manifest, graph, {
    select: options.select,
    exclude: options.exclude,
    selector: options.selector,
    selectors: yml && namedSelectors(yml),
    state: previousState(invocation, options),
    indirect: options.indirectSelection,
    resourceTypes,
  });
  for (const message of warnings) warn(effects, options, { code: "SLA208", message });
  return ids;
}

/** The artifacts of `--state`, read once for an invocation; undefined if it is not given. */
export function previousState(invocation: Invocation, { state }: CommandOptions): PreviousState | undefined {
  if (state === undefined) return undefined;
  invocation.previous ??= readPreviousState(invocation.project, state);
  return invocation.previous;
}
