import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { KINDS, type SiteKind } from "../../../site-data.js";
import { KindIcon } from "../../components/kind-icon.js";
import { firstLine } from "../../components/markdown.js";
import { StatusMark } from "../../components/status-mark.js";
import { TableFrame } from "../../components/table-frame.js";
import { compact, count, moment } from "../../format.js";
import { nodeHref, type Route, setQuery } from "../../route.js";
import { core } from "../../store.js";
import { NotFoundPage } from "../not-found/not-found-page.js";

/** Rows that are drawn at once; more come on demand. */
const AT_ONCE = 200;

/** The title of a list. */
export function listTitle(kind = ""): string {
  return KINDS[kind as SiteKind]?.many ?? "Not found";
}

/** All nodes of a kind, filtered by words. */
export function ListPage({ route }: { route: Route }): JSX.Element {
  const kind = route.rest[0] as SiteKind;
  const shown = useSignal(AT_ONCE);
  if (KINDS[kind] === undefined) return <NotFoundPage />;
  const wanted = (route.query.get("q") ?? "").toLowerCase();
  const all = core.nodes.filter((node) => node.kind === kind);
  const found = all
    .filter(({ name, path, tags, description }) =>
      wanted
        .split(/\s+/)
        .every((word) => [name, path, description, ...tags].join(" ").toLowerCase().includes(word)),
    )
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  const has = {
    relation: all.some(({ relation }) => relation !== null),
    rows: all.some(({ size }) => size !== null),
    state: all.some(({ state }) => state !== null),
    test: kind === "test",
  };
  return (
    <>
      <div class="page-head">
        <div class="name">
          <h1>{KINDS[kind].many}</h1>
          <KindIcon kind={kind} />
        </div>
      </div>
      <p>
        <input
          class="field"
          type="search"
          aria-label={`Filter ${KINDS[kind].many.toLowerCase()}`}
          placeholder="Filter by name, folder, tag"
          value={route.query.get("q") ?? ""}
          onInput={(event) => setQuery({ q: event.currentTarget.value })}
        />{" "}
        <span class="muted" aria-live="polite">
          {found.length === all.length
            ? count(all.length, KINDS[kind].one)
            : `${found.length} of ${all.length}`}
        </span>
      </p>
      <div class="section">
        <TableFrame label="List">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Name</th>
                {has.relation && <th scope="col">Relation</th>}
                {has.rows && (
                  <th scope="col" class="number">
                    Rows
                  </th>
                )}
                {has.state && <th scope="col">Last run</th>}
                <th scope="col">{has.test ? "Of" : "Description"}</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, shown.value).map((node) => (
                <tr key={node.id}>
                  <th scope="row">
                    <a class="node-link" href={nodeHref(node.id)}>
                      <span class="text">{node.name}</span>
                    </a>
                  </th>
                  {has.relation && (
                    <td class="muted mono">
                      {node.relation && `${node.relation.schema}.${node.relation.name}`}
                    </td>
                  )}
                  {has.rows && (
                    <td class="number">
                      {node.size?.rows != null && `${node.size.exact ? "" : "≈ "}${compact(node.size.rows)}`}
                    </td>
                  )}
                  {has.state && (
                    <td class="tight">
                      {node.state && (
                        <span title={node.state.at === null ? undefined : moment(node.state.at)}>
                          <StatusMark status={node.state.status} />
                        </span>
                      )}
                    </td>
                  )}
                  <td class="muted">
                    {has.test && node.test?.of != null
                      ? core.nodes[node.test.of]!.name +
                        (node.test.column === null ? "" : `.${node.test.column}`)
                      : firstLine(node.description)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      </div>
      {found.length > shown.value && (
        <p>
          <button
            type="button"
            class="button"
            onClick={() => {
              shown.value += 5 * AT_ONCE;
            }}
          >
            Show more
          </button>
        </p>
      )}
    </>
  );
}
