import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { type Camera, showing, zoomed } from "./camera.js";
import { FolderBox } from "./folder-box.js";
import { nearest } from "./keyboard.js";
import { NodeBox } from "./node-box.js";
import type { Box, Picture } from "./picture.js";

/** More boxes than this are drawn only where they are in view, and from afar all as one. */
const FREELY = 420;
/** Below this scale a name cannot be read. */
const READABLE = 0.3;

/** What a graph is drawn from. */
export interface GraphViewProps {
  picture: Picture;
  camera: Signal<Camera>;
  /** Position of the chosen node. */
  selected: number | null;
  /** Nodes to set off; null when all are alike. */
  lit: ReadonlySet<number> | null;
  traced: { at: number; column: string } | null;
  label: string;
  onSelect(at: number | null): void;
  onOpen(at: number): void;
}

/** The graph, to be dragged, zoomed and walked through with the arrow keys. */
export function GraphView(props: GraphViewProps): JSX.Element {
  const { picture, camera, selected, label, onSelect, onOpen } = props;
  const svg = useRef<SVGSVGElement>(null);
  useGestures(svg, camera);
  const stop = selected !== null && picture.boxes.has(selected) ? selected : firstOf(picture);

  const onKeyDown = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    const size = svg.current!.getBoundingClientRect();
    const middle = { x: size.width / 2, y: size.height / 2 };
    if (event.key === "+" || event.key === "=") camera.value = zoomed(camera.peek(), 1.25, middle);
    else if (event.key === "-") camera.value = zoomed(camera.peek(), 0.8, middle);
    else if (event.key === "Enter" && stop !== null) onOpen(stop);
    else if (event.key === "Escape") onSelect(null);
    else if (arrow !== undefined && stop !== null) {
      const next = selected === null ? stop : (nearest(picture, stop, arrow) ?? stop);
      onSelect(next);
      const box = picture.boxes.get(next)!;
      camera.value = showing(camera.peek(), { x: box.x + box.width / 2, y: box.y + box.height / 2 }, size);
      requestAnimationFrame(() => document.getElementById(`box-${next}`)?.focus({ preventScroll: true }));
    } else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset.
    <svg ref={svg} class="graph" aria-label={label} role="group" onKeyDown={onKeyDown}>
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path class="arrow" d="M0 .8 7 4 0 7.200z" />
        </marker>
      </defs>
      <Moved camera={camera}>
        {picture.boxes.size <= FREELY ? (
          <Whole {...props} stop={stop} />
        ) : (
          <Parts {...props} stop={stop} size={svg} />
        )}
      </Moved>
    </svg>
  );
}

const ARROWS: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

const firstOf = (picture: Picture): number | null => picture.boxes.keys().next().value ?? null;

function Moved({ camera, children }: { camera: Signal<Camera>; children: JSX.Element }): JSX.Element {
  const { x, y, scale } = camera.value;
  return <g transform={`translate(${x} ${y}) scale(${scale})`}>{children}</g>;
}

type SceneProps = GraphViewProps & { stop: number | null };

function Whole(props: SceneProps): JSX.Element {
  const { picture, selected, lit, traced, stop, onSelect } = props;
  return useMemo(
    () => (
      <>
        <Wires picture={picture} lit={lit} />
        {picture.folders?.map((folder, at) => (
          <FolderBox
            key={folder.selector}
            box={picture.boxes.get(-1 - at)!}
            folder={folder}
            selected={-1 - at === selected}
            stop={-1 - at === stop}
          />
        ))}
        {[...(picture.folders === undefined ? picture.boxes.values() : [])].map((box) => (
          <NodeBox
            key={box.at}
            box={box}
            selected={box.at === selected}
            faded={lit !== null && !lit.has(box.at)}
            stop={box.at === stop}
            tracedColumn={traced?.at === box.at ? traced.column : null}
            onSelect={onSelect}
          />
        ))}
      </>
    ),
    [picture, selected, lit, traced, stop],
  );
}

function Wires({ picture, lit }: { picture: Picture; lit: ReadonlySet<number> | null }): JSX.Element {
  return (
    <g class="wires">
      {picture.wires.map(({ from, to, path, how, direct }, at) => (
        <path
          key={at}
          d={path}
          class={wireClass(direct, lit === null ? null : lit.has(from) && lit.has(to))}
          marker-end="url(#arrow)"
        >
          {how !== "" && <title>{how}</title>}
        </path>
      ))}
    </g>
  );
}

