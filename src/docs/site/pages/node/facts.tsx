import type { ComponentChildren, JSX } from "preact";
import type { SiteDetail, SiteNode } from "../../../site-data.js";
import { NodeLink } from "../../components/node-link.js";
import { bytes, duration, integer, moment } from "../../format.js";
import { core } from "../../store.js";

type Shown = [label: string, value: ComponentChildren];

/** What is to be known at a glance. */
export function Facts({ at, detail }: { at: number; detail: SiteDetail | undefined }): JSX.Element | null {
  const node = core.nodes[at]!;
  const shown = [...ofNode(node), ...ofDetail(detail)].filter(([, value]) => value !== null && value !== "");
  if (shown.length === 0) return null;
  return (
    <dl class="facts">
      {shown.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function ofNode(node: SiteNode): Shown[] {
  const { state, size, test, relation } = node;
  const materialized = node.config.materialized ?? core.defaults.materialized;
  const standsSomewhere = node.kind === "model" || node.kind === "snapshot";
  return [
    ["Relation", relation === null ? null : <code>{`${relation.schema}.${relation.name}`}</code>],
    ["Materialized", standsSomewhere ? String(materialized ?? "") : null],
    ["Rows", size?.rows == null ? null : `${size.exact ? "" : "≈ "}${integer(size.rows)}`],
    ["Size", size?.bytes == null ? null : bytes(size.bytes)],
    ["Tests", test?.of == null ? null : <NodeLink at={test.of} />],
    ["Column", test?.column == null ? null : <code>{test.column}</code>],
    ["Failures", state?.failures == null ? null : integer(state.failures)],
    ["Last run", state?.at == null ? null : moment(state.at)],
    ["Took", state?.seconds == null ? null : duration(state.seconds)],
    [
      "Published",
      state === null || test !== null || state.published === null ? null : state.published ? "yes" : "no",
    ],
    ["Owner", node.owner],
    ["File", <code key="file">{node.path}</code>],
    ["Documented in", node.patch === null || node.patch === node.path ? null : <code>{node.patch}</code>],
  ];
}

function ofDetail(detail: SiteDetail | undefined): Shown[] {
  if (detail === undefined) return [];
  const { primaryKey, indexes, freshness } = detail;
  return [
    ["Primary key", primaryKey.length === 0 ? null : <code>{primaryKey.join(", ")}</code>],
    ...(indexes.length === 0
      ? []
      : [
          [
            "Indexes",
            indexes.map(({ columns, unique }) => (
              <div key={columns.join()}>
                <code>{columns.join(", ")}</code>
                {unique && <span class="muted"> unique</span>}
              </div>
            )),
          ] as Shown,
        ]),
    ["Warns when older than", freshness?.warn ?? null],
    ["Fails when older than", freshness?.error ?? null],
    ["Last loaded", freshness?.loaded ?? null],
    ["Freshness", freshness?.status ?? null],
    ...detail.facts.map(({ label, text, code }): Shown => [label, code ? <code>{text}</code> : text]),
  ];
}
