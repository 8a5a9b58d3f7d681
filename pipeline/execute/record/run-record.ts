import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';
import { didYouMean } from '../../errors/close-match.ts';
import { isSluiceError, SluiceError } from '../../errors/sluice-error.ts';
import type { SluiceEvent, StageOutcome } from '../../events/event.ts';
import { sealedText, unsealed } from '../../store/sealed-text.ts';
import { toStoreError } from '../../store/store-error.ts';
import { writeAtomic } from '../../store/write-atomic.ts';
import { isUlid } from '../../util/ulid.ts';
import { isAlive, type ProcessMark } from '../flight/process-mark.ts';
import type { Project } from '../project/project.ts';
import { runDir } from './run-dir.ts';

/** What stays of a run: `<artifacts>/runs/<id>/{run.json,events.ndjson,logs/<stage>.log}`. */
export interface RunRecord {
  readonly schema: 1;
  readonly id: string;
  readonly pipeline: string;
  readonly startedAt: string;
  /** Null while it runs, or when its process was killed. */
  readonly finishedAt: string | null;
  readonly exitCode: number | null;
  readonly config: Readonly<Record<string, unknown>>;
  readonly git: { readonly commit: string | null; readonly dirty: boolean };
  /** The process that runs it. */
  readonly process?: ProcessMark;
  readonly stages: Readonly<Record<string, StageSummary>>;
}

export interface StageSummary {
  readonly outcome: StageOutcome;
  readonly fingerprint: string | null;
  readonly durationMs: number;
  /** Where it took more than one. */
  readonly attempts?: number;
}

/** Writes a run's events and logs as they happen. What cannot be written stops no run: {@link RunRecorder.close} tells. */
export class RunRecorder {
  readonly #dir: string;
  readonly #events: WriteStream;
  readonly #logs = new Map<string, WriteStream>();
  #trouble: SluiceError | null = null;

  private constructor(dir: string) {
    this.#dir = dir;
    this.#events = this.#append(join(dir, 'events.ndjson'));
  }

  static async open(project: Project, id: string): Promise<RunRecorder> {
    const dir = runDir(project, id);
    await mkdir(join(dir, 'logs'), { recursive: true }).catch((error: unknown) => {
      throw toStoreError(error, project.artifactsDir);
    });
    return new RunRecorder(dir);
  }

  write(event: SluiceEvent): void {
    if (event.type !== 'stage.progress' && !this.#events.destroyed) this.#events.write(`${JSON.stringify(event)}\n`);
    if (event.type === 'stage.log')
      this.#log(
        event.stage,
        `${event.time} ${event.level.padEnd(5)} ${event.message}${event.data === undefined ? '' : ` ${JSON.stringify(event.data)}`}\n`,
      );
    if (event.type === 'stage.output') this.#log(event.stage, event.text);
    if (event.type === 'stage.finished' && event.error !== undefined)
      this.#log(event.stage, `${event.error.stack ?? event.error.message}\n`);
  }

  /** @throws SluiceError STORE_DISK_FULL, STORE_READ_ONLY */
  async save(record: RunRecord): Promise<void> {
    const path = join(this.#dir, 'run.json');
    await writeAtomic(path, sealedText(record)).catch((error: unknown) => {
      throw toStoreError(error, path);
    });
  }

  /** @returns why a part of the record is missing; null when all of it is there */
  async close(): Promise<SluiceError | null> {
    for (const stream of [this.#events, ...this.#logs.values()]) {
      stream.end();
      await finished(stream).catch(() => {});
    }
    return this.#trouble;
  }

  #append(path: string): WriteStream {
    const stream = createWriteStream(path, { flags: 'a' });
    stream.on('error', (error) => {
      this.#trouble ??= toStoreError(error, path);
    });
    return stream;
  }

  #log(stage: string, text: string): void {
    let stream = this.#logs.get(stage);
    if (stream === undefined) {
      stream = this.#append(join(this.#dir, 'logs', `${stage}.log`));
      this.#logs.set(stage, stream);
    }
    if (!stream.destroyed) stream.write(text);
  }
}

type Store = Pick<Project, 'artifactsDir'>;

/** All runs whose records are as they were written, the newest first. */
export async function listRuns(project: Store): Promise<readonly RunRecord[]> {
  return (await allRuns(project)).flatMap(({ record }) => record ?? []);
}

/** Runs whose records are there and are not as they were written, the oldest first. */
export async function damagedRuns(project: Store): Promise<readonly RecordedRun[]> {
  return (await allRuns(project)).filter(({ record }) => record === null).toReversed();
}

export interface RecordedRun {
  readonly id: string;
  /** Of its record. */
  readonly path: string;
  /** Null where it is not as it was written. */
  readonly record: RunRecord | null;
}

/** Every run that left a record, the newest first. */
export async function allRuns(project: Store): Promise<readonly RecordedRun[]> {
  const names = await readdir(join(project.artifactsDir, 'runs')).catch((): string[] => []);
  const found = await Promise.all(
    names
      .toSorted()
      .toReversed()
      .map((id) =>
        readRecord(project, id).then(
          (record) => [{ id, path: recordPath(project, id), record }],
          (error: unknown) => (isDamage(error) ? [{ id, path: recordPath(project, id), record: null }] : []),
        ),
      ),
  );
  return found.flat();
}

/**
 * One run by its id, a prefix of it, "latest", or "latest~2" for the second before.
 * @throws SluiceError RUN_NOT_FOUND with the nearest id; STORE_CORRUPT where its record is not as it was written
 */
export async function readRun(project: Store, id: string): Promise<RunRecord> {
  const named = isUlid(id) ? await readRecord(project, id).catch(unlessDamaged) : null;
  if (named !== null) return named;
  const runs = await allRuns(project);
  const back = /^latest(?:~(\d+))?$/.exec(id);
  const found =
    back !== null
      ? runs[Number(back[1] ?? 0)]
      : runs.find((run) => run.id === id || (id.length >= 4 && run.id.startsWith(id.toUpperCase())));
  if (found !== undefined) return found.record ?? readRecord(project, found.id);
  const hint = runs.length === 0 ? 'Nothing has run yet: sluice run' : 'List them with: sluice runs';
  throw new SluiceError(
    'RUN_NOT_FOUND',
    `there is no run "${id}".${didYouMean(
      id,
      runs.map((run) => run.id),
    )}`,
    { hint },
  );
}

/** Whether a run is at work; one on another machine that has not said its end is taken to be. */
export async function isRunAlive(project: Store, id: string): Promise<boolean> {
  const record = await readRecord(project, id).catch(() => null);
  return record !== null && record.finishedAt === null && record.process !== undefined && isAlive(record.process) !== false;
}

function recordPath(project: Store, id: string): string {
  return join(runDir(project, id), 'run.json');
}

/** @throws SluiceError STORE_CORRUPT when it is not as it was written; a system error when it cannot be read */
async function readRecord(project: Store, id: string): Promise<RunRecord> {
  const path = recordPath(project, id);
  const text = await readFile(path, 'utf8');
  try {
    return unsealed(text, 'it') as RunRecord;
  } catch (cause) {
    throw new SluiceError('STORE_CORRUPT', `the record of run ${id} is not as it was written: ${path}`, {
      hint: `What the run made stands. Its events are in ${join(runDir(project, id), 'events.ndjson')}; to give the record up, remove that folder.`,
      cause,
    });
  }
}

function isDamage(error: unknown): boolean {
  return isSluiceError(error) && error.code === 'STORE_CORRUPT';
}

function unlessDamaged(error: unknown): null {
  if (isDamage(error)) throw error;
  return null;
}
