import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { axeViolations } from '../testing/axe-check.ts';
import { findChromium } from '../testing/find-chromium.ts';
import { tabTo } from '../testing/keyboard.ts';
import { leftovers } from '../testing/language-check.ts';
import { heldScorer } from '../../testing/held-scorer.ts';
import { semanticFaults } from '../testing/semantics.ts';
import { openBrowser, visit } from '../testing/open-browser.ts';
import { openWorkbench, type OpenWorkbench } from '../testing/open-workbench.ts';
import { goTo, openTables, placesOf, settled } from '../testing/places.ts';

const found = findChromium();
const suite = found === null ? describe.skip : describe;

suite(`the workbench in a browser${found === null ? ' (skipped: no Chromium on the PATH nor in $CHROMIUM)' : ''}`, () => {
  let dir = '';
  let browser: Browser;
  let served: OpenWorkbench;
  let ids = { refused: 0, other: 0, granted: 0 };

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sluice-page-'));
    await promisify(execFile)(process.execPath, [join(process.cwd(), 'scripts/build-workbench.mjs'), dir]);
    [browser, served] = await Promise.all([openBrowser(found ?? ''), openWorkbench(dir)]);
    ids = await someOfEach(served);
  }, 600_000);

  afterAll(async () => {
    await browser.close();
    await served[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  });

  test.each(['en', 'fr'] as const)(
    'every page in %s: axe finds nothing, everything has a name, no word of the other language, 200 %% zoom and 320 px do',
    async (language) => {
      await using visited = await visit(browser, served.address, { key: served.keys.admin, language });
      const { page, faults } = visited;
      for (const place of placesOf(ids)) {
        await goTo(page, place);
        await openTables(page);
        expect({ place: place.name, violations: await axeViolations(page) }).toEqual({ place: place.name, violations: [] });
        expect({ place: place.name, leftovers: await leftovers(page, language) }).toEqual({ place: place.name, leftovers: [] });
        expect({ place: place.name, faults: await semanticFaults(page) }).toEqual({ place: place.name, faults: [] });
        for (const width of [640, 320]) {
          await page.setViewportSize({ width, height: 800 });
          const wide = await page.evaluate('document.documentElement.scrollWidth');
          expect({ place: place.name, wide }).toEqual({ place: place.name, wide: width });
        }
        for (const field of await page.locator('[data-field] input:not([type=range])').all())
          expect((await field.boundingBox())?.width).toBeGreaterThan(100);
        await page.setViewportSize({ width: 1280, height: 900 });
      }
      expect(faults).toEqual([]);
    },
  );

  test('the check for leftovers finds English where a French page has it', async () => {
    await using visited = await visit(browser, served.address, { key: served.keys.admin, language: 'en' });
    await goTo(visited.page, { name: 'model', hash: '/model' });
    await visited.page.evaluate(`document.documentElement.lang = 'fr'`);
    expect((await leftovers(visited.page, 'fr')).length).toBeGreaterThan(10);
  });

  test('the probability of default stands on the page of a case once, wherever one looks in it', async () => {
    await using visited = await visit(browser, served.address, { key: served.keys.officer });
    const { page } = visited;
    for (const place of placesOf(ids).filter(({ hash }) => hash.endsWith(`/${ids.refused}`))) {
      await goTo(page, place);
      await openTables(page);
      const shown = (await page.locator('[data-probability]').innerText()).replace('%', '');
      const all: string = await page.evaluate(
        `document.body.textContent + [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes].map(({ value }) => ' ' + value + ' ')).join('')`,
      );
      expect({ place: place.name, times: all.split(`${shown}%`).length - 1 }).toEqual({ place: place.name, times: 1 });
    }
  });

  test('colours that the system forces leave nothing unseen: what is chosen, the focus, pictures and signs', async () => {
    await using visited = await visit(browser, served.address, { key: served.keys.admin });
    const { page } = visited;
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    await goTo(page, { name: 'comparison', hash: `/applicants/${ids.refused}`, tab: 1 });
    const style = (selector: string, name: string): Promise<string> =>
      page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${name}`);
    const ground = await style('body', 'backgroundColor');
    expect(await style('.tab:not([data-selected])', 'borderBottomColor')).toBe(ground);
    expect(await style('.tab[data-selected]', 'borderBottomColor')).not.toBe(ground);
    expect(await style('nav a:not([aria-current])', 'borderBottomColor')).toBe(ground);
    expect(await style('nav a[aria-current]', 'borderBottomColor')).not.toBe(ground);
    expect(await style('.languages [data-selected]', 'backgroundColor')).not.toBe(
      await style('.languages button:not([data-selected])', 'backgroundColor'),
    );
    expect(await style('.verdict .sign path', 'fill')).not.toBe(ground);
    for (const drawn of ['.chart', '.legend svg']) expect(await style(drawn, 'backgroundColor')).toBe('rgb(255, 255, 255)');
    await tabTo(page, /Compare by/);
    await page.keyboard.press('Enter');
    await page.getByRole('listbox').waitFor();
    expect(await style('[role=option][data-focused]', 'backgroundColor')).not.toBe(
      await style('[role=option]:not([data-focused])', 'backgroundColor'),
    );
  });

  test('while the book is made the list says so in both languages, and it is there by itself once it is made', async () => {
    const held = heldScorer();
    await using early = await openWorkbench(dir, held.open);
    await using visited = await visit(browser, early.address, { key: early.keys.officer });
    const { page } = visited;
    const said = { en: 'The applicants are being prepared', fr: 'Le portefeuille est en préparation' };
    await page.getByRole('status').getByText(said.en).waitFor();
    await page.getByRole('radio', { name: 'Français' }).click();
    await page.getByRole('status').getByText(said.fr).waitFor();
    expect(await leftovers(page, 'fr')).toEqual([]);
    await goTo(page, { name: 'case', hash: '/applicants/100001' });
    await page.getByRole('status').getByText(said.fr).waitFor();
    await goTo(page, { name: 'applicants', hash: '/applicants' });
    await held.release();
    await page.getByRole('link', { name: '100001' }).waitFor();
    expect(await page.getByText(said.fr).count()).toBe(0);
  });

  test('the list is narrowed and sorted: the riskiest of those to be refused comes first', async () => {
    await using visited = await visit(browser, served.address, { key: served.keys.officer });
    const { page } = visited;
    for (const [choice, option] of [
      ['Show', 'Proposed for refusal'],
      ['Sort by', 'Probability of default, falling'],
    ] as const) {
      await page.getByRole('button', { name: choice, exact: false }).first().click();
      await page.getByRole('option', { name: option }).click();
    }
    const { applicants, total } = await served.scoring.applicants({ order: '-probability', decision: 'refuse', limit: 2 });
    const [first, second] = applicants;
    const row = page.getByRole('row').nth(1);
    await row.getByText(String(first?.id)).waitFor();
    expect(await row.innerText()).toContain(`${(100 * (first?.probabilityOfDefault ?? 0)).toFixed(1)}%`);
    expect(await row.innerText()).toContain('Refuse');
    expect(await page.getByRole('row').nth(2).innerText()).toContain(String(second?.id));
    expect(await page.getByRole('status').innerText()).toContain(`${total} applicants`);
  });

  test('by mouse: sign in, look somebody up, read the case, try another loan, decide otherwise with a reason, write the letter', async () => {
    await using visited = await visit(browser, served.address, { key: null });
    const { page, faults } = visited;
    await page.getByLabel('Access key').fill('slk_not_a_key');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The server does not know this key.').waitFor();
    await page.getByLabel('Access key').fill(served.keys.officer);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Applicant number').fill(String(ids.refused));
    await page.getByRole('link', { name: String(ids.refused) }).click();
    await settled(page);
    await expectText(page.locator('[data-decision]'), 'Refuse');
    expect(await page.getByRole('link', { name: 'Monitoring' }).count()).toBe(0);

    const subject = page.locator('.concept').first();
    await subject.getByRole('button').click();
    await subject.getByRole('table').waitFor();
    expect(await subject.getByRole('row').count()).toBeGreaterThan(1);

    await page.getByRole('tab', { name: 'What would change it' }).click();
    await settled(page);
    const thumb = page.locator('[data-field="AMT_CREDIT"] .slider-thumb');
    const box = await thumb.boundingBox();
    await thumb.hover();
    await page.mouse.down();
    await page.mouse.move((box?.x ?? 0) + 260, box?.y ?? 0, { steps: 6 });
    await page.mouse.up();
    // What comes of it is said to whoever does not see it.
    await page.locator('[data-outcome][role=status]:not([aria-busy=true])').getByText('Probability of default').waitFor();

    await page.getByText('Grant the loan').click();
    await page.getByRole('button', { name: 'Record the decision' }).click();
    await page.getByText('Give your reason in at least 10 characters').waitFor();
    await page.getByRole('textbox', { name: /Reason/ }).fill('Signed a permanent contract last week.');
    await page.getByRole('button', { name: 'Record the decision' }).click();
    await page.getByText('Recorded as number 1').waitFor();
    await page.getByText('Granted · otherwise than the model').waitFor();
    await page.getByText('Refuse the loan').click();
    await page.getByRole('button', { name: 'Record the decision' }).click();
    await page.getByText('Recorded as number 2').waitFor();

    await page.getByRole('link', { name: 'Letter to the applicant' }).click();
    await page.locator('article.letter').waitFor();
    const reasons = await page.locator('[data-letter="reasons"] li').count();
    expect(reasons).toBeGreaterThan(0);
    expect(reasons).toBeLessThanOrEqual(4);
    expect(await page.getByText('No decision is recorded').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('an answer that is lost is no second record: the button pressed again says what was recorded, and another decision is told apart', async () => {
    await using visited = await visit(browser, served.address, { key: served.keys.admin });
    const { page, faults } = visited;
    const recorded = async (): Promise<unknown> => {
      const headers = { authorization: `Bearer ${served.keys.admin}` };
      return JSON.parse(await (await fetch(`${served.address}/v1/decisions?applicantId=${ids.other}`, { headers })).text());
    };
    /** It is done, and the connection breaks before its answer. */
    const loseAnswer = async (): Promise<void> => {
      await page.route('**/v1/decisions', async (route) => {
        await route.fetch();
        await route.abort('connectionreset');
      });
      await page.getByRole('button', { name: 'Record the decision' }).click();
      await page.getByText('The server does not answer.').waitFor();
      expect(await page.getByRole('alert').innerText()).toMatch(/^It is not certain that this was recorded\n[^]*Press the button again/);
      await page.unroute('**/v1/decisions');
    };
    await goTo(page, { name: 'case', hash: `/applicants/${ids.other}` });
    await page.getByText('Refuse the loan').click();
    await loseAnswer();
    await page.getByRole('button', { name: 'Record the decision' }).click();
    await page.getByText(/Recorded as number \d+/).waitFor();
    expect(await recorded()).toMatchObject({ total: 1 });

    await loseAnswer();
    await page.getByRole('textbox', { name: /Remark/ }).fill('Papers are complete.');
    await page.getByRole('button', { name: 'Record the decision' }).click();
    await page.getByText('What you sent before was recorded after all').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/^This was not recorded\n/);
    expect(await recorded()).toMatchObject({ total: 2, decisions: [{ reason: null }, {}] });
    await page.getByRole('button', { name: 'Record the decision' }).click();
    await page.getByText(/Recorded as number \d+/).waitFor();
    expect(await recorded()).toMatchObject({ total: 3, decisions: [{ reason: 'Papers are complete.' }, {}, {}] });
    expect(faults).toEqual([]);
  });

  test.each([
    {
      language: 'en',
      refused: 'This was not recorded',
      unsure: 'It is not certain that this was recorded',
      unchecked: 'The chain could not be checked',
      unsigned: 'You could not be signed in',
    },
    {
      language: 'fr',
      refused: 'La décision n’a pas été enregistrée',
      unsure: 'Il n’est pas certain que la décision soit enregistrée',
      unchecked: 'La chaîne n’a pas pu être vérifiée',
      unsigned: 'La connexion n’a pas abouti',
    },
  ] as const)('an action that failed is headed by what did not happen, in $language', async ({ language, ...heads }) => {
    await using visited = await visit(browser, served.address, { key: served.keys.admin, language });
    const { page, faults } = visited;
    await goTo(page, { name: 'case', hash: `/applicants/${ids.granted}` });
    const record = async (): Promise<void> => {
      await page.locator('label.radio').first().click();
      await page.locator('form').getByRole('button').click();
    };
    expect(await failed(page, record, { path: 'decisions', status: 429, code: 'TOO_MANY_REQUESTS' })).toBe(heads.refused);
    expect(await leftovers(page, language)).toEqual([]);
    await page.reload();
    await settled(page);
    // PostgreSQL may have gone away after it was recorded.
    const lost = { status: 503, code: 'DECISION_LOG_UNAVAILABLE' };
    expect(await failed(page, record, { path: 'decisions', ...lost })).toBe(heads.unsure);
    expect(await leftovers(page, language)).toEqual([]);
    await goTo(page, { name: 'monitoring', hash: '/monitoring' });
    const check = page.getByRole('button', { name: language === 'en' ? 'Check the chain' : 'Vérifier la chaîne' });
    expect(await failed(page, () => check.click(), { path: 'verification', ...lost })).toBe(heads.unchecked);
    await using stranger = await visit(browser, served.address, { key: null, language });
    await stranger.page.locator('input[type=password]').fill('slk_any');
    const enter = stranger.page.locator('form').getByRole('button');
    expect(await failed(stranger.page, () => enter.click(), { path: 'me', status: 500, code: 'INTERNAL' })).toBe(heads.unsigned);
    expect([...faults, ...stranger.faults]).toEqual([]);
  });

  test('by keyboard alone, with a focus that is seen at every stop', async () => {
    await using visited = await visit(browser, served.address, { key: null });
    const { page, faults } = visited;
    await tabTo(page, /Access key/);
    await page.keyboard.type(served.keys.admin);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Applicants' }).waitFor();
    await tabTo(page, /Applicant number/);
    await page.keyboard.type(String(ids.granted));
    await page.keyboard.press('Enter');
    await settled(page);
    await expectText(page.locator('[data-decision]'), 'Grant');

    await tabTo(page, /Grant the loan|Decision/);
    await page.keyboard.press('Space');
    await tabTo(page, /Record the decision/);
    await page.keyboard.press('Enter');
    await page.getByText(/Recorded as number \d/).waitFor();

    await tabTo(page, /^Reasons/);
    await page.keyboard.press('ArrowRight');
    await settled(page);
    await tabTo(page, /Compare by/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await settled(page);
    expect(await page.getByRole('button', { name: /Compare by/ }).innerText()).not.toContain('Probability of default');

    await page.getByRole('tab', { name: 'Comparison' }).focus();
    await page.keyboard.press('ArrowRight');
    await settled(page);
    await tabTo(page, /slider/);
    await page.keyboard.press('PageUp');
    await page.locator('[data-outcome]').getByText('Probability of default').waitFor();

    await page.reload();
    await settled(page);
    await tabTo(page, /Monitoring/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Model and data health' }).waitFor();
    await settled(page);
    await tabTo(page, /Check the chain now/);
    await page.keyboard.press('Enter');
    await page.getByText(/decisions are as they were written/).waitFor();
    expect(faults).toEqual([]);
  });

  test.each(['en', 'fr'] as const)('the letter in %s prints alone, on two sheets at most', async (language) => {
    await using visited = await visit(browser, served.address, { key: served.keys.officer, language });
    const { page } = visited;
    await goTo(page, { name: 'letter', hash: `/applicants/${ids.other}/letter` });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('header').isVisible()).toBe(false);
    expect(await page.locator('.letter-tools').isVisible()).toBe(false);
    expect(await page.locator('article.letter').getAttribute('lang')).toBe(language);
    expect(await page.locator('article.letter').innerText()).toContain(
      language === 'en'
        ? 'You may ask that a person reviews this decision'
        : 'Vous pouvez demander qu’une personne réexamine cette décision',
    );
    expect(await axeViolations(page)).toEqual([]);
    const sheets = (await page.pdf()).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
    expect(sheets.length).toBeLessThanOrEqual(2);
  });

  test('a key that is no longer known leads back to signing in', async () => {
    await using visited = await visit(browser, served.address, { key: 'slk_taken_back' });
    await visited.page.getByLabel('Access key').waitFor();
    expect(await visited.page.evaluate('sessionStorage.getItem("sluice.key")')).toBeNull();
  });

  test('the link that the server prints signs in, and leaves no key in the address; motion stops where it is not wanted', async () => {
    await using visited = await visit(browser, `${served.address}/#key=${served.keys.officer}`, { key: null, language: 'fr' });
    const { page } = visited;
    await page.getByRole('heading', { name: 'Demandeurs' }).waitFor();
    expect(page.url()).not.toContain('slk_');
    expect(await page.evaluate('document.documentElement.lang')).toBe('fr');
    expect(await page.title()).toBe('Demandeurs · Sluice');
    const moving = await page.evaluate(
      `[...document.querySelectorAll('*')].filter((element) => parseFloat(getComputedStyle(element).transitionDuration) > 0).length`,
    );
    expect(moving).toBe(0);
  });
});

