import type { JSX } from "preact";
import { KINDS, type SiteNode } from "../../../site-data.js";
import { CodeTabs } from "../../components/code-block.js";
import { useDetail } from "../../components/detail.js";
import { KindIcon } from "../../components/kind-icon.js";
import { Markdown } from "../../components/markdown.js";
import { RowsTable } from "../../components/rows-table.js";
import { Section } from "../../components/section.js";
import { StatusMark } from "../../components/status-mark.js";
import { href, type Route } from "../../route.js";
import { core, positionOf } from "../../store.js";
import { NotFoundPage } from "../not-found/not-found-page.js";
import { Arguments } from "./arguments.js";
import { Columns } from "./columns.js";
import { ConfigList } from "./config-list.js";
import { Facts } from "./facts.js";
import { Neighbours } from "./neighbours.js";
import { RunHistory } from "./run-history.js";
import { TestList } from "./test-list.js";

/** Everything about one node. */
export function NodePage({ route }: { route: Route }): JSX.Element {
  const at = positionOf(route.rest[0] ?? "");
  return at === undefined ? <NotFoundPage /> : <Known at={at} node={core.nodes[at]!} />;
}

function Known({ at, node }: { at: number; node: SiteNode }): JSX.Element {
  const detail = useDetail(node);
  return (
    <>
      <Head node={node} />
      <Facts at={at} detail={detail} />
      {detail === undefined ? (
        <p class="muted section" role="status">
          Loading …
        </p>
      ) : (
        <>
          {detail.arguments.length > 0 && <Arguments list={detail.arguments} />}
          {detail.columns.length > 0 && <Columns at={at} detail={detail} />}
          {detail.tables.map((table) => (
            <Columns
              key={table.name}
              at={at}
              detail={table}
              id={`table-${table.name}`}
              title={`Writes ${table.schema}.${table.name}`}
            />
          ))}
          {detail.failures !== null && (
            <Section id="failures" title="Failing rows">
              <RowsTable rows={detail.failures} />
            </Section>
          )}
          <TestList at={at} />
          <Neighbours at={at} detail={detail} />
          {detail.texts.length > 0 && (
            <Section id="code" title="Code">
              <CodeTabs id="code" texts={detail.texts} />
            </Section>
          )}
          {detail.history.length > 0 && <RunHistory history={detail.history} isTest={node.test !== null} />}
          <ConfigList detail={detail} />
        </>
      )}
    </>
  );
}

function Head({ node }: { node: SiteNode }): JSX.Element {
  const folders = node.path.split("/").slice(0, -1);
  return (
    <div class="page-head">
      <div class="crumbs">
        <a href={href(["list", node.kind])}>{KINDS[node.kind].many}</a>
        {folders.slice(1).map((folder) => (
          <span key={folder}>/ {folder}</span>
        ))}
      </div>
      <div class="name">
        <h1>{node.name}</h1>
        <span class="chip">
          <KindIcon kind={node.kind} named />
        </span>
        {node.state !== null && <StatusMark status={node.state.status} boxed />}
        {node.tags.map((tag) => (
          <span class="chip" key={tag}>
            # {tag}
          </span>
        ))}
      </div>
      {node.description !== "" && (
        <div class="lede">
          <Markdown text={node.description} />
        </div>
      )}
      {node.state?.message && node.state.status !== "success" && node.state.status !== "pass" && (
        <p class="message">{node.state.message}</p>
      )}
    </div>
  );
}
