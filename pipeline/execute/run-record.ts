import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';
import { didYouMean } from '../errors/close-match.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import type { SluiceEvent, StageOutcome } from '../events/event.ts';
import { toStoreError } from '../store/store-error.ts';
import { writeAtomic } from '../store/write-atomic.ts';
import type { Project } from './project.ts';

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
  readonly stages: Readonly<Record<string, { readonly outcome: StageOutcome; readonly fingerprint: string | null; readonly durationMs: number }>>;
}

export function runDir(project: Project, id: string): string {
  return join(project.artifactsDir, 'runs', id);
}

/** Writes a run's events and logs as they happen. */
export class RunRecorder {
  readonly #dir: string;
  readonly #events: WriteStream;
  readonly #logs = new Map<string, WriteStream>();

  private constructor(dir: string, events: WriteStream) {
    this.#dir = dir;
    this.#events = events;
  }

  static async open(project: Project, id: string): Promise<RunRecorder> {
    const dir = runDir(project, id);
    await mkdir(join(dir, 'logs'), { recursive: true }).catch((error: unknown) => {
      throw toStoreError(error, dir);
    });
    return new RunRecorder(dir, createWriteStream(join(dir, 'events.ndjson'), { flags: 'a' }));
  }

  write(event: SluiceEvent): void {
    if (event.type !== 'stage.progress') this.#events.write(`${JSON.stringify(event)}\n`);
    if (event.type === 'stage.log') this.#log(event.stage, `${event.time} ${event.level.padEnd(5)} ${event.message}${event.data === undefined ? '' : ` ${JSON.stringify(event.data)}`}\n`);
    if (event.type === 'stage.output') this.#log(event.stage, event.text);
    if (event.type === 'stage.finished' && event.error !== undefined) this.#log(event.stage, `${event.error.stack ?? event.error.message}\n`);
  }

  async save(record: RunRecord): Promise<void> {
    await writeAtomic(join(this.#dir, 'run.json'), JSON.stringify(record, null, 1));
  }

  async close(): Promise<void> {
    for (const stream of [this.#events, ...this.#logs.values()]) {
      stream.end();
      await finished(stream);
    }
  }

  #log(stage: string, text: string): void {
    let stream = this.#logs.get(stage);
    if (stream === undefined) {
      stream = createWriteStream(join(this.#dir, 'logs', `${stage}.log`), { flags: 'a' });
      this.#logs.set(stage, stream);
    }
    stream.write(text);
  }
}

/** All runs, the newest first. */
export async function listRuns(project: Project): Promise<readonly RunRecord[]> {
  const names = await readdir(join(project.artifactsDir, 'runs')).catch((): string[] => []);
  const records = await Promise.all(names.toSorted().toReversed().map((name) => readRecord(project, name).catch(() => null)));
  return records.filter((record) => record !== null);
}

/** One run by its id, a prefix of it, or "latest". @throws SluiceError RUN_NOT_FOUND with the nearest id */
export async function readRun(project: Project, id: string): Promise<RunRecord> {
  const runs = await listRuns(project);
  const found = id === 'latest' ? runs[0] : runs.find((run) => run.id === id || (id.length >= 4 && run.id.startsWith(id.toUpperCase())));
  if (found !== undefined) return found;
  const hint = runs.length === 0 ? 'Nothing has run yet: sluice run' : 'List them with: sluice runs';
  throw new SluiceError('RUN_NOT_FOUND', `there is no run "${id}".${didYouMean(id, runs.map((run) => run.id))}`, { hint });
}

async function readRecord(project: Project, id: string): Promise<RunRecord> {
  return JSON.parse(await readFile(join(runDir(project, id), 'run.json'), 'utf8')) as RunRecord;
}
