import { createRequire } from "node:module";
import type Handlebars from "handlebars";
import { SlaError } from "../errors/index.js";
import { BUILT_INS, type BuiltInContext } from "./built-in.js";
import { type BlockKeyword, type MacroBlock, parseMacroFile } from "./macro-file.js";
import { Marks, type PlacedText, withoutMarks } from "./marks.js";
import { type Program, parseTemplate, type TemplateText } from "./template-parser.js";
import { compile, PARAMETERS, prepare, type Renderer, withParameters } from "./template-program.js";

/** What a template sees while it is rendered. */
export interface RenderContext extends BuiltInContext {
  target: { type: string; name: string; schema: string };
  /** The relation that is being built, quoted. */
  this: string;
  /** Asked for at most once, and only if the template does. */
  isIncremental(): boolean;
  /** A literal. */
  runStartedAt: string;
  /** The package whose node is rendered: it decides what names of macros mean. */
  package: string;
}

/** The macros of an engine by their keys, and which of them a name means in the templates of a package. */
export interface EngineMacros {
  macros: ReadonlyMap<string, EngineMacro>;
  keyOf(caller: string, name: string): string;
}

/** A macro as the engine calls it: a block of a file, or a function of named arguments. */
export type EngineMacro =
  | { kind: "sql"; package: string; file: TemplateText; keyword: BlockKeyword; block: string }
  | {
      kind: "typescript";
      path: string;
      parameters: readonly { name: string; default: unknown }[];
      run(args: Record<string, unknown>): string;
    };

interface Frame {
  sla: RenderContext;
  /** The file whose tags are being rendered. */
  file: TemplateText;
  /** Arguments of the macro that is being rendered, in the order of its parameters. */
  arguments: readonly unknown[];
}

const require = createRequire(import.meta.url);

/** Renders templates with Handlebars: strict, without escaping, every character with its place in a file of the project. */
export class TemplateEngine {
  readonly #handlebars: typeof Handlebars;
  readonly #marks = new Marks();
  readonly #macros: ReadonlyMap<string, EngineMacro>;
  readonly #keyOf: EngineMacros["keyOf"];
  readonly #renderers = new Map<string, Renderer>();

