import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { KINDS } from "../../site-data.js";
import { integer } from "../format.js";
import { type Branch, holds, navigation } from "../nav.js";
import { href, nodeHref, route } from "../route.js";
import { core, positionOf } from "../store.js";
import { KindIcon } from "./kind-icon.js";

const GROUPS = navigation(core.nodes);
const TESTS = core.nodes.filter(({ test }) => test !== null).length;

/** Small projects show everything at once; of larger ones only what leads to the current page. */
const OPEN_UP_TO = 60;

/** All nodes by kind and folder. Branches that are closed are not drawn, so that thousands of nodes cost nothing. */
export function NavTree(): JSX.Element {
  const { page, rest } = route.value;
  const current = page === "node" ? positionOf(rest[0] ?? "") : undefined;
  return (
    <div class="tree">
      {GROUPS.map(({ kind, root }) => (
        <div class="group" key={kind}>
          <BranchView
            branch={root}
            title={KINDS[kind].many}
            current={current}
            open={kind === "model" && root.size <= OPEN_UP_TO}
          />
        </div>
      ))}
      {TESTS > 0 && (
        <div class="group">
          <a
            href={href(["list", "test"])}
            aria-current={page === "list" && rest[0] === "test" ? "page" : undefined}
          >
            <KindIcon kind="test" />
            <span class="label">{KINDS.test.many}</span>
            <span class="tally">{integer(TESTS)}</span>
          </a>
        </div>
      )}
    </div>
  );
}

function BranchView(props: {
  branch: Branch;
  title: string;
  current: number | undefined;
  open: boolean;
}): JSX.Element {
  const { branch, title, current } = props;
  const toggled = useSignal<boolean | null>(null);
  const leads = current !== undefined && holds(branch, current);
  const open = toggled.value ?? (props.open || leads);
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => {
          toggled.value = !open;
        }}
      >
        <svg
          class="chevron"
          viewBox="0 0 12 12"
          fill="none"
          stroke="currentColor"
          stroke-width="1.600"
          aria-hidden="true"
        >
          <path d="M4 2.500 8 6l-4 3.500" />
        </svg>
        <span class="label">{title}</span>
        <span class="tally">{integer(branch.size)}</span>
      </button>
      {open && (
        <ul>
          {branch.branches.map((inner) => (
            <li key={inner.name}>
              <BranchView branch={inner} title={inner.name} current={current} open={props.open} />
            </li>
          ))}
          {branch.leaves.map((at) => (
            <li key={at}>
              <Leaf at={at} current={at === current} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Leaf({ at, current }: { at: number; current: boolean }): JSX.Element {
  const node = core.nodes[at]!;
  const name = node.kind === "source" ? node.name.slice(node.name.indexOf(".") + 1) : node.name;
  return (
    <a href={nodeHref(node.id)} aria-current={current ? "page" : undefined} title={node.name}>
      <KindIcon kind={node.kind} />
      <span class="label">{name}</span>
    </a>
  );
}
