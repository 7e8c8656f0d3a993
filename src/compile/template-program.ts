import type Handlebars from "handlebars";
import type { Marks } from "./marks.js";
import type { Program, TemplateText } from "./template-parser.js";
import { walkTemplate } from "./template-walk.js";

/** A template, ready to be rendered with some data. */
export type Renderer = (context: unknown, options: { data: unknown }) => string;

/** The helper that gives a macro's parameters to its body. */
export const PARAMETERS = "__parameters__";

/** Makes the data that every template has readable in every scope, names macros by their keys, and marks where everything stands. */
export function prepare(
  program: Program,
  file: TemplateText,
  marks: Marks,
  parameters: readonly string[],
  keyOf: (name: string) => string,
): Program {
  walkTemplate(
    program,
    {
      use({ path, meaning }) {
        // Handlebars takes every name that ends in "this" for a field of the context.
        if (meaning !== "value") {
          if (meaning === "item") return;
          const name = path.original;
          if (meaning === "call") {
            const key = keyOf(name);
            if (key !== path.parts[0]) path.parts = [key];
          }
          path.original = name.replace(/this\b/, "it");
          return;
        }
        path.parts = path.parts.length === 0 ? ["this"] : path.parts;
        path.original = `@${path.parts.join(".")}`;
        path.data = true;
      },
    },
    parameters,
  );
  marks.insert(program, file);
  return program;
}

/** Wraps the body of a macro so that its parameters are names in all of its blocks. */
export function withParameters(body: Program, names: string[]): Program {
  const { loc } = body;
  const path = {
    type: "PathExpression",
    data: false,
    depth: 0,
    parts: [PARAMETERS],
    original: PARAMETERS,
    loc,
  };
  const strip = { open: false, close: false };
  const block = {
    type: "BlockStatement",
    path,
    params: [],
    program: { ...body, blockParams: names },
    openStrip: strip,
    inverseStrip: strip,
    closeStrip: strip,
    loc,
  };
  return { ...body, body: [block as unknown as hbs.AST.Statement] };
}

interface Internals {
  Compiler: new () => { compile(program: Program, options: unknown): unknown };
  JavaScriptCompiler: new () => {
    compile(environment: unknown, options: unknown, context: undefined, asObject: true): unknown;
  };
  template(spec: unknown): Renderer;
}

/** What `Handlebars.compile` does, but for its second pass over white space, which would look at the marks. */
export function compile(
  handlebars: typeof Handlebars,
  program: Program,
  helpers: readonly string[],
): Renderer {
  const { Compiler, JavaScriptCompiler, template } = handlebars as unknown as Internals;
  const knownHelpers = Object.fromEntries(helpers.map((name) => [name, true]));
  const options = { strict: true, noEscape: true, data: true, knownHelpers, knownHelpersOnly: true };
  const environment = new Compiler().compile(program, { ...options });
  return template.call(
    handlebars,
    new JavaScriptCompiler().compile(environment, { ...options }, undefined, true),
  );
}
