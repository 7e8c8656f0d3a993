import type { JSX } from "preact";
import { KINDS, type SiteKind } from "../../site-data.js";

/** A shape for each kind, so that nothing rests on colour alone. Within 16 × 16. */
export const KIND_SHAPES: Readonly<Record<SiteKind, JSX.Element>> = {
  seed: (
    <path d="M8 1.800c3.200 2.100 4.600 4.300 4.600 6.900A4.600 4.600 0 0 1 8 13.300a4.600 4.600 0 0 1-4.600-4.600C3.400 6.100 4.800 3.900 8 1.800zM8 6v8.400" />
  ),
  source: (
    <path d="M2.800 4.200c0-1.300 2.300-2.200 5.200-2.200s5.200.9 5.200 2.200v7.600c0 1.300-2.300 2.200-5.200 2.200s-5.200-.9-5.200-2.200zm0 0c0 1.300 2.300 2.200 5.200 2.200s5.200-.9 5.200-2.200" />
  ),
  model: <path d="M8 1.800 13.600 5v6.200L8 14.400l-5.600-3.200V5zM2.400 5 8 8.200 13.600 5M8 8.200v6.200" />,
  snapshot: (
    <path d="M2 5.200h2.600L6 3.200h4l1.400 2H14v7.600H2zM8 11a2.300 2.300 0 1 0 0-4.600A2.300 2.300 0 0 0 8 11z" />
  ),
  procedure: <path d="M5.500 2.500 2 8l3.500 5.500M10.500 2.500 14 8l-3.500 5.500M9 5.500 7 10.500" />,
  macro: (
    <path d="M10.800 2.600c-2.600-.6-3 .8-3.300 2.600L6.300 12c-.3 1.400-1 2-2.600 1.500M4.600 6.600h6" />
  ),
  test: (
    <path d="M8 1.700 13.300 3.600v4c0 3.200-2.200 5.500-5.300 6.700-3.100-1.200-5.300-3.500-5.300-6.700v-4zM5.600 7.900l1.700 1.700 3.200-3.300" />
  ),
  unit_test: (
    <path d="M6 2h4M7 2v4.500L3.300 12.600A1 1 0 0 0 4.200 14h7.600a1 1 0 0 0 .9-1.400L9 6.500V2M5 10.500h6" />
  ),
  metric: <path d="M2.500 12.500a6 6 0 1 1 11 0M8 9.800l2.600-3.600" />,
  exposure: <path d="M9 3h4v4M13 3 7.500 8.500M11 9.500V13H3V5h3.500" />,
  dashboard: <path d="M2 2.500h12v11H2zM2 6.500h12M6.500 6.500v7" />,
};

/** The sign of a kind, with its name for those who do not see it. */
export function KindIcon({ kind, named = false }: { kind: SiteKind; named?: boolean }): JSX.Element {
  return (
    <span class={`kind kind-${kind}`} title={KINDS[kind].one}>
      <svg
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        stroke-width="1.400"
        stroke-linejoin="round"
        stroke-linecap="round"
        aria-hidden="true"
      >
        {KIND_SHAPES[kind]}
      </svg>
      {named ? KINDS[kind].one : <span class="unseen">{KINDS[kind].one}</span>}
    </span>
  );
}
