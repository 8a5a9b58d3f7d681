import process from 'node:process';
import { chromium, type Browser, type Page } from 'playwright-core';
import { PATIENCE_MS } from './places.ts';

export interface Visitor {
  /** Null for somebody who has not signed in. */
  readonly key: string | null;
  readonly language?: 'en' | 'fr';
  readonly width?: number;
}

export interface Visit extends AsyncDisposable {
  readonly page: Page;
  /** What went wrong unseen: errors of the script, complaints of the policy, requests to another host. */
  readonly faults: readonly string[];
}

export function openBrowser(executablePath: string): Promise<Browser> {
  // Chromium has no sandbox for root.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

/** A page of the workbench in a browser profile of its own. @param address of the server */
export async function visit(browser: Browser, address: string, { key, language = 'en', width = 1280 }: Visitor): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce', locale: 'de-DE' });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript(
    `localStorage.getItem('sluice.language') ?? localStorage.setItem('sluice.language', ${JSON.stringify(language)});` +
      (key === null ? '' : `sessionStorage.setItem('sluice.key', ${JSON.stringify(key)});`),
  );
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    // A refused request is answered in words on the page; Chromium reports it beside.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:')) faults.push(`request to ${request.url()}`);
  });
  await page.goto(address);
  await page.locator('h1').waitFor();
  return { page, faults, [Symbol.asyncDispose]: () => context.close() };
}
