#!/usr/bin/env node
// Plain enough for any Node to parse, so that an old one is told what is wrong.
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const cli = new URL('../dist/cli.mjs', import.meta.url);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `sluice needs Node 20.19 or newer; this is ${process.versions.node}. Install one from https://nodejs.org or with: nvm install 22\n`,
  );
  process.exitCode = 2;
} else if (existsSync(cli)) {
  const { main } = await import(cli.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write('sluice is not built yet. Run: npm run build\n');
  process.exitCode = 2;
}