  constructor({ macros, keyOf }: EngineMacros) {
    const handlebars: typeof Handlebars = require("handlebars");
    this.#handlebars = handlebars.create();
    this.#macros = macros;
    this.#keyOf = keyOf;
    for (const name of Object.keys(BUILT_INS))
      this.#register(name, (args, _named, frame) => this.#builtIn(name, args, frame));
    for (const [name, macro] of macros)
      this.#register(name, (args, named, frame) => this.#macro(name, macro, args, named, frame));
    this.#handlebars.registerHelper(PARAMETERS, function (this: unknown, options: Handlebars.HelperOptions) {
      return options.fn(this, {
        data: options.data,
        blockParams: (options.data as Frame).arguments as unknown[],
      });
    });
  }

  /** Renders a file, or a text that stands for one. */
  render(file: TemplateText, context: RenderContext): PlacedText {
    const renderer = this.#renderer(`${file.path}\n${file.text}`, () =>
      prepare(parseTemplate(file), file, this.#marks, [], (name) => this.#keyOf(context.package, name)),
    );
    return this.#marks.extract(this.#run(renderer, { sla: context, file, arguments: [] }));
  }

  /** Renders what a macro gives for these arguments. */
  renderCall(name: string, args: Record<string, unknown>, context: RenderContext): PlacedText {
    const macro = this.#macros.get(name)!;
    const file = macro.kind === "sql" ? macro.file : { path: macro.path, text: "" };
    return this.#marks.extract(this.#macro(name, macro, [], args, { sla: context, file, arguments: [] }));
  }

  #run(renderer: Renderer, frame: Frame): string {
    const { sla } = frame;
    const data = {
      ...frame,
      target: sla.target,
      this: sla.this,
      run_started_at: sla.runStartedAt,
      get is_incremental() {
        return sla.isIncremental();
      },
    };
    try {
      return renderer({}, { data });
    } catch (error) {
      throw placed(error, frame.file);
    }
  }

  #register(
    name: string,
    call: (args: unknown[], named: Record<string, unknown>, frame: Frame) => unknown,
  ): void {
    this.#handlebars.registerHelper(name, (...given: unknown[]) => {
      const options = given.pop() as Handlebars.HelperOptions & { loc?: hbs.AST.SourceLocation };
      const frame = options.data as Frame;
      try {
        return call(given, options.hash, frame);
      } catch (error) {
        throw placed(error, frame.file, options.loc);
      }
    });
  }

  #builtIn(name: string, args: readonly unknown[], frame: Frame): unknown {
    return BUILT_INS[name]!.run(args.map(withoutMarks), frame.sla);
  }

  #macro(
    name: string,
    macro: EngineMacro,
    args: readonly unknown[],
    named: Record<string, unknown>,
    frame: Frame,
  ): string {
    if (macro.kind === "typescript") {
      const values = bind(macro.parameters, args, named);
      const given = macro.parameters.map((parameter, at) => [parameter.name, withoutMarks(values[at])]);
      return runTypeScript(name, macro, Object.fromEntries(given));
    }
    const block = this.#block(macro);
    const renderer = this.#renderer(`macro ${name}`, () => {
      const names = block.parameters.map((parameter) => parameter.name);
      const keyOf = (called: string) => this.#keyOf(macro.package, called);
      return withParameters(prepare(block.body, macro.file, this.#marks, names, keyOf), names);
    });
    return this.#run(renderer, {
      sla: frame.sla,
      file: macro.file,
      arguments: bind(block.parameters, args, named),
    });
  }

  #block({ file, keyword, block: wanted }: EngineMacro & { kind: "sql" }): MacroBlock {
    return parseMacroFile(file, keyword).find((block) => block.name === wanted)!;
  }

  #renderer(key: string, prepared: () => Program): Renderer {
    const known = this.#renderers.get(key);
    if (known !== undefined) return known;
    const helpers = [...Object.keys(BUILT_INS), ...this.#macros.keys(), PARAMETERS];
    const renderer = compile(this.#handlebars, prepared(), helpers);
    this.#renderers.set(key, renderer);
    return renderer;
  }
}

function runTypeScript(
  name: string,
  macro: EngineMacro & { kind: "typescript" },
  args: Record<string, unknown>,
): string {
  let text: unknown;
  try {
    text = macro.run(args);
  } catch (cause) {
    const thrown = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new SlaError({
      code: "SLA206",
      message: `the macro ${name} threw ${thrown}`,
      hint: `It is defined in ${macro.path}.`,
      cause,
    });
  }
  if (typeof text === "string") return text;
  throw new SlaError({
    code: "SLA206",
    message: `the macro ${name} returned ${text === null ? "null" : `a value of type ${typeof text}`}`,
    hint: `A macro returns SQL as a string. It is defined in ${macro.path}.`,
  });
}

function bind(
  parameters: readonly { name: string; default: unknown }[],
  args: readonly unknown[],
  named: Readonly<Record<string, unknown>>,
): unknown[] {
  return parameters.map((parameter, at) => {
    if (at < args.length) return args[at];
    return Object.hasOwn(named, parameter.name) ? named[parameter.name] : parameter.default;
  });
}

/** An error with its place: that of the tag, or the one Handlebars says. */
function placed(thrown: unknown, file: TemplateText, loc?: hbs.AST.SourceLocation): unknown {
  const { path } = file;
  if (loc !== undefined) {
    const location = { path, line: loc.start.line, column: loc.start.column + 1 };
    if (thrown instanceof SlaError) return thrown.at(location);
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new SlaError({ code: "SLA206", message, location, cause: thrown });
  }
  if (thrown instanceof SlaError) return thrown;
  const { lineNumber, column, message } = thrown as { lineNumber?: number; column?: number; message: string };
  if (lineNumber === undefined) return thrown;
  const missing = /^"([^"]+)" not defined/.exec(message)?.[1];
  return new SlaError({
    code: "SLA202",
    message: missing === undefined ? message.replace(/ - \d+:\d+$/, "") : `the item has no "${missing}"`,
    location: { path, line: lineNumber, column: (column ?? 0) + 1 },
    cause: thrown,
  });
}
