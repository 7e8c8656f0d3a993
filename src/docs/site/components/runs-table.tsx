import type { JSX } from "preact";
import type { SiteRun, SiteStatus } from "../../site-data.js";
import { duration, integer, moment } from "../format.js";
import { StatusMark } from "./status-mark.js";
import { TableFrame } from "./table-frame.js";

/** How a run as a whole ended, as an outcome. */
const RUN_STATUS: Readonly<Record<string, { status: SiteStatus; word: string }>> = {
  success: { status: "pass", word: "success" },
  error: { status: "fail", word: "failed" },
  interrupted: { status: "skipped", word: "interrupted" },
  running: { status: "skipped", word: "running" },
};

/** Runs of the ledger, a line each. */
export function RunsTable({ runs }: { runs: readonly SiteRun[] }): JSX.Element {
  return (
    <TableFrame label="Runs">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Began</th>
            <th scope="col">Command</th>
            <th scope="col">Ended</th>
            <th scope="col" class="number">
              Took
            </th>
            <th scope="col" class="number">
              Nodes
            </th>
            <th scope="col" class="number">
              Published
            </th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => {
            const look = RUN_STATUS[run.status] ?? { status: "skipped" as const, word: run.status };
            return (
              <tr key={run.id}>
                <td class="tight">{moment(run.started)}</td>
                <td>
                  <code>
                    {run.command} {run.selection}
                  </code>
                </td>
                <td class="tight">
                  <StatusMark status={look.status} text={look.word} />
                </td>
                <td class="number">{run.seconds === null ? "" : duration(run.seconds)}</td>
                <td class="number">{integer(run.nodes)}</td>
                <td class="number">{integer(run.published)}</td>
                <td class="tight muted">{run.by}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableFrame>
  );
}
