import type { JSX } from "preact";
import type { SiteDetail } from "../../../site-data.js";
import { NodeLink } from "../../components/node-link.js";
import { Section } from "../../components/section.js";
import { href } from "../../route.js";
import { children, core, positionOf } from "../../store.js";

/** What a node is made from, and what is made from it. */
export function Neighbours({ at, detail }: { at: number; detail: SiteDetail }): JSX.Element | null {
  const node = core.nodes[at]!;
  const macros = detail.macros.flatMap((id) => positionOf(id) ?? []);
  const above = [...node.parents, ...macros];
  const below = (children[at] ?? []).filter((child) => core.nodes[child]!.test === null);
  if (above.length + below.length === 0) return null;
  const inGraph = node.kind !== "macro";
  return (
    <Section
      id="neighbours"
      title="Lineage"
      aside={inGraph && <a href={href(["lineage"], { focus: node.id })}>Open in the graph</a>}
    >
      <div class="pair">
        <List title="Depends on" positions={above} none="Nothing: data begin here." />
        <List title="Used by" positions={below} none="Nothing in this project." />
      </div>
    </Section>
  );
}

function List(props: { title: string; positions: readonly number[]; none: string }): JSX.Element {
  const { title, positions, none } = props;
  return (
    <div>
      <h3>{title}</h3>
      {positions.length === 0 ? (
        <p class="muted">{none}</p>
      ) : (
        <ul class="plain">
          {positions.map((position) => (
            <li key={position}>
              <NodeLink at={position} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
