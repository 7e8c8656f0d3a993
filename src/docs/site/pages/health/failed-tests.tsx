import type { JSX } from "preact";
import { useDetail } from "../../components/detail.js";
import { NodeLink } from "../../components/node-link.js";
import { RowsTable } from "../../components/rows-table.js";
import { Section } from "../../components/section.js";
import { StatusMark } from "../../components/status-mark.js";
import { count } from "../../format.js";
import { core } from "../../store.js";

const SHOWN = 30;

/** Tests that did not pass when they were last run, with the failing rows that were stored. */
export function FailedTests(): JSX.Element | null {
  const tests = core.nodes.flatMap(({ test, state }, at) =>
    test !== null && state !== null && ["fail", "warn", "error"].includes(state.status) ? [at] : [],
  );
  if (!core.nodes.some(({ test, state }) => test !== null && state !== null)) return null;
  return (
    <Section id="failed" title="Tests that did not pass" count={tests.length}>
      {tests.length === 0 && (
        <p>
          <StatusMark status="pass" text="All tests that were run passed" />
        </p>
      )}
      {tests.slice(0, SHOWN).map((at) => (
        <Failed key={at} at={at} />
      ))}
    </Section>
  );
}

function Failed({ at }: { at: number }): JSX.Element {
  const { state, test, ...node } = core.nodes[at]!;
  const detail = useDetail(core.nodes[at]!);
  return (
    <div class="failed">
      <p>
        <StatusMark status={state!.status} boxed /> <NodeLink at={at} />{" "}
        <span class="muted">
          {state!.failures === null ? "" : `${count(state!.failures, "failure")} `}
          {test!.of === null ? "" : `in ${core.nodes[test!.of]!.name}`}
          {test!.column === null ? "" : `.${test!.column}`}
        </span>
      </p>
      {state!.message !== null && <p class="message">{state!.message}</p>}
      {detail?.failures ? (
        <details>
          <summary>Failing rows of {node.name}</summary>
          <RowsTable rows={detail.failures} />
        </details>
      ) : null}
    </div>
  );
}
