import { signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { KINDS } from "../../site-data.js";
import { go, nodeHref } from "../route.js";
import { type Found, search, searchIndex } from "../search.js";
import { core } from "../store.js";
import { KindIcon } from "./kind-icon.js";
import { firstLine } from "./markdown.js";

/** Whether the search is open. */
export const searchOpen = signal(false);

/** Full-text search over names, columns, descriptions and code. */
export function SearchDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const found = useSignal<Found[]>([]);
  const query = useSignal("");
  const chosen = useSignal(0);
  const open = searchOpen.value;

  useLayoutEffect(() => {
    if (open) {
      found.value = [];
      query.value = "";
      dialog.current?.showModal();
      void searchIndex();
    } else dialog.current?.close();
  }, [open]);

  const ask = async (text: string): Promise<void> => {
    query.value = text;
    const results = await search(text);
    if (query.peek() !== text) return;
    found.value = results;
    chosen.value = 0;
  };
  const leave = (): void => {
    searchOpen.value = false;
  };
  const take = (at: number): void => {
    leave();
    go(nodeHref(core.nodes[at]!.id));
  };
  const move = (step: number): void => {
    const total = found.value.length;
    if (total === 0) return;
    chosen.value = (chosen.value + step + total) % total;
    document.getElementById(`found-${chosen.value}`)?.scrollIntoView({ block: "nearest" });
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself.
    <dialog
      ref={dialog}
      class="search"
      aria-label="Search"
      onClose={leave}
      onClick={(event) => event.target === dialog.current && leave()}
    >
      {open && (
        <>
          <input
            type="text"
            role="combobox"
            aria-expanded={found.value.length > 0}
            aria-controls="found"
            aria-activedescendant={found.value.length > 0 ? `found-${chosen.value}` : undefined}
            aria-label="Names, columns, descriptions, code"
            placeholder="Names, columns, descriptions, code"
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => void ask(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "ArrowDown" || event.key === "ArrowUp") {
                event.preventDefault();
                move(event.key === "ArrowDown" ? 1 : -1);
              }
              if (event.key === "Escape") {
                event.preventDefault();
                leave();
              }
              const hit = found.value[chosen.value];
              if (event.key === "Enter" && hit !== undefined) take(hit.at);
            }}
          />
          <div role="listbox" id="found" aria-label="Found">
            {found.value.map((hit, at) => (
              <Hit key={hit.at} hit={hit} at={at} chosen={at === chosen.value} take={take} />
            ))}
          </div>
          <div class="hint" aria-live="polite">
            {query.value === ""
              ? "Type to search. Arrow keys choose, Enter opens, Escape leaves."
              : `${found.value.length === 0 ? "Nothing" : found.value.length} found`}
          </div>
        </>
      )}
    </dialog>
  );
}

function Hit(props: { hit: Found; at: number; chosen: boolean; take(at: number): void }): JSX.Element {
  const { hit, at, chosen, take } = props;
  const node = core.nodes[hit.at]!;
  const text = hit.columns.length > 0 ? hit.columns.join(", ") : firstLine(node.description);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys, as in every combobox.
    <div role="option" id={`found-${at}`} aria-selected={chosen} onClick={() => take(hit.at)} tabIndex={-1}>
      <KindIcon kind={node.kind} />
      <span class="found-name">
        <Marked text={node.name} words={hit.words} />
      </span>
      <span class="found-kind">
        {hit.inCode ? `${KINDS[node.kind].one}, in its code` : KINDS[node.kind].one}
      </span>
      {text !== "" && (
        <span class="found-text">
          <Marked text={text} words={hit.words} />
        </span>
      )}
    </div>
  );
}

/** Text with the words that were found set off. */
function Marked({ text, words }: { text: string; words: readonly string[] }): JSX.Element {
  if (words.length === 0) return <>{text}</>;
  const pattern = new RegExp(
    `(${words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, "\\$&")).join("|")})`,
    "giu",
  );
  return <>{text.split(pattern).map((part, at) => (at % 2 === 1 ? <mark key={at}>{part}</mark> : part))}</>;
}
