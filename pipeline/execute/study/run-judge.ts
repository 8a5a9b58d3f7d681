import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { SluiceError } from '../../errors/sluice-error.ts';
import { bundleModule } from '../../fingerprint/bundle-module.ts';
import { messageOf } from '../../util/error-code.ts';
import { runOutputs } from '../record/run-outputs.ts';
import { readRun } from '../record/run-record.ts';
import type { PlannedStudy } from './plan-study.ts';
import type { FinishedPoint } from './run-study.ts';
import { estimate } from './study-journal.ts';

/** A finished point of a study, for a judge: for each repeat, STAGE.PORT to the file of that artifact. */
export interface JudgedPoint {
  readonly label: string;
  readonly repeats: readonly Readonly<Record<string, string>>[];
}

const estimates = z.record(z.string(), z.strictObject(estimate.shape));
const judgement = z.strictObject({
  /** What the intervals are. */
  note: z.string(),
  /** One a point, in the same order. */
  rows: z.array(z.strictObject({ metrics: estimates, against: estimates.nullable() })),
});
export type Judgement = z.infer<typeof judgement>;
/** `judge` of a judge’s module: compares the points of a study on the artifacts of their runs. */
export type StudyJudge = (points: readonly JudgedPoint[]) => Promise<Judgement>;

/** @throws SluiceError CONFIG_VALUE for a module that is no judge, placed in the study; ARTIFACT_MISSING */
export async function runJudge({ project, file }: PlannedStudy, finished: readonly FinishedPoint[]): Promise<Judgement> {
  const { judge } = file.study;
  if (judge === undefined) throw new SluiceError('INTERNAL', 'the study has no judge');
  const refuse = (message: string, cause?: unknown): SluiceError =>
    new SluiceError('CONFIG_VALUE', `judge ${judge.module} ${message}`, {
      at: file.places.get('judge.module')?.value ?? { file: file.file },
      hint: 'A judge’s module exports a function `judge` of the points; docs/guides/experiments.md shows one.',
      cause,
    });
  const bundle = await bundleModule(resolve(project.dir, judge.module), { projectDir: project.dir, cacheDir: project.cacheDir });
  const module: unknown = await import(pathToFileURL(bundle.path).href);
  const body = typeof module === 'object' && module !== null && 'judge' in module ? module.judge : undefined;
  if (typeof body !== 'function') throw refuse('exports no function `judge`');
  const points: JudgedPoint[] = [];
  for (const { point, trials } of finished) {
    const repeats: Readonly<Record<string, string>>[] = [];
    for (const { run } of trials) repeats.push(await filesOf(run, judge.ports));
    points.push({ label: point.label, repeats });
  }
  const answer: unknown = await Promise.resolve(body(points)).catch((error: unknown) => {
    throw refuse(`failed: ${messageOf(error)}`, error);
  });
  const parsed = judgement.safeParse(answer);
  if (!parsed.success || parsed.data.rows.length !== finished.length)
    throw refuse(`answered in another form: ${parsed.error?.message ?? 'not one row a point'}`);
  return parsed.data;

  async function filesOf(run: string, ports: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const outputs = await runOutputs(project, await readRun(project, run));
    return Object.fromEntries(
      ports.map((name) => {
        const output = outputs.find(({ stage, port }) => `${stage}.${port}` === name);
        if (output === undefined)
          throw new SluiceError('ARTIFACT_MISSING', `run ${run} has no artifact ${name}`, { hint: `See: sluice show ${run}` });
        return [name, output.path];
      }),
    );
  }
}
