import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { count } from "../../format.js";
import { begun, fitted, newCamera, zoomed } from "../../graph/camera.js";
import { loadLineage, traceColumn } from "../../graph/column-trace.js";
import { folderPicture, foldersOf, MANY_NODES } from "../../graph/folders.js";
import { GraphView } from "../../graph/graph-view.js";
import { nodePicture, type Picture, type TracedStep, tracePicture } from "../../graph/picture.js";
import { reach, shownNodes } from "../../graph/shown-nodes.js";
import { download, svgText } from "../../graph/svg-export.js";
import { go, href, nodeHref, type Route, setQuery } from "../../route.js";
import { children, core, positionOf } from "../../store.js";
import { NodePanel } from "./node-panel.js";
import { Toolbar } from "./toolbar.js";
import { TraceList } from "./trace-list.js";

/** How far a focus reaches when nothing else is said. */
const GENERATIONS = 2;

/** What the address says about the graph. */
function readState(query: URLSearchParams) {
  const number = (name: string): number => {
    const value = Number(query.get(name) ?? GENERATIONS);
    return Number.isInteger(value) && value >= 0 ? value : GENERATIONS;
  };
  const node = (name: string): number | null => positionOf(query.get(name) ?? "") ?? null;
  const traced = query.get("column");
  return {
    select: query.get("select") ?? "",
    focus: node("focus"),
    up: number("up"),
    down: number("down"),
    tests: query.get("tests") === "1",
    all: query.get("all") === "1",
    selected: node("node") ?? node("focus"),
    column: traced,
  };
}

function foundText({ boxes, folders }: Picture): string {
  if (folders === undefined) return count(boxes.size, "node");
  const nodes = folders.reduce((sum, { members }) => sum + members.length, 0);
  return `${count(nodes, "node")} in ${count(folders.length, "folder")}`;
}

/** The graph of the project: all of it, what a selector selects, what is around a node, or the way of a column. */
export function LineagePage({ route }: { route: Route }): JSX.Element {
  const state = readState(route.query);
  const { select, focus, up, down, tests, all, selected, column } = state;
  const folder = useSignal<number | null>(null);
  const camera = useMemo(newCamera, []);
  const frame = useRef<HTMLDivElement>(null);
  const steps = useSignal<TracedStep[] | null>(null);
  const tracedAt = column === null ? null : selected;

  useEffect(() => {
    steps.value = null;
    if (column === null || tracedAt === null) return;
    void loadLineage().then((loaded) => {
      steps.value = traceColumn(loaded, { node: core.nodes[tracedAt]!.id, column });
    });
  }, [column, tracedAt]);

  const { picture, problem } = useMemo((): { picture: Picture; problem: string | null } => {
    try {
      if (steps.value !== null && tracedAt !== null && column !== null)
        return { picture: tracePicture(steps.value, { at: tracedAt, column }), problem: null };
      const shown = shownNodes({ select, focus, up, down, tests });
      const byFolder = select === "" && focus === null && !all && shown.size > MANY_NODES;
      const drawn = byFolder
        ? folderPicture(core.nodes, foldersOf(core.nodes, shown))
        : nodePicture(core.nodes, shown);
      return { picture: drawn, problem: null };
    } catch (thrown) {
      return {
        picture: { boxes: new Map(), wires: [], width: 0, height: 0 },
        problem: (thrown as Error).message,
      };
    }
  }, [select, focus, up, down, tests, all, steps.value, tracedAt, column]);

  const fit = (): void => {
    const size = frame.current!.getBoundingClientRect();
    if (picture.boxes.size > 0) camera.value = fitted(picture, size);
  };
  useEffect(() => {
    if (picture.boxes.size > 0) camera.value = begun(picture, frame.current!.getBoundingClientRect());
  }, [picture]);

  const lit = useMemo(() => {
    if (selected === null || column !== null || selected === focus || !picture.boxes.has(selected))
      return null;
    return new Set([
      selected,
      ...reach(selected, (at) => core.nodes[at]!.parents, Number.POSITIVE_INFINITY),
      ...reach(selected, (at) => children[at]!, Number.POSITIVE_INFINITY),
    ]);
  }, [selected, focus, column, picture]);

  const choose = (at: number | null): void => {
    folder.value = at !== null && at < 0 ? at : null;
    if (at !== null && at < 0) return;
    setQuery({ node: at === null ? null : core.nodes[at]!.id, ...(at === null ? { column: null } : {}) });
  };
  const open = (at: number): void => {
    const within = picture.folders?.[-1 - at];
    go(within === undefined ? nodeHref(core.nodes[at]!.id) : href(["lineage"], { select: within.selector }));
  };
  const save = (): void => {
    const svg = frame.current!.querySelector("svg")!;
    download(
      `${core.project.name}-lineage.svg`,
      "image/svg+xml",
      svgText(svg, picture, `Lineage of ${core.project.name}`),
    );
  };
  const zoom = (by: number): void => {
    const { width, height } = frame.current!.getBoundingClientRect();
    camera.value = zoomed(camera.peek(), by, { x: width / 2, y: height / 2 });
  };

  return (
    <div class="lineage">
      <h1 class="unseen">Lineage</h1>
      <Toolbar
        select={select}
        focus={focus}
        up={up}
        down={down}
        tests={tests}
        traced={column !== null && tracedAt !== null ? `${core.nodes[tracedAt]!.name}.${column}` : null}
        problem={problem}
        found={problem === null ? foundText(picture) : ""}
        byFolder={picture.folders !== undefined}
        onFit={fit}
        onZoom={zoom}
        onSave={save}
      />
      <div class="lineage-body">
        <div class="canvas" ref={frame}>
          {picture.boxes.size === 0 ? (
            <p class="empty">{problem ?? "Nothing to show: there is no such node."}</p>
          ) : (
            <GraphView
              picture={picture}
              camera={camera}
              selected={folder.value ?? selected}
              lit={lit}
              traced={column === null || tracedAt === null ? null : { at: tracedAt, column }}
              label="Lineage. Arrow keys go from node to node, Enter opens one, plus and minus zoom."
              onSelect={choose}
              onOpen={open}
            />
          )}
        </div>
        {selected !== null && (
          <NodePanel key={selected} at={selected} column={column} onClose={() => choose(null)} />
        )}
      </div>
      {steps.value !== null && column !== null && <TraceList steps={steps.value} />}
    </div>
  );
}
