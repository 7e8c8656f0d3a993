import type { JSX } from "preact";
import { nodeHref } from "../route.js";
import { core } from "../store.js";
import { KindIcon } from "./kind-icon.js";

/** A node by its position, with its sign, as a link to its page. */
export function NodeLink({ at }: { at: number }): JSX.Element {
  const node = core.nodes[at]!;
  return (
    <a class="node-link" href={nodeHref(node.id)}>
      <KindIcon kind={node.kind} />
      <span class="text">{node.name}</span>
    </a>
  );
}
