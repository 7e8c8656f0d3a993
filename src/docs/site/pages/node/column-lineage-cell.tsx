import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { HOW, type LoadedLineage, loadLineage } from "../../graph/column-trace.js";
import { href } from "../../route.js";
import { core, positionOf } from "../../store.js";

/** How many inputs are named; the graph shows the rest. */
const NAMED = 4;

/** The lineage of columns once it is there. */
export function useLineage(): LoadedLineage | undefined {
  const [loaded, setLoaded] = useState<LoadedLineage>();
  useEffect(() => {
    let current = true;
    void loadLineage().then((lineage) => current && setLoaded(lineage));
    return () => {
      current = false;
    };
  }, []);
  return loaded;
}

/** What a column is made of and how, with the way to the graph. Unknown is said to be unknown. */
export function ColumnLineageCell(props: {
  at: number;
  column: string;
  loaded: LoadedLineage;
}): JSX.Element | null {
  const { at, column, loaded } = props;
  const { id } = core.nodes[at]!;
  const node = loaded.lineage.nodes[id];
  const origin = node?.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase());
  if (node === undefined || origin === undefined) return <span class="muted">unknown</span>;
  const steps = loaded.graph.inputs({ node: id, column });
  const trace = href(["lineage"], { node: id, column: origin.name });
  const unused = steps.length === 0 && loaded.graph.uses({ node: id, column }).length === 0;
  return (
    <>
      {origin.status === "unknown" && (
        <span class="muted" title={origin.reason}>
          unknown{origin.reason === undefined ? "" : `: ${origin.reason}`}{" "}
        </span>
      )}
      <ul class="plain origins">
        {steps.slice(0, NAMED).map((step) => (
          <li key={`${step.node} ${step.column}`}>
            <code>{`${core.nodes[positionOf(step.node) ?? -1]?.name ?? step.node}.${step.column}`}</code>{" "}
            <span class="muted">{[...new Set(step.how.map(({ subtype }) => HOW[subtype]))].join(", ")}</span>
          </li>
        ))}
      </ul>
      {steps.length > NAMED && <span class="muted">and {steps.length - NAMED} more </span>}
      {!unused && (
        <a href={trace}>
          follow<span class="unseen"> {column}</span>
        </a>
      )}
    </>
  );
}
