import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { moment } from "../format.js";
import { NOT_FOUND, PAGES } from "../pages.js";
import { route } from "../route.js";
import { core } from "../store.js";
import { Header } from "./header.js";
import { NavTree } from "./nav-tree.js";
import { SearchDialog, searchOpen } from "./search-dialog.js";

/** The frame around all pages. */
export function App(): JSX.Element {
  const menu = useSignal(false);
  const main = useRef<HTMLElement>(null);
  const current = route.value;
  const page = PAGES[current.page] ?? NOT_FOUND;
  const title = page.title(current);
  const key = [current.page, ...current.rest].join("/");

  useEffect(() => {
    document.title = title === core.project.name ? title : `${title} · ${core.project.name}`;
  }, [title]);
  const first = useRef(true);
  // A new page begins at its top, and there the keyboard goes on.
  useEffect(() => {
    menu.value = false;
    if (first.current) {
      first.current = false;
      return;
    }
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [key]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = (event.target as HTMLElement).closest("input, textarea, select") !== null;
      if ((event.key === "k" && (event.metaKey || event.ctrlKey)) || (event.key === "/" && !typing)) {
        event.preventDefault();
        searchOpen.value = true;
      }
      if (event.key === "Escape") menu.value = false;
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [menu]);

  const View = page.view;
  const { generated, version, engine, target } = core.project;
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Header menu={menu} />
      <nav class={`sidebar${menu.value ? " open" : ""}`} id="sidebar" aria-label="All nodes">
        <NavTree />
      </nav>
      <main class="main" id="main" tabIndex={-1} ref={main}>
        <div class={`page${page.wide ? " wide" : ""}`}>
          <View key={key} route={current} />
          {!page.wide && (
            <footer class="foot">
              <span>
                {engine ?? "without a warehouse"} · target {target}
              </span>
              <span>written {moment(generated)}</span>
              <span>sla {version}</span>
            </footer>
          )}
        </div>
      </main>
      <SearchDialog />
    </div>
  );
}
