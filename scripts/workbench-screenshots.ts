/**
 * Takes the pictures of docs/guides/officer.md: the workbench on a server that runs, in a headless Chromium.
 *   node scripts/run-ts.mjs scripts/workbench-screenshots.ts http://127.0.0.1:8000 KEY [APPLICANT]
 * The key is an admin's, so that the reviewer's page is there too. Without an applicant the first one is taken whom the model refuses.
 */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { Page } from 'playwright-core';
import { findChromium } from '../serving/workbench/testing/find-chromium.ts';
import { openBrowser, visit } from '../serving/workbench/testing/open-browser.ts';
import { goTo, settled, type Place } from '../serving/workbench/testing/places.ts';

/** Bytes that a picture of the documentation may have. */
const MOST_BYTES = 150_000;
const WINDOW = '';
const PANEL = '[role=tabpanel]:not([inert])';
const [address, key, wanted] = process.argv.slice(2);
const executable = findChromium();
if (address === undefined || key === undefined) throw new Error('usage: workbench-screenshots.ts ADDRESS KEY [APPLICANT]');
if (executable === null) throw new Error('no Chromium on the PATH nor in $CHROMIUM');

const out = join(process.cwd(), 'docs/images/officer');
await mkdir(out, { recursive: true });
const applicant = wanted === undefined ? await firstRefused(address, key) : Number(wanted);
const browser = await openBrowser(executable);
try {
  for (const language of ['en', 'fr'] as const) {
    await using visited = await visit(browser, address, { key, language });
    await visited.page.setViewportSize({ width: 1040, height: 760 });
    for (const [file, place, part] of picturesOf(language)) {
      await goTo(visited.page, place);
      if (file === 'what-if') await tryOut(visited.page);
      await take(visited.page, join(out, `${file}.png`), part);
    }
  }
} finally {
  await browser.close();
}

function picturesOf(language: 'en' | 'fr'): readonly (readonly [string, Place, string])[] {
  const hash = `/applicants/${applicant}`;
  if (language === 'fr') return [['letter-fr', { name: 'letter', hash: `${hash}/letter` }, 'article']];
  return [
    ['applicants', { name: 'applicants', hash: '/applicants' }, WINDOW],
    ['case', { name: 'case', hash }, WINDOW],
    ['reasons', { name: 'reasons', hash, tab: 0 }, PANEL],
    ['comparison', { name: 'comparison', hash, tab: 1 }, PANEL],
    ['what-if', { name: 'change', hash, tab: 2 }, PANEL],
    ['model', { name: 'model', hash: '/model' }, WINDOW],
    ['monitoring', { name: 'monitoring', hash: '/monitoring' }, WINDOW],
  ];
}

/** Puts the smallest change that would be granted on the sliders, where there is one. */
async function tryOut(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Try it with the sliders' });
  if ((await button.count()) === 0) return;
  await button.click();
  await page.locator('[data-outcome="grant"]').getByText('Granted').waitFor();
  await settled(page);
}

/** @param part the window, or the element that is the picture */
async function take(page: Page, path: string, part: string): Promise<void> {
  await page.mouse.move(0, 0);
  // A whole tab, or a letter, is long: as small as it will be shown, so that the file stays small.
  await page.evaluate(`document.documentElement.style.zoom = ${part === WINDOW ? 1 : 0.68}`);
  await (part === WINDOW ? page.screenshot({ path }) : page.locator(part).screenshot({ path }));
  const { size } = await stat(path);
  if (size > MOST_BYTES) throw new Error(`${path} has ${size} bytes, more than ${MOST_BYTES}`);
  process.stdout.write(`${path}: ${size} bytes\n`);
}

async function firstRefused(server: string, bearer: string): Promise<number> {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  const { ids } = (await (await fetch(`${server}/v1/applicants?limit=50`, { headers })).json()) as { ids: number[] };
  for (const id of ids) {
    const response = await fetch(`${server}/v1/score`, { method: 'POST', headers, body: JSON.stringify({ id }) });
    if (((await response.json()) as { decision: string }).decision === 'refuse') return id;
  }
  throw new Error('the model refuses none of the first fifty applicants: name one');
}
