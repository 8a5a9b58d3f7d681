import { didYouMean } from '../../errors/close-match.ts';
import { SluiceError } from '../../errors/sluice-error.ts';
import { openProject } from '../../execute/project/project.ts';
import { compareStudies } from '../../execute/study/compare-studies.ts';
import { studyNames } from '../../execute/study/read-study.ts';
import { metricOf } from '../../execute/study/metric-name.ts';
import { listJournals, type StudyJournal } from '../../execute/study/study-journal.ts';
import { plural } from '../../util/format.ts';
import type { CliIo } from '../cli-io.ts';
import type { CommandArgs } from '../command.ts';
import { comparisonText } from '../study-text.ts';

/** Studies that are declared, and those of the store, the latest first. */
export async function listStudies(args: CommandArgs, io: CliIo): Promise<number> {
  const project = openProject(io.cwd, io.env);
  const journals = await listJournals(project);
  const names = await studyNames(project);
  const unrun = names.filter((name) => journals.every(({ head }) => head.name !== name));
  if (args.flag('json')) {
    for (const journal of journals) io.out(`${JSON.stringify(listed(journal))}\n`);
    for (const name of unrun) io.out(`${JSON.stringify({ study: name, variant: null, trials: 0, state: 'not run' })}\n`);
    return 0;
  }
  for (const journal of journals) {
    const { study, variant, trials, state, best, value, config, set } = listed(journal);
    const found =
      best === null ? '' : `  best: ${best}${value === null ? '' : ` (${metricOf(journal.head.target.metric)} ${value.toPrecision(5)})`}`;
    io.out(`${study}@${variant}  ${state}, ${plural(trials, 'trial')}${found}  ${io.outPaint.dim([config, ...set].join(' '))}\n`);
  }
  for (const name of unrun) io.out(`${name}  not run\n`);
  if (journals.length === 0 && unrun.length === 0) io.say('No study is declared: docs/guides/experiments.md shows how.\n');
  return 0;
}

function listed({ head, trials, result }: StudyJournal) {
  const row = result?.rows.find(({ label }) => label === result.best);
  return {
    study: head.name,
    variant: head.variant,
    config: head.config,
    set: head.set,
    startedAt: head.startedAt,
    finishedAt: result?.finishedAt ?? null,
    trials: trials.size,
    state: result === null ? 'unfinished' : result.failed.length === 0 ? 'done' : `done, ${result.failed.length} failed`,
    best: result?.best ?? null,
    value: row?.metrics[metricOf(head.target.metric)]?.value ?? null,
  };
}

/** Compares the last tables of two studies. */
export async function diffStudies(names: readonly [string, string], args: CommandArgs, io: CliIo): Promise<number> {
  const journals = await listJournals(openProject(io.cwd, io.env));
  const comparison = compareStudies(await find(names[0], journals, io), await find(names[1], journals, io));
  io.out(args.flag('json') ? `${JSON.stringify(comparison)}\n` : comparisonText(comparison, io.outPaint));
  return 0;
}

async function find(name: string, journals: readonly StudyJournal[], io: CliIo): Promise<StudyJournal> {
  const [study, variant = ''] = name.split('@');
  const found = journals.find(({ head, result }) => head.name === study && head.variant.startsWith(variant) && result !== null);
  if (found !== undefined) return found;
  const known = journals.flatMap(({ head, result }) => (result === null ? [] : [`${head.name}@${head.variant}`]));
  const declared = await studyNames(openProject(io.cwd, io.env));
  const hint = study !== undefined && declared.includes(study) && variant === '' ? `Run it: sluice exp run ${study}` : 'See: sluice exp ls';
  throw new SluiceError('RUN_NOT_FOUND', `no finished study is named "${name}".${didYouMean(name, [...known, ...declared])}`, { hint });
}