function wireClass(direct: boolean, lit: boolean | null): string {
  return ["wire", direct ? "" : "indirect", lit === null ? "" : lit ? "lit" : "faded"]
    .filter(Boolean)
    .join(" ");
}

/** A large graph: from afar one shape for all boxes, close by those that are in view. */
function Parts(props: SceneProps & { size: { current: SVGSVGElement | null } }): JSX.Element {
  const { picture, camera, selected, lit, traced, stop, size, onSelect } = props;
  const { x, y, scale } = camera.value;
  const far = scale < READABLE;
  const shapes = useMemo(() => outlines(picture), [picture]);
  const { width, height } = size.current?.getBoundingClientRect() ?? { width: 1600, height: 1000 };
  const inView = (box: Box): boolean =>
    box.x * scale + x < width + 50 &&
    (box.x + box.width) * scale + x > -50 &&
    box.y * scale + y < height + 50 &&
    (box.y + box.height) * scale + y > -50;
  const visible = far ? [] : [...picture.boxes.values()].filter(inView);
  const ids = new Set(visible.map(({ at }) => at));
  return (
    <>
      {far ? (
        <>
          <path class="wire all" d={shapes.wires} />
          <path class="boxes" d={shapes.boxes} />
        </>
      ) : (
        picture.wires
          .filter(({ from, to }) => ids.has(from) || ids.has(to))
          .map((wire) => (
            <path
              key={`${wire.from}-${wire.to}`}
              d={wire.path}
              class={wireClass(true, lit === null ? null : lit.has(wire.from) && lit.has(wire.to))}
              marker-end="url(#arrow)"
            />
          ))
      )}
      {(far && selected !== null && picture.boxes.has(selected)
        ? [picture.boxes.get(selected)!]
        : visible
      ).map((box) => (
        <NodeBox
          key={box.at}
          box={box}
          selected={box.at === selected}
          faded={lit !== null && !lit.has(box.at)}
          stop={box.at === stop}
          tracedColumn={traced?.at === box.at ? traced.column : null}
          onSelect={onSelect}
        />
      ))}
    </>
  );
}

function outlines({ boxes, wires }: Picture): { boxes: string; wires: string } {
  return {
    boxes: [...boxes.values()]
      .map(({ x, y, width, height }) => `M${Math.round(x)} ${Math.round(y)}h${width}v${height}h-${width}z`)
      .join(""),
    wires: wires.map(({ path }) => path).join(""),
  };
}

/** Wheel and fingers. A drag that has moved is no click. */
function useGestures(svg: { current: SVGSVGElement | null }, camera: Signal<Camera>): void {
  useEffect(() => {
    const element = svg.current!;
    const fingers = new Map<number, { x: number; y: number }>();
    let moved = 0;
    const at = (event: { clientX: number; clientY: number }) => {
      const { left, top } = element.getBoundingClientRect();
      return { x: event.clientX - left, y: event.clientY - top };
    };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      camera.value = zoomed(
        camera.peek(),
        Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)),
        at(event),
      );
    };
    const down = (event: PointerEvent): void => {
      fingers.set(event.pointerId, at(event));
      moved = 0;
    };
    const move = (event: PointerEvent): void => {
      const before = fingers.get(event.pointerId);
      if (before === undefined) return;
      const now = at(event);
      moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
      if (other === undefined) {
        const { x, y, scale } = camera.peek();
        camera.value = { scale, x: x + now.x - before.x, y: y + now.y - before.y };
      } else {
        const apart = (a: typeof now): number => Math.hypot(a.x - other.x, a.y - other.y) || 1;
        camera.value = zoomed(camera.peek(), apart(now) / apart(before), other);
      }
      fingers.set(event.pointerId, now);
    };
    const up = (event: PointerEvent): void => {
      fingers.delete(event.pointerId);
    };
    const click = (event: MouseEvent): void => {
      if (moved < 5) return;
      event.preventDefault();
      event.stopPropagation();
      moved = 0;
    };
    element.addEventListener("wheel", wheel, { passive: false });
    element.addEventListener("pointerdown", down);
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", up);
    element.addEventListener("click", click, { capture: true });
    return () => {
      element.removeEventListener("wheel", wheel);
      element.removeEventListener("pointerdown", down);
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", up);
      element.removeEventListener("click", click, { capture: true });
    };
  }, [svg, camera]);
}
