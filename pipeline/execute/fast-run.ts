/**
 * A run that has nothing to do, out of the answer that was kept: each output is proven by its stamp, as in any run (one whose stamp did
 * not move is not read again), and the record is that of a run in which every stage was reused.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EventBody, type EventSink, stamp } from '../events/event.ts';
import { logLine } from '../events/log-file.ts';
import { sealedText } from '../store/sealed-text.ts';
import type { KeptRun } from './fast-status.ts';
import { boardDir } from './flight/flight-folder.ts';
import { ownMark } from './flight/process-mark.ts';
import { gitState } from './record/git-state.ts';
import type { Project } from './project/project.ts';
import { nextRunId } from './record/next-run-id.ts';
import { runDir } from './record/run-dir.ts';
import type { RunRecord } from './record/run-record.ts';

const REUSED = { outcome: 'reused', durationMs: 0 } as const;

/** @returns false when another run is at work or left something to sweep, or nothing can be written: then a full run has to look */
export async function fastRun(project: Project, kept: KeptRun, sink: EventSink): Promise<boolean> {
  if (!isEmpty(boardDir(project.artifactsDir)) || !isEmpty(join(project.artifactsDir, 'staging'))) return false;
  const [startedAt, from, id] = [new Date().toISOString(), performance.now(), nextRunId(project)];
  const git = await gitState(project.dir);
  const bodies: readonly EventBody[] = [
    { type: 'run.started', run: id, pipeline: kept.pipeline, stages: kept.stages.map(({ stage }) => stage) },
    ...kept.stages.flatMap(({ stage, reason, gate }): EventBody[] => [
      ...(gate === null ? [] : [{ type: 'gate.verdict', stage, ...gate } as const]),
      { type: 'stage.finished', stage, ...REUSED, reason },
    ]),
    {
      type: 'run.finished',
      run: id,
      exitCode: 0,
      durationMs: Math.round(performance.now() - from),
      outcomes: Object.fromEntries(kept.stages.map(({ stage }) => [stage, 'reused'])),
    },
  ];
  const events = bodies.map(stamp);
  const record: RunRecord = {
    schema: 1,
    id,
    pipeline: kept.pipeline,
    startedAt,
    finishedAt: new Date().toISOString(),
    exitCode: 0,
    config: kept.config,
    git,
    process: ownMark(),
    stages: Object.fromEntries(kept.stages.map(({ stage, fingerprint }) => [stage, { ...REUSED, fingerprint }])),
  };
  const dir = runDir(project, id);
  try {
    mkdirSync(join(dir, 'logs'), { recursive: true });
    writeFileSync(join(dir, 'events.ndjson'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    writeFileSync(join(dir, 'log.ndjson'), events.map((event) => `${logLine(event, id)}\n`).join(''));
    writeFileSync(join(dir, 'run.json'), sealedText(record));
  } catch {
    rmSync(dir, { recursive: true, force: true });
    return false;
  }
  for (const event of events) sink(event);
  return true;
}

function isEmpty(dir: string): boolean {
  try {
    return readdirSync(dir).length === 0;
  } catch {
    return true;
  }
}
