import type { JSX } from "preact";
import type { SiteDetail } from "../../../site-data.js";
import { Section } from "../../components/section.js";
import { TableFrame } from "../../components/table-frame.js";

/** What a macro or procedure takes. */
export function Arguments({ list }: { list: SiteDetail["arguments"] }): JSX.Element {
  return (
    <Section id="arguments" title="Arguments" count={list.length}>
      <TableFrame label="Arguments">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Type</th>
              <th scope="col">Default</th>
              <th scope="col">Description</th>
            </tr>
          </thead>
          <tbody>
            {list.map(({ name, type, description, default: fallback }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{type !== null && <code>{type}</code>}</td>
                <td>{fallback !== null && <code>{fallback}</code>}</td>
                <td>{description}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Section>
  );
}
