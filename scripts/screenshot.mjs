// Draws an HTML page as a PNG with a headless Chromium: how docs/images/report.png is made.
//   node scripts/screenshot.mjs PAGE.html OUT.png [--width 1200] [--height 1600]
// The browser is $CHROMIUM, or the first of the usual names on the PATH.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { width: { type: 'string', default: '1200' }, height: { type: 'string', default: '1600' } },
});
const [page, out] = positionals;
if (page === undefined || out === undefined) fail('usage: node scripts/screenshot.mjs PAGE.html OUT.png [--width 1200] [--height 1600]');

const browser = findBrowser();
const profile = mkdtempSync(join(tmpdir(), 'sluice-screenshot-'));
try {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // Chromium has no sandbox for root
  const url = /^https?:/.test(page) ? page : pathToFileURL(resolve(page)).href;
  execFileSync(
    browser,
    [
      ...sandbox, '--headless', '--disable-gpu', '--hide-scrollbars', '--virtual-time-budget=25000', `--user-data-dir=${profile}`,
      `--window-size=${values.width},${values.height}`, `--screenshot=${resolve(out)}`, url,
    ],
    { stdio: 'ignore', timeout: 120_000 },
  ); // prettier-ignore
  process.stdout.write(`${out}: ${statSync(out).size} bytes\n`);
} finally {
  rmSync(profile, { recursive: true, force: true });
}

function findBrowser() {
  const names = process.env.CHROMIUM === undefined ? ['chromium', 'chromium-browser', 'google-chrome'] : [process.env.CHROMIUM];
  const found = names.find((name) => {
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
  return found ?? fail(`no Chromium: tried ${names.join(', ')}; set CHROMIUM to its path`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
