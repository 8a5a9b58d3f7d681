import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { DriftResult } from '../drift-schema.ts';
import type { HistoryEntry } from '../history-schema.ts';
import { ALONE, judgeDrift } from '../judge/judge-run.ts';
import { columnExample, driftExample } from '../testing/drift-example.ts';
import { driftPage } from './drift-page.ts';
import type { Language } from './language.ts';

const before = (batch: string, scorePsi: number): HistoryEntry => ({
  batch,
  signal: 'ok',
  status: 'ok',
  rows: 4000,
  sha256: '',
  referenceSha256: '',
  driftedColumns: 0,
  driftShare: 0,
  scorePsi,
  approvalRate: 0.74,
  missingShift: 0.01,
  cost: { value: 0.5, lo: 0.45, hi: 0.55 },
  domainAuc: 0.6,
  realisedCost: 0.52,
  drift: 'covariate',
});

/** A page with every part on it. */
function page(over: Partial<DriftResult>, language: Language, confirm = ALONE.confirm): string {
  const { result } = judgeDrift(driftExample(over), {
    ...ALONE,
    confirm,
    batch: 'mars',
    minRows: 500,
    before: [before('janvier', 0.01), before('février', 0.02)],
  });
  return driftPage(result, {
    threshold: 0.0909,
    modelSha256: 'c'.repeat(64),
    minRows: 500,
    limits: DEFAULT_LIMITS,
    isRun: false,
    language,
  });
}

const { stability } = columnExample('A');
const moved: Partial<DriftResult> = {
  money: { currency: 'EUR', unit: 300 },
  columns: [
    columnExample('EXT_SOURCE_1', {
      missing: { reference: 0.56, current: 0.42 },
      psi: 0.3,
      ...(stability === undefined
        ? {}
        : { stability: { ...stability, missingPart: 0.1, pAdjusted: 0, unseen: { levels: ['neu'], share: 0.02 } } }),
      evidently: { test: 'wasserstein', score: 0.2, threshold: 0.1, drifted: true },
    }),
    columnExample('SKIPPED', { skipReason: 'type DATE is not compared', evidently: null, histogram: null }),
  ],
  realised: {
    rows: 3000,
    unlabelled: 1000,
    auc: { value: 0.7, lo: 0.68, hi: 0.72 },
    defaultRate: { value: 0.12, lo: 0.11, hi: 0.13 },
    costPerLoan: { value: 0.6, lo: 0.55, hi: 0.65 },
    expected: {
      source: 'history',
      defaultRate: { value: 0.08, lo: 0.07, hi: 0.09 },
      costPerLoan: { value: 0.5, lo: 0.45, hi: 0.55 },
    },
    z: 4,
    bounds: { lo: 0.4, hi: 1.9 },
    drift: 'concept',
  },
};

/** What a reader sees: no markup, no style, no numbers, no names of the data. */
function wordsOf(html: string): string {
  return html
    .replaceAll(/<style>[\s\S]*?<\/style>|<code>[\s\S]*?<\/code>/g, ' ')
    .replaceAll(/aria-label="([^"]*)"/g, '>$1<')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/sluice drift|drift\.json|drift\/1|Evidently \d\.\d/g, ' ')
    .replaceAll(/[\s\u00A0]+/g, ' ');
}

