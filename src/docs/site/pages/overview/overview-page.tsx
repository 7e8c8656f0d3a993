import type { JSX } from "preact";
import { KINDS, type SiteKind } from "../../../site-data.js";
import { KindIcon } from "../../components/kind-icon.js";
import { Markdown } from "../../components/markdown.js";
import { NodeLink } from "../../components/node-link.js";
import { RunsTable } from "../../components/runs-table.js";
import { Section } from "../../components/section.js";
import { STATUS_LOOKS, StatusMark } from "../../components/status-mark.js";
import { TableFrame } from "../../components/table-frame.js";
import { integer } from "../../format.js";
import { href } from "../../route.js";
import { core } from "../../store.js";
import { DashboardTiles } from "../dashboards/dashboard-tiles.js";

/** The home page: what the project is, what it has, and how it fares. */
export function OverviewPage(): JSX.Element {
  const { name, overview } = core.project;
  return (
    <>
      <div class="page-head">
        {overview === "" && (
          <>
            <h1>{name}</h1>
            <p class="lede">
              Write what this project is about into <code>overview.md</code> beside <code>project.yml</code>:
              it is shown here.
            </p>
          </>
        )}
        {overview !== "" && <Markdown text={overview} />}
      </div>
      {core.dashboards.length > 0 && (
        <Section id="dashboards" title="Dashboards" aside={<a href={href(["dashboards"])}>All dashboards</a>}>
          <DashboardTiles heading="h3" />
        </Section>
      )}
      <Counts />
      <Attention />
      {core.runs.length > 0 && (
        <Section id="runs" title="Latest runs" aside={<a href={href(["health"])}>All of health</a>}>
          <RunsTable runs={core.runs.slice(0, 5)} />
        </Section>
      )}
    </>
  );
}

function Counts(): JSX.Element {
  const counts = new Map<SiteKind, number>();
  for (const { kind } of core.nodes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = (Object.keys(KINDS) as SiteKind[]).filter((kind) => counts.has(kind));
  return (
    <nav class="tiles" aria-label="Lists">
      {kinds.map((kind) => (
        <a class="tile" key={kind} href={href(["list", kind])}>
          <span class="what">
            <KindIcon kind={kind} />
            {KINDS[kind].many}
          </span>
          <span class="figure">{integer(counts.get(kind)!)}</span>
        </a>
      ))}
    </nav>
  );
}

/** What did not end well, if anything. */
function Attention(): JSX.Element | null {
  const bad = core.nodes.flatMap(({ state }, at) =>
    state !== null && ["bad", "warn"].includes(STATUS_LOOKS[state.status].tone) ? [at] : [],
  );
  if (core.runs.length === 0 && core.timeline === null)
    return (
      <p class="empty section">
        Nothing has been run here yet: <code>sla build</code> builds the project.
      </p>
    );
  return (
    <Section id="attention" title="Needs attention" count={bad.length}>
      {bad.length === 0 ? (
        <p>
          <StatusMark status="pass" text="Everything that was run ended well" />
        </p>
      ) : (
        <TableFrame label="Needs attention">
          <table class="table">
            <tbody>
              {bad.slice(0, 12).map((at) => (
                <tr key={at}>
                  <td class="tight">
                    <StatusMark status={core.nodes[at]!.state!.status} />
                  </td>
                  <td>
                    <NodeLink at={at} />
                  </td>
                  <td class="muted">{core.nodes[at]!.state!.message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </Section>
  );
}
