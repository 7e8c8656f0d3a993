import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { Sign } from "../../components/sign.js";
import { setQuery } from "../../route.js";
import { core } from "../../store.js";

/** What the toolbar shows and does. */
export interface ToolbarProps {
  select: string;
  focus: number | null;
  up: number;
  down: number;
  tests: boolean;
  /** The column that is followed, as people name it. */
  traced: string | null;
  problem: string | null;
  found: string;
  /** Whether folders stand for their nodes, since there are so many. */
  byFolder: boolean;
  onFit(): void;
  onZoom(by: number): void;
  onSave(): void;
}

/** What of the graph is shown, and how near. */
export function Toolbar(props: ToolbarProps): JSX.Element {
  const { focus, up, down, tests, traced, problem, found } = props;
  const typed = useSignal(props.select);
  useEffect(() => {
    typed.value = props.select;
  }, [props.select]);
  return (
    <div class="toolbar" role="toolbar" aria-label="What the graph shows">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setQuery({ select: typed.value.trim(), column: null });
        }}
      >
        <input
          class="field mono"
          type="search"
          aria-label="Selector, as in --select"
          placeholder="+name, tag:x, path:models/…"
          title="The grammar of --select. Enter applies it."
          value={typed.value}
          aria-invalid={problem !== null}
          aria-describedby="lineage-found"
          spellcheck={false}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            if (typed.value === "") setQuery({ select: null });
          }}
        />
        <button type="submit" class="button">
          Select
        </button>
      </form>
      {focus !== null && (
        <span class="focus">
          <span>
            Around <strong>{core.nodes[focus]!.name}</strong>
          </span>
          <Steps label="up" value={up} onChange={(value) => setQuery({ up: String(value) })} />
          <Steps label="down" value={down} onChange={(value) => setQuery({ down: String(value) })} />
          <button
            type="button"
            class="button"
            onClick={() => setQuery({ focus: null, up: null, down: null })}
          >
            Whole graph
          </button>
        </span>
      )}
      {traced !== null && (
        <span class="focus">
          <span>
            Column <strong class="mono">{traced}</strong>
          </span>
          <button type="button" class="button" onClick={() => setQuery({ column: null })}>
            Back to nodes
          </button>
        </span>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={tests}
          onChange={(event) => setQuery({ tests: event.currentTarget.checked ? "1" : null })}
        />
        Tests
      </label>
      <span class="muted" id="lineage-found" aria-live="polite">
        {problem === null ? found : <span class="tone-bad status">{problem}</span>}
      </span>
      {props.byFolder && (
        <button type="button" class="button" onClick={() => setQuery({ all: "1" })}>
          Every node
        </button>
      )}
      <span class="grow" />
      <span class="zoom">
        <IconButton label="Zoom out" d="M4 9h10" onClick={() => props.onZoom(0.75)} />
        <IconButton label="Zoom in" d="M4 9h10M9 4v10" onClick={() => props.onZoom(1.33)} />
        <IconButton
          label="Show all"
          d="M3 6.500V3h3.500M11.500 3H15v3.500M15 11.500V15h-3.500M6.500 15H3v-3.500"
          onClick={props.onFit}
        />
        <IconButton
          label="Save as SVG"
          d="M9 3v8M5.500 8 9 11.500 12.500 8M3 14.500h12"
          onClick={props.onSave}
        />
      </span>
    </div>
  );
}

function Steps(props: { label: string; value: number; onChange(value: number): void }): JSX.Element {
  const { label, value, onChange } = props;
  return (
    <label class="steps">
      <input
        class="field"
        type="number"
        min="0"
        max="99"
        value={value}
        onChange={(event) => onChange(Math.max(0, Math.trunc(Number(event.currentTarget.value))))}
      />
      {label}
    </label>
  );
}

function IconButton(props: { label: string; d: string; onClick(): void }): JSX.Element {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <Sign d={props.d} />
    </button>
  );
}
