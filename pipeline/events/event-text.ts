import { EXIT_WORDS } from '../errors/exit-words.ts';
import { renderError } from '../errors/render-error.ts';
import type { SerializedError } from '../errors/sluice-error.ts';
import { assertNever } from '../util/assert-never.ts';
import { formatDuration, plural } from '../util/format.ts';
import type { Paint } from '../util/paint.ts';
import type { GateRuleResult, SluiceEvent, StageOutcome } from './event.ts';
import { shortReason } from './short-reason.ts';

export interface EventTextOptions {
  readonly paint: Paint;
  readonly cwd: string;
  /** Say that a stage starts and the level of each log line: where nothing is redrawn. */
  readonly everyStep: boolean;
}

type Finished = Extract<SluiceEvent, { type: 'stage.finished' }>;
type Log = Extract<SluiceEvent, { type: 'stage.log' }>;

const MARKS: Readonly<Record<StageOutcome, readonly [mark: string, colour: keyof Paint]>> = {
  executed: ['✔', 'green'],
  reused: ['=', 'dim'],
  joined: ['=', 'green'],
  failed: ['✖', 'red'],
  blocked: ['⊘', 'yellow'],
  skipped: ['-', 'dim'],
  cancelled: ['⊘', 'yellow'],
};

const TRACKING_WORDS = { starting: 'is starting', ready: 'is ready', unreachable: 'does not answer' } as const;

/** Turns events into lines for people. Keeps the warnings, to say them again at the end. */
export class EventText {
  readonly #options: EventTextOptions;
  readonly #warnings: string[] = [];
  #nameWidth = 8;

  constructor(options: EventTextOptions) {
    this.#options = options;
  }

  /** Width of the column of stage names. */
  get nameWidth(): number {
    return this.#nameWidth;
  }

  /** The permanent lines of an event; none for progress. */
  lines(event: SluiceEvent): readonly string[] {
    const { paint, everyStep } = this.#options;
    switch (event.type) {
      case 'run.started':
        this.#nameWidth = Math.max(...event.stages.map((stage) => stage.length), 8);
        return [`${paint.bold(event.pipeline)} ${paint.dim(`${plural(event.stages.length, 'stage')}, run ${event.run}`)}`];
      case 'stage.started':
        return everyStep
          ? [
              `${paint.dim('▸')} ${event.stage.padEnd(this.#nameWidth)} started${event.reason === '' ? '' : paint.dim(`: ${shortReason(event.reason)}`)}`,
            ]
          : [];
      case 'stage.progress':
        return [];
      case 'stage.log':
        return this.#log(event);
      case 'stage.output':
        return event.text
          .trimEnd()
          .split('\n')
          .map((line) => paint.dim(`  ${event.stage} │ ${line}`));
      case 'stage.finished':
        return this.#finished(event);
      case 'gate.verdict':
        return event.verdict === 'passed'
          ? []
          : [
              `${paint.red('✖')} ${paint.bold(event.stage)} rejected:`,
              ...event.rules.filter((rule) => !rule.passed).map((rule) => `    ${ruleText(rule)}`),
            ];
      case 'artifact.quarantined':
        return this.#warn(
          `${event.stage}.${event.port} was damaged (its bytes are not ${event.digest.slice(0, 12)}…), was set aside in ${event.path}, and is made again`,
        );
      case 'lock.waiting':
        return [
          paint.dim(`${event.stage === undefined ? '' : `${event.stage} is `}waiting for run ${event.holder}, which holds ${event.path}`),
        ];
      case 'tracking.server':
        return [paint.dim(`MLflow ${TRACKING_WORDS[event.state]} at ${event.uri}`)];
      case 'warning':
        return this.#warn(event.stage === undefined ? event.message : `${event.stage}: ${event.message}`);
      case 'error':
        return [this.#error(event.error)];
      case 'run.finished':
        return this.#runFinished(event);
      default:
        return assertNever(event);
    }
  }

  #log({ stage, level, message }: Log): readonly string[] {
    const { paint } = this.#options;
    if (level === 'debug') return [];
    if (level === 'info') return [paint.dim(`  ${stage} │ ${message}`)];
    return level === 'warn' ? this.#warn(`${stage}: ${message}`) : [`${paint.red('✖')} ${stage}: ${message}`];
  }

  #warn(text: string): readonly string[] {
    this.#warnings.push(text);
    return [this.#warning(text)];
  }

  #warning(text: string): string {
    return `${this.#options.paint.yellow('!')} ${text}`;
  }

  #finished({ stage, outcome, durationMs, reason, error }: Finished): readonly string[] {
    const { paint, everyStep } = this.#options;
    const [mark, colour] = MARKS[outcome];
    const time = outcome === 'executed' || outcome === 'failed' || outcome === 'joined' ? formatDuration(durationMs) : '';
    const line = `${paint[colour](mark)} ${stage.padEnd(this.#nameWidth)} ${paint[colour](outcome.padEnd(9))} ${time.padStart(9)}`;
    return error === undefined || outcome === 'cancelled'
      ? [`${line}  ${paint.dim(everyStep && outcome === 'executed' ? '' : shortReason(reason))}`.trimEnd()]
      : [line.trimEnd(), this.#error(error)];
  }

  #error(error: SerializedError): string {
    const { paint, cwd } = this.#options;
    return renderError(error, { paint, cwd, stack: error.code === 'STAGE_FAILED' || error.code === 'INTERNAL' });
  }

  #runFinished({ outcomes, exitCode, durationMs, run }: Extract<SluiceEvent, { type: 'run.finished' }>): readonly string[] {
    const { paint } = this.#options;
    const counts = new Map<StageOutcome, number>();
    for (const outcome of Object.values(outcomes)) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    const tally = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
    const again = [...new Set(this.#warnings)].map((text) => this.#warning(text));
    const head = exitCode === 0 ? paint.green('✔ done') : paint.red(`✖ ${EXIT_WORDS[exitCode] ?? 'ended'} (exit code ${exitCode})`);
    return [
      ...(again.length === 0 ? [] : ['', `${plural(again.length, 'warning')}:`, ...again]),
      `${head} in ${formatDuration(durationMs)}: ${tally} ${paint.dim(`(run ${run})`)}`,
    ];
  }
}

/** `auc_lower_bound is 0.61, limit 0.65: …`. */
export function ruleText({ rule, value, limit, reason }: GateRuleResult): string {
  const number = (x: number | null): string => (x === null ? 'unknown' : String(Number(x.toPrecision(5))));
  return `${rule}: ${number(value)}${limit === null ? '' : `, limit ${number(limit)}`}; ${reason}`;
}