/** Two applicants whom the model refuses and one whom it grants. */
async function someOfEach({ scoring }: OpenWorkbench): Promise<{ refused: number; other: number; granted: number }> {
  const { ids } = await scoring.applicants({ limit: 60 });
  const scores = await Promise.all(ids.map((id) => scoring.score({ id })));
  const of = (decision: 'grant' | 'refuse') =>
    scores.filter((score) => score.decision === decision).map(({ applicantId }) => applicantId ?? 0);
  const [refused = 0, other = 0] = of('refuse');
  return { refused, other, granted: of('grant')[0] ?? 0 };
}

async function expectText(locator: { readonly innerText: () => Promise<string> }, text: string): Promise<void> {
  expect((await locator.innerText()).trim()).toBe(text);
}

interface Answer {
  /** Of the API. */
  readonly path: string;
  readonly status: number;
  readonly code: string;
}

/** How the page heads what it says where the server answers an action with this problem. */
async function failed(page: Page, act: () => Promise<void>, { path, status, code }: Answer): Promise<string> {
  const json = { type: 'about:blank', title: 'A problem', status, detail: 'A problem', instance: 'r1', code };
  await page.route(`**/v1/${path}`, (route) => route.fulfill({ status, json, contentType: 'application/problem+json' }));
  await act();
  const head = await page.getByRole('alert').locator('strong').innerText();
  await page.unroute(`**/v1/${path}`);
  return head;
}
