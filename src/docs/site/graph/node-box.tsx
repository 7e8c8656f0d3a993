import type { JSX } from "preact";
import { KINDS, type SiteNode } from "../../site-data.js";
import { KIND_SHAPES } from "../components/kind-icon.js";
import { STATUS_LOOKS } from "../components/status-mark.js";
import { count } from "../format.js";
import { nodeHref } from "../route.js";
import { core, testsOf } from "../store.js";
import { BOX, type Box, rowOf } from "./picture.js";

/** Data begin and end in round boxes; what is built from other nodes has corners. */
const ROUND = new Set<SiteNode["kind"]>(["seed", "source", "metric", "exposure", "dashboard"]);

const CHARACTERS = 24;

/** What a node says about its last run, in words. */
export function stateWords(at: number): string {
  const { state } = core.nodes[at]!;
  const words = state === null ? [] : [STATUS_LOOKS[state.status].word];
  const ended = testsOf(at).flatMap((test) => core.nodes[test]!.state?.status ?? []);
  const bad = ended.filter((status) => status === "fail" || status === "error").length;
  const warned = ended.filter((status) => status === "warn").length;
  if (bad > 0) words.push(`${count(bad, "test")} failed`);
  if (warned > 0) words.push(`${count(warned, "test")} warned`);
  if (ended.length > 0 && bad + warned === 0) words.push(`${count(ended.length, "test")} passed`);
  return words.join(" · ");
}

/** How a node's last run ended, with its tests: what decides over the mark at its right. */
function worst(at: number): keyof typeof STATUS_LOOKS | null {
  const statuses = [core.nodes[at]!, ...testsOf(at).map((test) => core.nodes[test]!)].flatMap(
    ({ state }) => state?.status ?? [],
  );
  const order = ["error", "fail", "skipped", "warn"] as const;
  return (
    order.find((status) => statuses.includes(status)) ?? core.nodes[at]!.state?.status ?? statuses[0] ?? null
  );
}

/** A node of the graph: sign, name, and in words and a sign how it fared. */
export function NodeBox(props: {
  box: Box;
  selected: boolean;
  faded: boolean;
  stop: boolean;
  tracedColumn: string | null;
  onSelect(at: number): void;
}): JSX.Element {
  const { box, selected, faded, stop, tracedColumn, onSelect } = props;
  const node = core.nodes[box.at]!;
  const status = worst(box.at);
  const words = stateWords(box.at);
  const short = node.name.length > CHARACTERS ? `${node.name.slice(0, CHARACTERS - 1)}…` : node.name;
  // What is read out begins with what is seen, in its order.
  const seen = [short, words, ...box.columns].filter((part) => part !== "").join(" ");
  const said = [seen, KINDS[node.kind].one, ...(short === node.name ? [] : [node.name])].join(", ");
  return (
    <g transform={`translate(${box.x} ${box.y})`}>
      <a
        id={`box-${box.at}`}
        href={nodeHref(node.id)}
        class={`box kind-${node.kind}${selected ? " selected" : ""}${faded ? " faded" : ""}`}
        tabIndex={stop ? 0 : -1}
        aria-label={said}
        aria-current={selected ? "true" : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onSelect(box.at);
        }}
        draggable={false}
      >
        <rect
          class="body"
          width={box.width}
          height={box.height}
          rx={ROUND.has(node.kind) && box.columns.length === 0 ? BOX.height / 2 : 7}
        />
        {node.kind === "snapshot" && (
          <rect class="inner" x="3" y="3" width={box.width - 6} height={box.height - 6} rx="5" />
        )}
        <g class="sign" transform="translate(14 15)">
          {KIND_SHAPES[node.kind]}
        </g>
        <text class="box-name" x="38" y={words === "" ? 28 : 20}>
          {`${short} `}
        </text>
        {words !== "" && (
          <text class="box-words" x="38" y="35">
            {`${words} `}
          </text>
        )}
        {status !== null && (
          <g class={`mark tone-${STATUS_LOOKS[status].tone}`} transform={`translate(${box.width - 26} 9)`}>
            <path d={STATUS_LOOKS[status].shape} />
          </g>
        )}
        {box.columns.map((column) => (
          <text
            key={column}
            class={`box-column${column === tracedColumn ? " traced" : ""}`}
            x="14"
            y={rowOf(box, column) - box.y + 4}
          >
            {`${column} `}
          </text>
        ))}
      </a>
    </g>
  );
}
