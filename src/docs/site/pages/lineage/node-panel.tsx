import type { JSX } from "preact";
import { KindIcon } from "../../components/kind-icon.js";
import { firstLine } from "../../components/markdown.js";
import { Sign } from "../../components/sign.js";
import { StatusMark } from "../../components/status-mark.js";
import { compact, count, duration } from "../../format.js";
import { stateWords } from "../../graph/node-box.js";
import { nodeHref, setQuery } from "../../route.js";
import { core, testsOf } from "../../store.js";

/** What is to be known of the chosen node, and its columns to follow. */
export function NodePanel(props: { at: number; column: string | null; onClose(): void }): JSX.Element {
  const { at, column, onClose } = props;
  const node = core.nodes[at]!;
  const { state, size } = node;
  const tests = testsOf(at);
  return (
    <aside class="panel" aria-label={node.name}>
      <div class="panel-head">
        <KindIcon kind={node.kind} named />
        <span class="grow" />
        <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
          <Sign d="M5 5l8 8M13 5l-8 8" />
        </button>
      </div>
      <h2>
        <a href={nodeHref(node.id)}>{node.name}</a>
      </h2>
      {node.description !== "" && <p class="panel-text">{firstLine(node.description)}</p>}
      <p class="panel-facts">
        {state !== null && <StatusMark status={state.status} boxed />}
        {size?.rows != null && <span class="chip">{compact(size.rows)} rows</span>}
        {state?.seconds != null && <span class="chip">{duration(state.seconds)}</span>}
        {tests.length > 0 && <span class="chip">{count(tests.length, "test")}</span>}
        <span class="unseen">{stateWords(at)}</span>
      </p>
      <p class="panel-actions">
        <a class="button" href={nodeHref(node.id)}>
          Open
        </a>
        <button
          type="button"
          class="button"
          onClick={() => setQuery({ focus: node.id, node: null, column: null })}
        >
          Focus
        </button>
      </p>
      {node.columns.length > 0 && (
        <>
          <h3>Follow a column</h3>
          <ul class="plain panel-columns">
            {node.columns.map((name) => (
              <li key={name}>
                <button
                  type="button"
                  aria-pressed={name === column}
                  onClick={() => setQuery({ node: node.id, column: name === column ? null : name })}
                >
                  {name}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}
