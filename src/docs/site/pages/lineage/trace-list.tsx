import type { JSX } from "preact";
import { NodeLink } from "../../components/node-link.js";
import { Section } from "../../components/section.js";
import { TableFrame } from "../../components/table-frame.js";
import type { TracedStep } from "../../graph/picture.js";

/** The way of a column in words, for those who do not see the picture and those who want to quote it. */
export function TraceList({ steps }: { steps: readonly TracedStep[] }): JSX.Element {
  return (
    <div class="trace">
      <Section id="trace" title="Steps" count={steps.length}>
        {steps.length === 0 ? (
          <p class="muted">This column is made of no other, and no other is made of it.</p>
        ) : (
          <TableFrame label="Steps">
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">From</th>
                  <th scope="col">How</th>
                  <th scope="col">To</th>
                </tr>
              </thead>
              <tbody>
                {steps.map(({ from, to, how }) => (
                  <tr key={`${from.at} ${from.column} ${to.at} ${to.column}`}>
                    <td>
                      <NodeLink at={from.at} /> <code>{from.column}</code>
                    </td>
                    <td class="tight">{how}</td>
                    <td>
                      <NodeLink at={to.at} /> <code>{to.column}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
        )}
      </Section>
    </div>
  );
}
