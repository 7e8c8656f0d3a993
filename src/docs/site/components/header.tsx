import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { PLACES } from "../pages.js";
import { href, route } from "../route.js";
import { core } from "../store.js";
import { setTheme, type Theme, theme } from "../theme.js";
import { searchOpen } from "./search-dialog.js";
import { Sign } from "./sign.js";

const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };

const THEME_SIGNS: Readonly<Record<Theme, string>> = {
  system: "M2.500 3.500h13v9h-13zM6.500 15.500h5M9 12.500v3",
  light:
    "M9 5.800a3.200 3.200 0 1 0 0 6.400 3.200 3.200 0 0 0 0-6.400zM9 1.500v1.700M9 14.800v1.700M1.500 9h1.700M14.800 9h1.700M3.700 3.700l1.200 1.200M13.100 13.100l1.200 1.200M3.700 14.300l1.200-1.200M13.100 4.900l1.200-1.200",
  dark: "M14.800 10.800A6.300 6.300 0 0 1 7.200 3.200a6.300 6.300 0 1 0 7.600 7.600z",
};

/** Name, places, search and theme. */
export function Header({ menu }: { menu: Signal<boolean> }): JSX.Element {
  const { page } = route.value;
  return (
    <header class="header">
      <button
        type="button"
        class="icon-button menu-button"
        aria-expanded={menu.value}
        aria-controls="sidebar"
        aria-label="All nodes"
        onClick={() => {
          menu.value = !menu.value;
        }}
      >
        <Sign d="M3 5h12M3 9h12M3 13h12" />
      </button>
      <a class="brand" href="#/">
        <img src="assets/icon.svg" alt="" />
        <span>{core.project.name}</span>
      </a>
      <nav class="places" aria-label="Pages">
        {PLACES.map((place) => (
          <a
            key={place.page}
            href={href(place.page === "" ? [] : [place.page])}
            aria-current={place.page === page ? "page" : undefined}
          >
            {place.label}
          </a>
        ))}
      </nav>
      <span class="grow" />
      <button
        type="button"
        class="search-button"
        aria-label="Search"
        aria-keyshortcuts="/ Control+K"
        onClick={() => {
          searchOpen.value = true;
        }}
      >
        <Sign d="M8 13a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM11.700 11.700 15.500 15.500" />
        <span>Search</span>
        <kbd>/</kbd>
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={`Theme: ${theme.value}. Change to ${NEXT[theme.value]}`}
        title={`Theme: ${theme.value}`}
        onClick={() => setTheme(NEXT[theme.value])}
      >
        <Sign d={THEME_SIGNS[theme.value]} />
      </button>
    </header>
  );
}
