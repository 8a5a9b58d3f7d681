import { EXIT_WORDS } from '../errors/exit-words.ts';
import type { SerializedError } from '../errors/sluice-error.ts';
import { formatDuration, plural } from '../util/format.ts';
import type { GateRuleResult, SluiceEvent } from './event.ts';

export interface HeadlineMetric {
  readonly stage: string;
  readonly name: string;
  readonly value: number;
}

export interface RunMarkdownOptions {
  /** Those of one run. */
  readonly events: readonly SluiceEvent[];
  readonly commit?: string | null;
  readonly metrics?: readonly HeadlineMetric[];
  /** Reports, MLflow run, registered model. */
  readonly links?: readonly { readonly label: string; readonly where: string }[];
}

type Of<TType extends SluiceEvent['type']> = Extract<SluiceEvent, { type: TType }>;

/** More metrics than this are folded away. */
const SHOWN_METRICS = 12;

/** A run for a job's page or a pull request, in GitHub's Markdown: how it ended, stages, gate rules, metrics, links. */
export function runMarkdown({ events, commit = null, metrics = [], links = [] }: RunMarkdownOptions): string {
  const started = events.find((event): event is Of<'run.started'> => event.type === 'run.started');
  const finished = events.findLast((event): event is Of<'run.finished'> => event.type === 'run.finished');
  const code = finished?.exitCode ?? null;
  const state = code === null ? 'did not finish' : code === 0 ? 'done' : (EXIT_WORDS[code] ?? 'ended');
  const took = finished === undefined ? '' : ` in ${formatDuration(finished.durationMs)}`;
  const at = [
    ...(started === undefined ? [] : [`Run \`${started.run}\``]),
    ...(commit === null ? [] : [`commit \`${commit.slice(0, 12)}\``]),
  ].join(', ');
  return [
    `### ${code === 0 ? '✔' : '✖'} ${started?.pipeline ?? 'sluice'}: ${state}${took}`,
    ...(at === '' ? [] : [at]),
    ...stageTable(events),
    ...events.filter((event): event is Of<'gate.verdict'> => event.type === 'gate.verdict').flatMap(gateTable),
    ...warnings(events),
    ...metricTable(metrics),
    ...(links.length === 0
      ? []
      : [links.map(({ label, where }) => `- ${label}: ${/^https?:/.test(where) ? where : `\`${where}\``}`).join('\n')]),
    ...(code === null || code === 0 ? [] : [`Exit code ${code}: ${EXIT_WORDS[code] ?? 'ended'}.`]),
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

/** What ended a command before any stage ran. */
export function errorMarkdown({ code, message, hint }: SerializedError, exitCode: number): string {
  const next = hint === undefined ? '' : `${hint}\n\n`;
  return `### ✖ sluice: ${EXIT_WORDS[exitCode] ?? 'ended'}\n\n**${code}** ${cell(message)}\n\n${next}Exit code ${exitCode}: ${EXIT_WORDS[exitCode] ?? 'ended'}.\n`;
}

function stageTable(events: readonly SluiceEvent[]): readonly string[] {
  const rows = events
    .filter((event): event is Of<'stage.finished'> => event.type === 'stage.finished')
    .map(
      ({ stage, outcome, durationMs, reason, error }) =>
        `| ${stage} | ${outcome} | ${formatDuration(durationMs)} | ${cell(error === undefined ? reason : `${error.code} ${error.message}`)} |`,
    );
  return rows.length === 0 ? [] : [`| stage | outcome | time | |\n|---|---|--:|---|\n${rows.join('\n')}`];
}

function gateTable({ stage, verdict, rules }: Of<'gate.verdict'>): readonly string[] {
  const failed = rules.filter((rule) => !rule.passed).length;
  const head = `**Gate ${stage}: ${verdict}**${failed === 0 ? '' : `, ${plural(failed, 'rule')} failed`}`;
  const rows = rules
    .toSorted((a, b) => Number(a.passed) - Number(b.passed))
    .map((rule) => `| ${rule.passed ? '✔' : '✖'} | ${cell(rule.rule)} | ${figure(rule.value)} | ${limitOf(rule)} | ${cell(rule.reason)} |`);
  return [head, ...(rows.length === 0 ? [] : [`| | rule | value | limit | reason |\n|---|---|--:|--:|---|\n${rows.join('\n')}`])];
}

function warnings(events: readonly SluiceEvent[]): readonly string[] {
  const texts = events.flatMap((event) => {
    if (event.type === 'warning') return [event.stage === undefined ? event.message : `${event.stage}: ${event.message}`];
    if (event.type === 'stage.log' && event.level === 'warn') return [`${event.stage}: ${event.message}`];
    return event.type === 'artifact.quarantined' ? [`${event.stage}.${event.port} was damaged and is made again`] : [];
  });
  return texts.length === 0 ? [] : [[...new Set(texts)].map((text) => `- ! ${cell(text)}`).join('\n')];
}

function metricTable(metrics: readonly HeadlineMetric[]): readonly string[] {
  const table = (part: readonly HeadlineMetric[]): string =>
    `| stage | metric | value |\n|---|---|--:|\n${part.map(({ stage, name, value }) => `| ${stage} | ${cell(name)} | ${figure(value)} |`).join('\n')}`;
  if (metrics.length === 0) return [];
  if (metrics.length <= SHOWN_METRICS) return [table(metrics)];
  const rest = metrics.length - SHOWN_METRICS;
  return [
    table(metrics.slice(0, SHOWN_METRICS)),
    `<details><summary>${plural(rest, 'more metric')}</summary>\n\n${table(metrics.slice(SHOWN_METRICS))}\n\n</details>`,
  ];
}

function limitOf({ limit }: GateRuleResult): string {
  return limit === null ? '' : figure(limit);
}

function figure(value: number | null): string {
  return value === null ? 'unknown' : String(Number(value.toPrecision(5)));
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/\s+/g, ' ').trim();
}
