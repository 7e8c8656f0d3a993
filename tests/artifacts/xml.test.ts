import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, it } from "vitest";
import { element, xmlDocument } from "../../src/artifacts/index.js";

it("writes elements and attributes in the given order, and escapes what XML would take for its own", () => {
  const text = xmlDocument(
    element(
      "root",
      { z: "first", a: `"it's" <&>`, gone: null, also: undefined, yes: true, none: 0 },
      element("run", {}, "  a <b> & c  "),
      [element("empty"), null, [element("leaf", { n: 1 })]],
    ),
  );
  expect(text).toBe(
    `<?xml version="1.0" encoding="utf-8"?>
<root z="first" a="&quot;it&apos;s&quot; &lt;&amp;&gt;" yes="true" none="0">
  <run>  a &lt;b&gt; &amp; c  </run>
  <empty/>
  <leaf n="1"/>
</root>
`,
  );
});

it("writes a well-formed document whatever the text holds", () => {
  const nasty = "\u0000\u0008\ud800 tab\tnew\nline ]]> &amp; \u{1F600} \uffff";
  const text = xmlDocument(element("root", { note: nasty }, element("run", {}, nasty)));
  expect(XMLValidator.validate(text)).toBe(true);
  const read = new XMLParser({ ignoreAttributes: false, trimValues: false }).parse(text);
  expect(read.root["@_note"]).toBe(" tab new line ]]> &amp; \u{1F600} ");
  expect(read.root.run).toBe(" tab\tnew\nline ]]> &amp; \u{1F600} ");
});
