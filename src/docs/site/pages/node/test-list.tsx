import type { JSX } from "preact";
import { Section } from "../../components/section.js";
import { StatusMark } from "../../components/status-mark.js";
import { TableFrame } from "../../components/table-frame.js";
import { integer, moment } from "../../format.js";
import { nodeHref } from "../../route.js";
import { core, testsOf } from "../../store.js";

/** The tests of a node with their last results; those of single columns stand with the columns, too. */
export function TestList({ at }: { at: number }): JSX.Element | null {
  const tests = testsOf(at);
  if (tests.length === 0) return null;
  return (
    <Section id="tests" title="Tests" count={tests.length}>
      <TableFrame label="Tests">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Test</th>
              <th scope="col">Column</th>
              <th scope="col">Last result</th>
              <th scope="col" class="number">
                Failures
              </th>
              <th scope="col">When</th>
            </tr>
          </thead>
          <tbody>
            {tests.map((position) => {
              const { id, name, state, test } = core.nodes[position]!;
              return (
                <tr key={id}>
                  <th scope="row">
                    <a href={nodeHref(id)}>{test!.name ?? name}</a>
                    {test!.type !== "generic" && <span class="muted"> {test!.type}</span>}
                  </th>
                  <td class="mono">{test!.column}</td>
                  <td class="tight">{state === null ? "" : <StatusMark status={state.status} />}</td>
                  <td class="number">{state?.failures == null ? "" : integer(state.failures)}</td>
                  <td class="tight muted">{state?.at == null ? "" : moment(state.at)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableFrame>
    </Section>
  );
}
