#!/usr/bin/env node
const [, , first, ...rest] = process.argv;
// What shells ask at every press of the key must not load the whole command line.
if (first === "__complete") import("../dist/cli/completion/answer.js").then(({ answer }) => answer(rest));
else import("../dist/cli/main.js").then(({ main }) => main(process.argv.slice(2)));
