import type { JSX } from "preact";
import { KINDS } from "../../site-data.js";
import { KIND_SHAPES } from "../components/kind-icon.js";
import { STATUS_LOOKS } from "../components/status-mark.js";
import { count } from "../format.js";
import { href } from "../route.js";
import { core } from "../store.js";
import type { Box, Folder } from "./picture.js";

const CHARACTERS = 26;

/** Nodes that stand together, as one box: how many, and how many of them did not end well. */
export function FolderBox(props: {
  box: Box;
  folder: Folder;
  selected: boolean;
  stop: boolean;
}): JSX.Element {
  const { box, folder, selected, stop } = props;
  const { kind, name, members, selector } = folder;
  const bad = members.filter((at) => {
    const { state } = core.nodes[at]!;
    return state !== null && STATUS_LOOKS[state.status].tone === "bad";
  }).length;
  const words = `${count(members.length, KINDS[kind].one)}${bad > 0 ? ` · ${bad} failed` : ""}`;
  const short = name.length > CHARACTERS ? `…${name.slice(1 - CHARACTERS)}` : name;
  return (
    <g transform={`translate(${box.x} ${box.y})`}>
      <a
        id={`box-${box.at}`}
        href={href(["lineage"], { select: selector })}
        class={`box folder kind-${kind}${selected ? " selected" : ""}`}
        tabIndex={stop ? 0 : -1}
        aria-label={`${short} ${words}`}
        draggable={false}
      >
        <rect class="behind" x="4" y="-4" width={box.width - 8} height={box.height} rx="7" />
        <rect class="body" width={box.width} height={box.height} rx="7" />
        <g class="sign" transform="translate(14 15)">
          {KIND_SHAPES[kind]}
        </g>
        <text class="box-name" x="38" y="20">
          {`${short} `}
        </text>
        <text class={`box-words${bad > 0 ? " bad" : ""}`} x="38" y="35">
          {`${words} `}
        </text>
      </a>
    </g>
  );
}