describe('drift page', () => {
  test('says in its heading whether to act, and in money what it costs', () => {
    const text = wordsOf(page(moved, 'en'));
    expect(text).toContain('Act: wrong decisions cost more than was expected.');
    expect(text).toContain('Wrong decisions are expected to cost 150 000 EUR per 1 000 loans');
    expect(text).toContain(
      'Of 3 000 loans with an outcome they cost 180 000 EUR per 1 000 loans (165 000 EUR to 195 000 EUR), where 150 000 EUR was',
    );
    expect(wordsOf(page({}, 'en'))).toContain('Nothing to do: this batch is as the reference was.');
  });

  test('each of the six numbers is drawn over the last batches, the contract as well', () => {
    const text = page(moved, 'en');
    expect(text.match(/<svg role="img" aria-label="[^"]*" width="160"/g)).toHaveLength(6);
    expect(text).toContain('aria-label="Data contract: kept, kept, kept"');
  });

  test('says how many rows lie beyond what the reference had', () => {
    const beyond = (outOfRange: { below: number; above: number }) =>
      wordsOf(page({ columns: [columnExample('A', stability === undefined ? {} : { stability: { ...stability, outOfRange } })] }, 'en'));
    expect(beyond({ below: 0.0004, above: 0.021 })).toContain('2.1% above the greatest value of the reference');
    expect(beyond({ below: 0.0004, above: 0.021 })).not.toContain('below the least value');
    expect(beyond({ below: 0.5, above: 0 })).toContain('50.0% below the least value of the reference');
  });

  test('says what a cut-off set anew would save in one phrase', () => {
    expect(wordsOf(page({}, 'en'))).toMatch(/; that would (save|add) \d+ cost units per/);
    expect(wordsOf(page({}, 'fr'))).toMatch(/ ; cela (économiserait|ajouterait) \d+ unités de coût pour/);
    expect(wordsOf(page(moved, 'en'))).toMatch(/; that would (save|add) [\d\u202F]+ EUR per/);
  });

  test.each([
    ['moved', moved, ALONE.confirm],
    ['held back', moved, { act: 2, of: 3, coolDown: 0 }],
    ['quiet', {}, ALONE.confirm],
    ['nothing known', { score: null, estimate: null, shift: null, importance: null, joint: null, unknown: unknownAll() }, ALONE.confirm],
    ['few rows', { current: { name: 'x', rows: 20, sha256: '' } }, ALONE.confirm],
    ['broken', { columns: [columnExample('A', { skipReason: 'type changed from DOUBLE to VARCHAR' })] }, ALONE.confirm],
  ])('French has no English left: %s', (_, over, confirm) => {
    const text = wordsOf(page(over, 'fr', confirm));
    const english =
      /\b(the|of|and|was|were|with|from|by|rows|cost|loans?|drift|missing|below|above|absent|changed|signalled|batches|unknown|watch|act|none|column|others|is|are|no|not|to)\b/i;
    expect(english.exec(text)?.[0] === undefined ? '' : text.slice(Math.max(0, text.search(english) - 60), text.search(english) + 60)).toBe(
      '',
    );
    // A decimal comma everywhere.
    expect(/\d\.\d/.exec(text.replaceAll(/application_\w+/g, ''))).toBeNull();
  });

  test('needs no script, nothing from elsewhere, and the same result gives the same bytes', () => {
    const text = page(moved, 'en');
    expect(text).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)|@import|url\(/);
    expect(page(moved, 'en')).toBe(text);
  });

  test('of many columns those that moved are in sight, and the first ones; the others are folded, not left out', () => {
    const columns = Array.from({ length: 100 }, (_, at) =>
      columnExample(`COLUMN_${at}`, {
        psi: 0.05 - at / 10_000,
        ...(at === 90 ? { evidently: { test: 'wasserstein', score: 0.2, threshold: 0.1, drifted: true } } : {}),
      }),
    );
    const text = page({ columns }, 'en');
    const [sight = '', rest = ''] = text
      .slice(text.indexOf('id="columns"'))
      .split(/<summary>\s*89 columns within all limits\s*<\/summary>/);
    const named = (part: string) => [...new Set(part.match(/COLUMN_\d+(?=<small>)/g))];
    expect(named(sight)).toEqual([...Array.from({ length: 10 }, (_, at) => `COLUMN_${at}`), 'COLUMN_90']);
    expect(named(rest)).toHaveLength(89);
    expect(page({ columns: columns.slice(0, 30) }, 'en')).not.toContain('within all limits');
  });

  test('240 columns stay under 1.5 MB', () => {
    const histogram = {
      labels: [...Array.from({ length: 10 }, (_, at) => `${at}.125 to ${at + 1}.125`), 'missing'],
      reference: Array.from({ length: 11 }, (_, at) => (at + 1) / 66),
      current: Array.from({ length: 11 }, (_, at) => (11 - at) / 66),
    };
    const columns = Array.from({ length: 240 }, (_, at) => columnExample(`SOME_LONG_COLUMN_NAME_${at}`, { histogram }));
    expect(Buffer.byteLength(page({ columns }, 'fr'))).toBeLessThan(1_500_000);
  });
});

function unknownAll(): Record<string, string> {
  const reason = 'neither --score nor --model was given';
  return { score: reason, estimate: reason, shift: reason, importance: reason, joint: 'a profile holds no rows to tell apart' };
}

function findChromium(): string | null {
  for (const name of [process.env['CHROMIUM'] ?? 'chromium', 'chromium-browser', 'google-chrome'])
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore' });
      return name;
    } catch {
      continue;
    }
  return null;
}

const chromium = findChromium();
(chromium === null ? test.skip : test)(
  `no violation of WCAG 2.2 AA by axe-core, in both languages and at 320 px${chromium === null ? ' (skipped: no Chromium)' : ''}`,
  async () => {
    const { chromium: launcher } = await import('playwright-core');
    const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    const folder = await mkdtemp(join(tmpdir(), 'sluice-axe-'));
    const browser = await launcher.launch({
      executablePath: chromium === null ? '' : execFileSync('which', [chromium], { encoding: 'utf8' }).trim(),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    try {
      for (const [language, width] of [
        ['en', 1200],
        ['fr', 320],
        ['en', 800],
      ] as const) {
        const file = join(folder, `${language}.html`);
        await writeFile(file, page(moved, language));
        const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
        const tab = await context.newPage();
        await tab.goto(pathToFileURL(file).href);
        await tab.addScriptTag({ path: axe });
        const violations = await tab.evaluate(
          `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((found) => found.violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')))`,
        );
        expect({ language, violations }).toEqual({ language, violations: [] });
        // Nothing is wider than the screen but what scrolls by itself.
        expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        // By keyboard: every link and the reasons that are folded away can be reached, in the order of the page.
        const reached = await tab.evaluate(`[...document.querySelectorAll('a[href], summary')].every((one) => one.tabIndex === 0)`);
        expect(reached).toBe(true);
        await context.close();
      }
    } finally {
      await browser.close();
    }
  },
);
