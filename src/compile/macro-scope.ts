import { didYouMean } from "../errors/index.js";

/** What a macro is found by. */
export interface Owned {
  node: { name: string; package_name: string };
}

/** Which macro a name means in the templates of a package. */
export class MacroScope<M extends Owned> {
  readonly #byName = new Map<string, M[]>();
  readonly #root: string;
  readonly #dispatch: Readonly<Record<string, readonly string[]>>;

  /** `root` is the project that is run; `dispatch` says where else macros of a package are looked for. */
  constructor(macros: Iterable<M>, root: string, dispatch: Readonly<Record<string, readonly string[]>>) {
    this.#root = root;
    this.#dispatch = dispatch;
    for (const macro of macros) {
      const { name } = macro.node;
      const others = this.#byName.get(name);
      if (others === undefined) this.#byName.set(name, [macro]);
      else others.push(macro);
    }
  }

  /**
   * `package.macro` is that package's; a bare name is looked for in the package that calls, then in the project, then in all
   * others, if only one of them has it. Where the project dispatches a package, its order comes first.
   */
  find(caller: string, written: string): M | undefined {
    const [, owner, name] = parts(written);
    const found = this.#byName.get(name);
    if (found === undefined) return undefined;
    if (owner !== undefined) return this.#in(found, owner);
    const own = this.#in(found, caller) ?? found.find(({ node }) => node.package_name === this.#root);
    if (own !== undefined) return own;
    return found.length === 1 ? this.#in(found, found[0]!.node.package_name) : undefined;
  }

  /** What is said of a name that means nothing; undefined where nothing comes near. */
  hint(written: string, others: readonly string[]): string | undefined {
    const [, owner, name] = parts(written);
    const found = this.#byName.get(name) ?? [];
    if (owner === undefined && found.length > 1) {
      const full = found.map(({ node }) => `{{${node.package_name}.${name}}}`);
      return `Several packages have it: write ${full.join(" or ")}.`;
    }
    const known = [...this.#byName].flatMap(([one, macros]) =>
      owner === undefined ? [one] : macros.map(({ node }) => `${node.package_name}.${one}`),
    );
    return didYouMean(written, [...others, ...known]);
  }

  #in(macros: readonly M[], owner: string): M | undefined {
    for (const one of this.#dispatch[owner] ?? [owner]) {
      const found = macros.find(({ node }) => node.package_name === one);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function parts(written: string): [written: string, owner: string | undefined, name: string] {
  const dot = written.lastIndexOf(".");
  return dot === -1
    ? [written, undefined, written]
    : [written, written.slice(0, dot), written.slice(dot + 1)];
}
