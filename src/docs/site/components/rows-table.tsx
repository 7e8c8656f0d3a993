import type { JSX } from "preact";
import type { SiteRows } from "../../site-data.js";
import { TableFrame } from "./table-frame.js";

/** Rows of a relation as text. */
export function RowsTable({ rows }: { rows: SiteRows }): JSX.Element {
  return (
    <TableFrame label="Rows">
      <table class="table">
        <thead>
          <tr>
            {rows.columns.map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.rows.map((row, at) => (
            <tr key={at}>
              {row.map((value, column) => (
                <td key={column} class="mono">
                  {value === null ? <span class="muted">NULL</span> : value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.more && <p class="muted more">There are more.</p>}
    </TableFrame>
  );
}
