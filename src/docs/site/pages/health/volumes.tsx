import type { JSX } from "preact";
import { NodeLink } from "../../components/node-link.js";
import { Section } from "../../components/section.js";
import { TableFrame } from "../../components/table-frame.js";
import { integer } from "../../format.js";
import { core } from "../../store.js";
import { HistoryBars } from "./history-bars.js";

const SHOWN = 12;

/** The largest tables, and how many rows each run wrote. */
export function Volumes(): JSX.Element | null {
  const written = core.nodes
    .map(({ state, test }, at) => ({ at, rows: test === null ? (state?.rows ?? null) : null }))
    .filter((entry): entry is { at: number; rows: number } => entry.rows !== null)
    .sort((a, b) => b.rows - a.rows)
    .slice(0, SHOWN);
  if (written.length === 0) return null;
  return (
    <Section id="volumes" title="Rows written">
      <TableFrame label="Rows written">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col" class="number">
                Last run
              </th>
              <th scope="col">Before</th>
            </tr>
          </thead>
          <tbody>
            {written.map(({ at, rows }) => (
              <tr key={at}>
                <th scope="row">
                  <NodeLink at={at} />
                </th>
                <td class="number">{integer(rows)}</td>
                <td>
                  <HistoryBars at={at} what="rows" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Section>
  );
}
