import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** A page, or a tab of the case, that an officer or a reviewer can be at. */
export interface Place {
  readonly name: string;
  /** Fragment of the address. */
  readonly hash: string;
  /** Tab of the case, from 0. */
  readonly tab?: number;
}

/** Every place there is. @param ids of applicants whom the model refuses and grants */
export function placesOf({ refused, granted }: { readonly refused: number; readonly granted: number }): readonly Place[] {
  const tabs = ['reasons', 'comparison', 'what would change it', 'data'];
  return [
    { name: 'applicants', hash: '/applicants' },
    ...tabs.map((name, tab) => ({ name: `case of a refusal: ${name}`, hash: `/applicants/${refused}`, tab })),
    { name: 'case of a grant', hash: `/applicants/${granted}` },
    { name: 'letter', hash: `/applicants/${refused}/letter` },
    { name: 'model', hash: '/model' },
    { name: 'monitoring', hash: '/monitoring' },
    { name: 'no such page', hash: '/nowhere' },
    { name: 'no such applicant', hash: '/applicants/999999999' },
  ];
}

/** Goes to a place and waits until all of it is there. */
export async function goTo(page: Page, { hash, tab }: Place): Promise<void> {
  await page.evaluate(`location.hash = '#/'`);
  await page.evaluate(`location.hash = ${JSON.stringify(`#${hash}`)}`);
  await settled(page);
  if (tab === undefined) return;
  await page.getByRole('tab').nth(tab).click();
  await settled(page);
}

/** A page takes milliseconds on a quiet machine; a busy one is no reason to fail. */
export const PATIENCE_MS = 120_000;

/** Asked again and again from here: Playwright's own waiting would evaluate text in the page, which its policy forbids. */
const SETTLED = `!/Loading…|Chargement…/.test(document.body.innerText) && document.querySelector('[aria-busy=true]') === null && [...document.querySelectorAll('.chart')].every((chart) => chart.dataset.drawn)`;

/** Nothing is loading and every chart is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(25)) {
    if (await page.evaluate(SETTLED)) return;
  }
  throw new Error(`the page is not there after ${PATIENCE_MS} ms: ${await page.locator('main').innerText()}`);
}

/** Opens every table that stands behind a chart, and whatever else folds. */
export async function openTables(page: Page): Promise<void> {
  await page.evaluate(`document.querySelectorAll('details').forEach((details) => { details.open = true; })`);
  await settled(page);
}
