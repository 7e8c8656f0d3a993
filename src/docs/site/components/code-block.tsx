import { useSignal } from "@preact/signals";
import hljs from "highlight.js/lib/core";
import json from "highlight.js/lib/languages/json";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import type { JSX } from "preact";
import type { SiteText } from "../../site-data.js";

hljs.registerLanguage("sql", sql);
hljs.registerLanguage("typescript", typescript);
hljs.registerLanguage("json", json);

/** Longer texts are shown as they are: colouring them would hold up the page. */
const LONGEST = 60_000;

/** Code with colours; highlight.js escapes what it is given. */
function highlighted({ language, text }: SiteText): string | null {
  if (text.length > LONGEST || hljs.getLanguage(language) === undefined) return null;
  const { value } = hljs.highlight(text, { language, ignoreIllegals: true });
  return language === "sql" ? value.replace(/\{\{[^{}]*\}\}/g, templateTag) : value;
}

/** What is a template's is no SQL: one colour, whatever the SQL grammar made of its words. */
function templateTag(html: string): string {
  return `<span class="hljs-template">${html.replace(/<[^>]*>/g, "")}</span>`;
}

/** Texts of one thing behind tabs: its source, and what each engine gets. */
export function CodeTabs({ id, texts }: { id: string; texts: readonly SiteText[] }): JSX.Element {
  const chosen = useSignal(0);
  const copied = useSignal(false);
  const at = Math.min(chosen.value, texts.length - 1);
  const text = texts[at]!;
  const choose = (next: number): void => {
    chosen.value = (next + texts.length) % texts.length;
    copied.value = false;
    document.getElementById(`${id}-tab-${chosen.value}`)?.focus();
  };
  const html = highlighted(text);
  return (
    <div class="code">
      <div class="code-bar">
        <div role="tablist" aria-label="Versions of the code">
          {texts.map(({ title }, position) => (
            <button
              type="button"
              role="tab"
              key={title}
              id={`${id}-tab-${position}`}
              aria-selected={position === at}
              aria-controls={`${id}-panel`}
              tabIndex={position === at ? 0 : -1}
              onClick={() => choose(position)}
              onKeyDown={(event) => {
                if (event.key === "ArrowRight") choose(position + 1);
                if (event.key === "ArrowLeft") choose(position - 1);
              }}
            >
              {title}
            </button>
          ))}
        </div>
        <span class="grow" />
        <button
          type="button"
          class="copy no-print"
          onClick={() => {
            copy(text.text);
            copied.value = true;
          }}
        >
          {copied.value ? "Copied" : "Copy"}
        </button>
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${at}`}>
        {text.problem !== null && <p class="problem">{text.problem}</p>}
        {text.text !== "" && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          <pre tabIndex={0}>
            {html === null ? (
              <code>{text.text}</code>
            ) : (
              // Safe: highlight.js escapes the text.
              <code dangerouslySetInnerHTML={{ __html: html }} />
            )}
          </pre>
        )}
      </div>
    </div>
  );
}

/** The clipboard of the browser; a page from a folder may not have it, then by a selection. */
function copy(text: string): void {
  if (navigator.clipboard !== undefined) {
    void navigator.clipboard.writeText(text).catch(() => {});
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
