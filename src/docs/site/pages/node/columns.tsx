import type { JSX } from "preact";
import type { SiteColumn, SiteDetail } from "../../../site-data.js";
import { Markdown } from "../../components/markdown.js";
import { Section } from "../../components/section.js";
import { StatusMark } from "../../components/status-mark.js";
import { TableFrame } from "../../components/table-frame.js";
import { nodeHref } from "../../route.js";
import { core } from "../../store.js";
import { ColumnLineageCell, useLineage } from "./column-lineage-cell.js";

type Keyed = Pick<SiteDetail, "columns" | "primaryKey" | "indexes">;

/** The columns of a relation: what they hold, their types and keys, and how their tests went. */
export function Columns(props: { at: number; detail: Keyed; id?: string; title?: string }): JSX.Element {
  const { at, detail, id = "columns", title = "Columns" } = props;
  const { columns } = detail;
  const loaded = useLineage();
  const has = {
    tests: columns.some(({ tests }) => tests.length > 0),
  };
  return (
    <Section id={id} title={title} count={columns.length}>
      <TableFrame label={title}>
        <table class="table columns">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Type</th>
              <th scope="col">Description</th>
              {has.tests && <th scope="col">Tests</th>}
              <th scope="col">Comes from</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.name} id={`${id}-${column.name}`}>
                <th scope="row">
                  <code>{column.name}</code>
                  {keySign(column, detail)}
                </th>
                <td class="tight">
                  <TypeOf column={column} />
                </td>
                <td class="said">
                  {column.description !== "" && <Markdown text={column.description} />}
                  {column.comment !== null && <p class="muted">Comment in the warehouse: {column.comment}</p>}
                  {column.tags.map((tag) => (
                    <span class="chip" key={tag}>
                      # {tag}
                    </span>
                  ))}
                </td>
                {has.tests && (
                  <td>
                    <ul class="plain">
                      {column.tests.map((test) => (
                        <li key={test}>
                          <ColumnTest at={test} />
                        </li>
                      ))}
                    </ul>
                  </td>
                )}
                <td>
                  {loaded !== undefined && <ColumnLineageCell at={at} column={column.name} loaded={loaded} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Section>
  );
}

function keySign({ name }: SiteColumn, { primaryKey, indexes }: Keyed): JSX.Element | null {
  const within = (list: readonly string[]): boolean =>
    list.some((key) => key.toLowerCase() === name.toLowerCase());
  if (within(primaryKey)) return <span class="key"> primary key</span>;
  const index = indexes.find(({ columns }) => within(columns));
  return index === undefined ? null : <span class="key"> {index.unique ? "unique" : "indexed"}</span>;
}

function TypeOf({ column }: { column: SiteColumn }): JSX.Element {
  const { type, declared, nullable } = column;
  return (
    <>
      {(type ?? declared) !== null && <code>{type ?? declared}</code>}
      {nullable === false && <div class="muted small">not null</div>}
      {type === null && declared !== null && <div class="muted small">declared</div>}
    </>
  );
}

function ColumnTest({ at }: { at: number }): JSX.Element {
  const { id, state, test, name } = core.nodes[at]!;
  const label = test?.name ?? name;
  return (
    <a class="node-link" href={nodeHref(id)}>
      {state === null ? <span class="text">{label}</span> : <StatusMark status={state.status} text={label} />}
      {state !== null && <span class="unseen">{state.status}</span>}
    </a>
  );
}
