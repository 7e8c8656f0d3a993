import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/command-table.js";
import { NO_WORDS } from "../../src/cli/completion/candidate.js";
import { complete } from "../../src/cli/completion/complete.js";
import { COMPLETED_METHODS } from "../../src/cli/completion/complete-selector.js";
import { installPackages } from "../harness/debian.js";
import { emptyFolder, shop, write } from "./shop.js";

const dir = shop({
  "project.yml":
    "name: shop\nversion: 1.0.0\ntargets:\n  nowhere: {type: mysql, host: 127.0.0.1, port: 1, user: u}\nmodels:\n  staging: {materialized: view, schema: staging, tags: [nightly]}\n",
  "models/sources.yml": "sources:\n  - name: crm\n    tables: [{name: people}]\n",
});
const bin = emptyFolder();
symlinkSync(join(import.meta.dirname, "..", "..", "bin", "sla.js"), join(bin, "sla"));
const env = {
  ...process.env,
  PATH: `${bin}:${dirname(process.execPath)}:${process.env.PATH}`,
  TERM: "xterm",
};

function install(shell: string): void {
  if (spawnSync(shell, ["-c", "true"]).status === 0) return;
  try {
    installPackages(shell);
  } catch (cause) {
    throw new Error(`The tests of completion need ${shell} on the PATH; as root on Debian it is installed.`, {
      cause,
    });
  }
}

/** What each shell offers for a line, by its own mechanism, with the line in $LINE; where it is read from a terminal, until $AWAITED is there. */
const SHELLS = {
  bash: [
    "bash",
    [
      "--norc",
      "-c",
      'source <(sla completion bash); COMP_LINE=$LINE; COMP_POINT=${#LINE}; COMP_WORDS=(sla); _sla; printf "%s\\n" "${COMPREPLY[@]}"',
    ],
  ],
  fish: ["fish", ["--no-config", "-c", "sla completion fish | source; complete -C $LINE"]],
  zsh: [
    "zsh",
    [
      "-f",
      "-c",
      `setopt extendedglob; zmodload zsh/zpty; zpty -b z zsh -f -i; zpty -w z 'PS1=""; PS2=""; setopt noautomenu; unsetopt beep; autoload -U compinit; compinit -u -D; eval "$(sla completion zsh)"; stty columns 200; print rea""dy'
       zpty -r -m z out '*ready*'; zpty -n -w z "$LINE"$'\\t'; all=; for ((n = 0; n < 300; n++)); do while zpty -r -t z out; do all+=$out; done; [[ \${all//$'\\e['[0-9;?]#[A-Za-z]} == *$AWAITED* ]] && break; sleep 0.1; done; print -rn -- "$all"`,
    ],
  ],
} as const;

function offered(shell: keyof typeof SHELLS, line: string, awaited = ""): string {
  const [command, args] = SHELLS[shell];
  const { stdout, stderr } = spawnSync(command, args, {
    cwd: dir,
    env: { ...env, LINE: line, AWAITED: awaited },
    encoding: "utf8",
    timeout: 60_000,
  });
  return stripVTControlCharacters(stdout + stderr);
}

beforeAll(() => {
  install("zsh");
  install("fish");
}, 300_000);

describe("in bash", () => {
  it.each([
    ["sla bui", ["build"]],
    ["sla build --log-for", ["--log-format"]],
    ["sla --log-format j", ["json"]],
    ["sla build --target n", ["nowhere"]],
    ["sla ls --select +stg", ["+stg_orders"]],
    ["sla ls --select orders", ["orders", "orders+"]],
    ["sla ls --select 2+orders", ["2+orders", "2+orders+"]],
    ["sla ls --select @ord", ["orders"]],
    ["sla ls --select tag:ni", ["nightly"]],
    ["sla ls --exclude orders,tag:ni", ["nightly"]],
    ["sla ls --select orders source:crm.", ["crm.people"]],
    ["sla ls --select=path:models/st", ["models/staging", "models/staging/stg_orders.sql"]],
    ["sla lineage orders.i", ["orders.id"]],
    ["sla show stg", ["stg_orders"]],
    ["sla ls --select state:mod", expect.arrayContaining(["modified", "modified.body"])],
    ["sla nothing --select ", [""]],
  ])("%s", (line, expected) => {
    expect(offered("bash", line).trimEnd().split("\n")).toEqual(expected);
  });
});

