import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { SiteTimeline } from "../../../site-data.js";
import { NodeLink } from "../../components/node-link.js";
import { Section } from "../../components/section.js";
import { STATUS_LOOKS, StatusMark } from "../../components/status-mark.js";
import { TableFrame } from "../../components/table-frame.js";
import { duration, moment } from "../../format.js";
import { nodeHref } from "../../route.js";
import { core } from "../../store.js";

const ROW = 24;
const LEFT = 76;
const WIDTH = 1000;

/** What ran when on which thread, and the chain of nodes that made the run as long as it was. */
export function Timeline({ timeline }: { timeline: SiteTimeline }): JSX.Element {
  const { spans, critical, started, command } = timeline;
  const onlyCritical = useSignal(false);
  const threads = [...new Set(spans.map(({ thread }) => thread))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const end = Math.max(...spans.map(({ to }) => to));
  const path = new Set(critical);
  const x = (seconds: number): number => LEFT + (seconds / end) * (WIDTH - LEFT - 4);
  const height = threads.length * ROW + 26;
  const busy = critical.reduce((sum, at) => sum + lengthOf(spans.find(({ node }) => node === at)!), 0);
  return (
    <Section
      id="timeline"
      title="Timeline"
      aside={
        <span class="muted">
          <code>{command}</code>, {moment(started)}, {duration(end)}
        </span>
      }
    >
      <div class="timeline-wrap">
        {/* biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset. */}
        <svg
          class="timeline"
          viewBox={`0 0 ${WIDTH} ${height}`}
          role="group"
          aria-label="Timeline of the run"
        >
          {ticks(end).map((tick) => (
            <g key={tick}>
              <path class="grid" d={`M${x(tick)} 0V${height - 20}`} />
              <text class="tick" x={x(tick)} y={height - 6} text-anchor="middle">
                {duration(tick)}
              </text>
            </g>
          ))}
          {threads.map((thread, row) => (
            <text class="tick" key={thread} x="0" y={row * ROW + 16}>
              {thread.replace(/^thread[-_ ]?/i, "thread ")}
            </text>
          ))}
          {spans.map((span) => {
            const node = core.nodes[span.node]!;
            const isCritical = path.has(span.node);
            const width = Math.max(1.5, x(span.to) - x(span.from) - 0.5);
            const y = threads.indexOf(span.thread) * ROW + 4;
            const { word, tone } = STATUS_LOOKS[span.status];
            const said = `${node.name}, ${word}, ${duration(lengthOf(span))}${isCritical ? ", on the critical path" : ""}`;
            return (
              <a
                key={span.node}
                href={nodeHref(node.id)}
                aria-label={said}
                tabIndex={isCritical ? 0 : -1}
                class={`span tone-${tone}${isCritical ? " critical" : ""}${onlyCritical.value && !isCritical ? " faded" : ""}`}
              >
                <rect x={x(span.from)} y={y} width={width} height={ROW - 8} rx="2" />
                {width > 7 * node.name.length && (
                  <text x={x(span.from) + 4} y={y + 12}>
                    {node.name}
                  </text>
                )}
                <title>{said}</title>
              </a>
            );
          })}
        </svg>
      </div>
      <p class="timeline-foot">
        <label class="check">
          <input
            type="checkbox"
            checked={onlyCritical.value}
            onChange={(event) => {
              onlyCritical.value = event.currentTarget.checked;
            }}
          />
          Only the critical path
        </label>
        <span class="muted">
          Outlined bars are the critical path: {duration(busy)} of work in {critical.length} steps that waited
          for each other.
        </span>
      </p>
      <details>
        <summary>The critical path as a table</summary>
        <TableFrame label="Critical path">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Node</th>
                <th scope="col">Ended</th>
                <th scope="col" class="number">
                  Began after
                </th>
                <th scope="col" class="number">
                  Took
                </th>
              </tr>
            </thead>
            <tbody>
              {critical.map((at) => {
                const span = spans.find(({ node }) => node === at)!;
                return (
                  <tr key={at}>
                    <th scope="row">
                      <NodeLink at={at} />
                    </th>
                    <td>
                      <StatusMark status={span.status} />
                    </td>
                    <td class="number">{duration(span.from)}</td>
                    <td class="number">{duration(lengthOf(span))}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </TableFrame>
      </details>
    </Section>
  );
}

const lengthOf = ({ from, to }: { from: number; to: number }): number => to - from;

/** Four to eight round moments. */
function ticks(end: number): number[] {
  const rough = end / 6;
  const power = 10 ** Math.floor(Math.log10(rough || 1));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? power;
  return Array.from({ length: Math.floor(end / step) }, (_, at) => (at + 1) * step);
}
