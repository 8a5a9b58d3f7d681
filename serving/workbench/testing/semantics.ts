import type { Page } from 'playwright-core';

/** What a screen reader must be able to name. */
const NAMED =
  /^\s*- (?:button|link|img|table|slider|textbox|searchbox|radio|radiogroup|tab|tablist|tabpanel|region|figure|group|navigation)(?=:| \[|$)/;

/** What somebody who hears the page misses on it: landmarks, a title, names. Empty where nothing is. */
export async function semanticFaults(page: Page): Promise<readonly string[]> {
  const lines = (await page.locator('body').ariaSnapshot()).split('\n');
  const count = (form: RegExp): number => lines.filter((line) => form.test(line)).length;
  return [
    ...(['banner', 'main'] as const).flatMap((role) => (count(new RegExp(`^- ${role}:`)) === 1 ? [] : [`no one ${role}`])),
    ...(count(/- heading .*\[level=1\]/) > 0 ? [] : ['no title']),
    ...lines.filter((line) => NAMED.test(line) && !/^\s*- group:$/.test(line)).map((line) => `no name: ${line.trim()}`),
  ];
}
