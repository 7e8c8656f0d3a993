import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import { type JUnitCase, junitXml } from "../../src/artifacts/index.js";

const passed: JUnitCase = {
  suite: "model.orders",
  classname: "model.orders",
  name: "unique_orders_id",
  file: "models/schema.yml",
  time: 0.01234,
  outcome: "passed",
  message: null,
  type: null,
  details: null,
};
const run = { started: new Date("2026-07-01T12:30:45.678Z"), elapsed: 1.5 };

test("a report has suites with counts and cases with outcomes", () => {
  const cases: JUnitCase[] = [
    passed,
    {
      ...passed,
      name: "b",
      outcome: "failure",
      message: "Got 2 results",
      type: "fail",
      details: "two\nlines",
    },
    { ...passed, suite: "model.other", name: "c", outcome: "skipped", message: "behind orders" },
    { ...passed, suite: "model.other", name: "d", file: null, details: "WARN d" },
  ];
  expect(junitXml("sla build", cases, run)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<testsuites name="sla build" tests="4" failures="1" errors="0" skipped="1" time="1.500">
  <testsuite name="model.orders" tests="2" failures="1" errors="0" skipped="0" time="0.025" timestamp="2026-07-01T12:30:45">
    <testcase classname="model.orders" name="unique_orders_id" file="models/schema.yml" time="0.012"/>
    <testcase classname="model.orders" name="b" file="models/schema.yml" time="0.012">
      <failure message="Got 2 results" type="fail">two
lines</failure>
    </testcase>
  </testsuite>
  <testsuite name="model.other" tests="2" failures="0" errors="0" skipped="1" time="0.025" timestamp="2026-07-01T12:30:45">
    <testcase classname="model.orders" name="c" file="models/schema.yml" time="0.012">
      <skipped message="behind orders"/>
    </testcase>
    <testcase classname="model.orders" name="d" time="0.012">
      <system-out>WARN d</system-out>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test("a report is XML whatever an engine says, and of bounded size", () => {
  const said = `]]> <b a="1">&amp; \u0000\u001b[31m\ud800 é 😀${"x".repeat(100_000)}`;
  const xml = junitXml(
    "n",
    [{ ...passed, outcome: "error", message: said, type: "SLA501", details: said }],
    run,
  );
  expect(XMLValidator.validate(xml)).toBe(true);
  expect(xml.length).toBeLessThan(25_000);
  const { error } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(xml).testsuites
    .testsuite.testcase;
  expect(error["#text"]).toMatch(/^\]\]> <b a="1">&amp; \[31m é 😀x+…$/u);
  expect(error.message).toMatch(/^\]\]> <b a="1">&amp; \[31m é 😀x+…$/u);
});

test("a run without nodes has an empty report", () => {
  expect(XMLValidator.validate(junitXml("n", [], run))).toBe(true);
});
