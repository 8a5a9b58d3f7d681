import { dataTable } from '../../pages/data-table.ts';
import { counted, orDash, whole } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { CompareData } from './compare-data.ts';
import type { DatasetFacts } from './champion-run.ts';
import { type TextChange, textChanges } from './text-changes.ts';

/** Names of a list that the page writes out; the rest is counted. */
const NAMES_SHOWN = 30;

/** What was set differently. */
export function paramSection({ challenger, former, champion }: CompareData): Html {
  if (former.run === null) return html`<p>MLflow could not be asked for the run of ${champion}: what it was set to is not known here.</p>`;
  const changes = textChanges(former.run.params, challenger.params);
  const same = Object.keys(challenger.params).length - changes.filter(({ now }) => now !== null).length;
  const commits = html`<p>Code: challenger at ${code(challenger.commit)}, champion at ${code(former.run.commit)}.</p>`;
  if (changes.length === 0)
    return html`${commits}
      <p>All ${counted(same, 'param')} are the same.</p>`;
  return html`${commits}${dataTable<TextChange>({
    caption: `Params that differ; ${whole(same)} are the same`,
    columns: [
      { title: 'Param', cell: ({ name }) => name },
      { title: 'Champion', cell: ({ before }) => short(before) },
      { title: 'Challenger', cell: ({ now }) => short(now) },
    ],
    rows: changes,
  })}`;
}

interface DatasetPair {
  readonly name: string;
  readonly before: DatasetFacts | undefined;
  readonly now: DatasetFacts | undefined;
}

/** What was different in the tables behind both. */
export function dataSection({ challenger, former, champion }: CompareData): Html {
  if (former.run === null) return html`<p>MLflow could not be asked for the run of ${champion}: what data it saw is not known here.</p>`;
  const [before, now] = [byName(former.run.datasets), byName(challenger.datasets)];
  const pairs = [...new Set([...now.keys(), ...before.keys()])].map((name): DatasetPair => ({
    name,
    before: before.get(name),
    now: now.get(name),
  }));
  return html`${dataTable<DatasetPair>({
    caption: 'Tables behind the two models. Equal digests are equal bytes.',
    columns: [
      { title: 'Table', cell: ({ name }) => name },
      { title: 'Data', cell: sameness },
      { title: 'Rows, champion', numeric: true, cell: (pair) => orDash(pair.before?.rows, whole) },
      { title: 'Rows, challenger', numeric: true, cell: (pair) => orDash(pair.now?.rows, whole) },
      { title: 'Digest, champion', cell: (pair) => code(pair.before?.digest ?? null) },
      { title: 'Digest, challenger', cell: (pair) => code(pair.now?.digest ?? null) },
    ],
    rows: pairs,
  })}
  ${pairs.map(columnChanges)}`;
}

/** What each looks at. */
export function featureSection({ challenger, former }: CompareData): Html {
  if (former.summary === null) return html`<p>The champion’s summary could not be read: its features are not known here.</p>`;
  const [before, now] = [new Set(former.summary.features), new Set(challenger.summary.features)];
  const gone = [...before].filter((name) => !now.has(name));
  const added = [...now].filter((name) => !before.has(name));
  return html`<p>
      The champion has ${counted(before.size, 'feature')}, the challenger ${whole(now.size)};
      ${whole([...now].filter((name) => before.has(name)).length)} in common.
    </p>
    ${names('Only the challenger has', added)}${names('Only the champion has', gone)}`;
}

function columnChanges({ name, before, now }: DatasetPair): Html | null {
  if (before === undefined || now === undefined || before.digest === now.digest) return null;
  const changes = textChanges(before.columns, now.columns);
  if (changes.length === 0) return html`<p>${name}: the same ${counted(Object.keys(now.columns).length, 'column')}, other values.</p>`;
  return html`<h3>Columns of ${name}</h3>
    ${names(
      'New',
      changes.filter((change) => change.before === null).map((change) => change.name),
    )}
    ${names(
      'Gone',
      changes.filter((change) => change.now === null).map((change) => change.name),
    )}
    ${names(
      'Another type',
      changes
        .filter((change) => change.before !== null && change.now !== null)
        .map((change) => `${change.name} (${change.before} → ${change.now})`),
    )}`;
}

function names(title: string, list: readonly string[]): Html | null {
  if (list.length === 0) return null;
  const rest = list.length - NAMES_SHOWN;
  return html`<p>
    ${title} (${whole(list.length)}): ${list.slice(0, NAMES_SHOWN).join(', ')}${rest > 0 ? ` and ${whole(rest)} more` : ''}.
  </p>`;
}

function sameness({ before, now }: DatasetPair): string {
  if (before === undefined) return 'new';
  if (now === undefined) return 'gone';
  return before.digest === now.digest ? 'the same' : 'changed';
}

function byName(datasets: readonly DatasetFacts[]): ReadonlyMap<string, DatasetFacts> {
  return new Map(datasets.map((dataset) => [dataset.name, dataset]));
}

function code(text: string | null): Html | string {
  return text === null ? 'unknown' : html`<code>${text.slice(0, 12)}</code>`;
}

function short(text: string | null): string {
  if (text === null) return '–';
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}
