import type { JSX } from "preact";
import { NodeLink } from "../../components/node-link.js";
import { Section } from "../../components/section.js";
import { StatusMark } from "../../components/status-mark.js";
import { TableFrame } from "../../components/table-frame.js";
import { duration } from "../../format.js";
import { core } from "../../store.js";
import { HistoryBars } from "./history-bars.js";

const SHOWN = 10;

/** The nodes and tests that took longest when they were last run, and how long they took before. */
export function Slowest(): JSX.Element | null {
  const timed = core.nodes
    .map(({ state }, at) => ({ at, state }))
    .filter(
      ({ state }) => (state?.seconds ?? 0) > 0 && state!.status !== "reused" && state!.status !== "skipped",
    )
    .sort((a, b) => b.state!.seconds! - a.state!.seconds!)
    .slice(0, SHOWN);
  if (timed.length === 0) return null;
  return (
    <Section id="slowest" title="Slowest">
      <TableFrame label="Slowest">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">Last run</th>
              <th scope="col" class="number">
                Took
              </th>
              <th scope="col">Before</th>
            </tr>
          </thead>
          <tbody>
            {timed.map(({ at, state }) => (
              <tr key={at}>
                <th scope="row">
                  <NodeLink at={at} />
                </th>
                <td class="tight">
                  <StatusMark status={state!.status} />
                </td>
                <td class="number">{duration(state!.seconds!)}</td>
                <td>
                  <HistoryBars at={at} what="time" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Section>
  );
}