it("in fish, with what each is", () => {
  expect(offered("fish", "sla ls --select +stg")).toBe("+stg_orders\tmodel\n");
  expect(offered("fish", "sla build --target n")).toBe("nowhere\n");
  expect(offered("fish", "sla ls --select tag:ni")).toContain("tag:nightly\ttag\n");
});

it("in zsh, in a terminal of its own", () => {
  for (const [line, offer] of [
    ["sla ls --select +stg", "+stg_orders "],
    ["sla ls --select tag:ni", "tag:nightly "],
    ["sla bui", "build "],
  ] as const)
    expect(offered("zsh", line, offer)).toContain(offer);
});

describe("names of the project", () => {
  const cache = join(dir, "target", "cache", "completion.json");
  const ask = (...words: string[]) => {
    const { stdout, stderr, status } = spawnSync("sla", ["__complete", "bash", "--", ...words], {
      cwd: dir,
      env,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([0, ""]);
    return stdout.trimEnd().split("\n");
  };

  it("come from what is kept while no file has changed, and are read again when one has", () => {
    ask("ls", "--select", "o");
    writeFileSync(cache, readFileSync(cache, "utf8").replaceAll('"orders"', '"kept_orders"'));
    expect(ask("ls", "--select", "kept")).toEqual(["kept_orders"]);
    write(dir, { "models/fresh.sql": "SELECT 1 AS n\n" });
    expect(ask("ls", "--select", "fre")).toEqual(["fresh"]);
    expect(ask("ls", "--select", "kept")).toEqual([""]);
  });

  it("stay as they were in a project that is broken, and are none where there is no project", () => {
    write(dir, { "models/fresh.sql": 'SELECT * FROM {{ref "nowhere"}\n' });
    expect(ask("ls", "--select", "fre")).toEqual(["fresh"]);
    rmSync(cache);
    expect(ask("ls", "--select", "fre")).toEqual([""]);
    write(dir, { "models/fresh.sql": "SELECT 1 AS n\n" });
    const none = emptyFolder();
    mkdirSync(join(none, "x"));
    expect(ask("ls", "--project-dir", none, "--select", "o")).toEqual([""]);
  });
});

it("every command, option and choice of the command line is offered", () => {
  const values = (...words: string[]) => complete(words, () => NO_WORDS).candidates.map(({ value }) => value);
  for (const { usage, options } of COMMANDS) {
    const [name, ...places] = [usage].flat()[0]!.split(" ");
    expect(values("")).toContain(name);
    const flags = values(name!, "-");
    for (const [option, { choices, hidden }] of Object.entries(options)) {
      if (places.some((place) => place.includes(option)) || hidden === true) continue;
      expect(flags).toContain(`--${option}`);
      if (choices !== undefined) expect(values(name!, `--${option}`, "")).toEqual(choices.map(String));
    }
  }
});

it("methods are those of the selectors", async () => {
  const { METHOD_NAMES } = await import("../../src/graph/selector-methods.js");
  const offeredMethods = COMPLETED_METHODS.map((method) => method.split(".")[0]!);
  expect(offeredMethods.filter((method) => !METHOD_NAMES.includes(method))).toEqual([]);
  // dbt has them and this project never does.
  const never = ["semantic_model", "saved_query"];
  expect(METHOD_NAMES.filter((method) => !offeredMethods.includes(method)).sort()).toEqual(never.sort());
});
