import { describe, expect, test } from '@jest/globals';
import { toHtml } from './blocks/to-html.ts';
import { toMarkdown } from './blocks/to-markdown.ts';
import { dataSheet } from './documents/data-sheet.ts';
import { modelCard } from './documents/model-card.ts';
import { validationReport } from './documents/validation-report.ts';
import type { Evidence } from './evidence.ts';
import { evidenceExample } from './testing/evidence-example.ts';

const DOCUMENTS = { modelCard, validationReport, dataSheet } as const;
type Name = keyof typeof DOCUMENTS;
const NAMES: readonly Name[] = ['modelCard', 'validationReport', 'dataSheet'];

const page = (name: Name, evidence: Evidence): string => toHtml(DOCUMENTS[name](evidence), { kicker: 'Test' });

/** Every number in an artifact moved, each by another amount; counts stay whole. */
function moved<T>(value: T, step = { count: 0 }): T {
  if (typeof value === 'number') {
    step.count += 1;
    return (Number.isInteger(value) ? value * 3 + step.count + 1 : value * 1.37 + step.count / 512) as T;
  }
  if (Array.isArray(value)) return value.map((entry: unknown) => moved(entry, step)) as T;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, moved(entry, step)])) as T;
  return value;
}

interface Quoted {
  readonly value: string;
  readonly sources: readonly string[];
  readonly text: string;
}

function quotesOf(html: string): readonly Quoted[] {
  return [...html.matchAll(/<data value="([^"]*)" data-source="([^"]*)">([^<]*)<\/data>/g)].map(
    ([, value = '', sources = '', text = '']) => ({
      value,
      sources: sources.split(' '),
      text,
    }),
  );
}

const NAME_IN_EVIDENCE: Readonly<Record<string, keyof Evidence>> = { ingestSummary: 'ingest' };

/** What stands at `artifact#/a/0/b`. */
function lookUp(evidence: Evidence, source: string): unknown {
  const [artifact = '', pointer = ''] = source.split('#');
  const keys = pointer.split('/').slice(1);
  const root: unknown = evidence[NAME_IN_EVIDENCE[artifact] ?? (artifact as keyof Evidence)];
  return keys.reduce((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), root);
}

/** The words of a page without what is quoted, styles and code. */
function ownWords(html: string): string {
  return html
    .replaceAll(/<style>[\s\S]*?<\/style>/g, '')
    .replaceAll(/<data [^>]*>[^<]*<\/data>/g, '')
    .replaceAll(/<code[\s\S]*?<\/code>/g, '')
    .replaceAll(/<h1>[^<]*<\/h1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ');
}

describe.each(NAMES)('%s', (name) => {
  test('every quoted value is what stands in the artifact at that very place', () => {
    const quotes = quotesOf(page(name, evidenceExample));
    expect(quotes.length).toBeGreaterThan(20);
    for (const { value, sources } of quotes) {
      const found = sources.map((source) => lookUp(evidenceExample, source));
      expect([sources, found.includes(undefined)]).toEqual([sources, false]);
      if (sources.length === 1 && typeof found[0] === 'number' && sources[0]?.endsWith('/length') !== true) {
        expect([sources[0], value]).toEqual([sources[0], String(found[0])]);
      }
    }
  });

  test('no number is typed by hand: with every number of every artifact moved, no quoted one stays and no other one is there', () => {
    const [before, after] = [page(name, evidenceExample), page(name, moved(evidenceExample))];
    const later = quotesOf(after);
    for (const [at, { value, sources, text }] of quotesOf(before).entries()) {
      const fixed = sources.some((source) => source.endsWith('/length') || typeof lookUp(evidenceExample, source) !== 'number');
      if (!fixed) expect([sources, later[at]?.value === value, later[at]?.text === text]).toEqual([sources, false, false]);
    }
    // The level of the intervals and the name of the digest are the method's; 1 is what the label means.
    const numbers = ownWords(before).match(/\d[\d.,]*/g) ?? [];
    expect(numbers.filter((number) => !['95', '256', '1'].includes(number))).toEqual([]);
  });

  test('one file that runs nothing, with every id once; Markdown says the same numbers', () => {
    const html = page(name, evidenceExample);
    expect(html).not.toMatch(/<script|<link|<img|@import|src=|NaN|undefined|\[object|https?:\/\/(?!www\.w3\.org)/);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const markdown = toMarkdown(DOCUMENTS[name](evidenceExample));
    expect(markdown).not.toMatch(/NaN|undefined|\[object/);
    for (const { text } of quotesOf(html)) expect(markdown).toContain(text.replaceAll('&#39;', "'").replaceAll('&gt;', '>'));
  });
});

test.each([
  ['evaluation', NAMES],
  ['summary', NAMES],
  ['contract', ['validationReport', 'dataSheet']],
  ['ingest', ['validationReport', 'dataSheet']],
  ['decision', ['modelCard', 'validationReport']],
  ['calibrator', ['modelCard', 'validationReport']],
  ['calibrationMetrics', ['modelCard', 'validationReport']],
  ['trainMetrics', ['modelCard', 'validationReport']],
  ['explanations', ['modelCard', 'validationReport']],
  ['evaluateMetrics', ['validationReport']],
  ['assessMetrics', ['validationReport']],
  ['verdict', ['validationReport']],
  ['drift', ['validationReport']],
] as const)('a change of %s alone changes the documents that rest on it', (artifact, names) => {
  const other: Evidence = { ...evidenceExample, [artifact]: moved(evidenceExample[artifact]) };
  for (const name of names) expect([name, page(name, other) === page(name, evidenceExample)]).toEqual([name, false]);
});

test('a run without verdict, drift or explanations says so', () => {
  const bare: Evidence = { ...evidenceExample, verdict: null, drift: null, explanations: { method: 'none', why: 'it is a neural net' } };
  const html = page('validationReport', bare);
  expect(html).toContain('The gate has not judged this model.');
  expect(html).toContain('The drift stage did not come to an end.');
  expect(html).toContain('it is a neural net');
});
