import { writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { errorCodes } from '../../errors/codes.ts';
import { renderError } from '../../errors/render-error.ts';
import { serializeError, type SluiceError, toSluiceError } from '../../errors/sluice-error.ts';
import { logFile } from '../../events/log-file.ts';
import { planStudy, type PlannedStudy, studyConfigFile } from '../../execute/study/plan-study.ts';
import { readStudy } from '../../execute/study/read-study.ts';
import { runStudy, type StudyEvent, type StudyOutcome } from '../../execute/study/run-study.ts';
import { metricOf } from '../../execute/study/metric-name.ts';
import type { StudyJournal } from '../../execute/study/study-journal.ts';
import { studyFailed, studyInterrupted } from '../../execute/study/study-end.ts';
import { StudyTracker } from '../../execute/study/track-study.ts';
import { openProject } from '../../execute/project/project.ts';
import type { RunEnd } from '../../tracking/mlflow/index.ts';
import { toStoreError } from '../../store/store-error.ts';
import { assertNever } from '../../util/assert-never.ts';
import { formatDuration, plural } from '../../util/format.ts';
import type { CliIo } from '../cli-io.ts';
import { CommandArgs } from '../command.ts';
import { openWork } from '../open-work.ts';
import { resultMarkdown, resultText } from '../study-text.ts';

/** Runs a study and prints its table; 1 where a trial failed. */
export async function runStudyCommand(name: string, args: CommandArgs, io: CliIo): Promise<number> {
  const planned = await plan(name, args, io);
  const { study } = planned.file;
  const log = logFile(join(planned.project.artifactsDir, 'runs'));
  const told = new Teller(io, planned, !args.flag('no-mlflow'));
  io.say(
    `${study.title}\n${io.paint.dim(`${name}@${planned.variant}, ${study.method}, ${plural(study.method === 'tpe' ? study.trials : planned.points.length, 'point')}, config ${planned.configFile}`)}\n`,
  );
  let outcome: StudyOutcome;
  try {
    outcome = await runStudy({
      planned,
      jobs: args.number('jobs'),
      sink: log.sink,
      signal: io.signal,
      onEvent: (event, journal) => told.tell(event, journal),
    });
  } catch (error) {
    await told.endEarly(studyFailed(name, toSluiceError(error)));
    throw error;
  } finally {
    await log.close();
  }
  if (outcome.result === null) {
    await told.endEarly(studyInterrupted(name, io.signal.reason));
    io.say(`${io.paint.yellow('!')} ended early; what is finished is kept: sluice exp run ${name}\n`);
    return errorCodes.STAGE_CANCELLED.exit;
  }
  await told.finish(outcome);
  const { head } = outcome.journal;
  const shown = { ...head, ...outcome.result };
  io.out(args.flag('json') ? `${JSON.stringify({ ...shown, type: 'study' })}\n` : resultText(head, outcome.result, io.outPaint));
  if (args.flag('save')) await save(planned, resultMarkdown(head, outcome.result), io);
  return outcome.failed.length === 0 ? 0 : 1;
}

async function plan(name: string, args: CommandArgs, io: CliIo): Promise<PlannedStudy> {
  const found = openProject(io.cwd, io.env);
  const file = await readStudy(found, name);
  const configFile = studyConfigFile(found, file, args.text('config'), io.cwd);
  const { project, loaded } = await openWork(new CommandArgs({ config: configFile, set: args.list('set') }), io);
  return planStudy({ project, loaded, file, set: args.list('set'), cwd: io.cwd, configFile });
}

async function save({ project, file }: PlannedStudy, text: string, io: CliIo): Promise<void> {
  const path = join(dirname(file.file), 'result.md');
  await writeFile(path, text).catch((error: unknown) => {
    throw toStoreError(error, path);
  });
  io.say(`${io.paint.dim(`written: ${relative(project.dir, path)}`)}\n`);
}

/** Tells people and MLflow what happens. */
class Teller {
  readonly #io: CliIo;
  readonly #planned: PlannedStudy;
  readonly #tracks: boolean;
  #tracker: Promise<StudyTracker | null> | null = null;

  constructor(io: CliIo, planned: PlannedStudy, tracks: boolean) {
    this.#io = io;
    this.#planned = planned;
    this.#tracks = tracks;
  }

  async tell(event: StudyEvent, journal: StudyJournal): Promise<void> {
    const { say, paint } = this.#io;
    switch (event.type) {
      case 'rung':
        return say(`${paint.dim('▸')} ${plural(event.points, 'point')} at ${this.#planned.file.study.budget?.key ?? ''}=${event.budget}\n`);
      case 'failed':
        say(`${paint.red('✘')} ${event.done}/${event.total} ${event.label}\n`);
        return say(`${renderError(serializeError(event.error), { paint, cwd: this.#io.cwd, stack: false })}\n`);
      case 'trial': {
        const { label, metrics, startedAt, finishedAt, repeat } = event.trial;
        const metric = metricOf(this.#planned.file.study.target.metric);
        const how = event.how === 'kept' ? 'kept from before' : formatDuration(Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)));
        const deal = this.#planned.file.study.repeat === undefined ? '' : ` (${repeat + 1})`;
        say(
          `${paint.green('✔')} ${event.done}/${event.total} ${label}${deal}  ${metric} ${(metrics[metric] ?? Number.NaN).toPrecision(5)}  ${paint.dim(how)}\n`,
        );
        return (await this.#open(journal))?.trial(event.trial);
      }
      default:
        return assertNever(event);
    }
  }

  async finish({ journal, result }: StudyOutcome): Promise<void> {
    if (result !== null) await (await this.#open(journal))?.finish(result);
  }

  async endEarly(end: RunEnd): Promise<void> {
    await (await this.#tracker)?.endEarly(end);
  }

  #open({ head }: StudyJournal): Promise<StudyTracker | null> {
    if (!this.#tracks) return Promise.resolve(null);
    this.#tracker ??= StudyTracker.open(this.#planned, head, { signal: this.#io.signal, onFailure: (error) => this.#warn(error) });
    return this.#tracker;
  }

  #warn(error: SluiceError): void {
    const { say, paint } = this.#io;
    say(`${paint.yellow('!')} not in MLflow: ${error.message}. The study goes on; run it again to send all of it, or say --no-mlflow.\n`);
  }
}
