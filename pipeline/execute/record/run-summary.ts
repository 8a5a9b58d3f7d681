import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { type HeadlineMetric, runMarkdown } from '../../events/run-markdown.ts';
import type { MetricPoint } from '../../graph/artifact.ts';
import type { Pipeline } from '../../graph/stage.ts';
import type { Project } from '../project/project.ts';
import { readEvents } from './read-events.ts';
import { runHighlights } from './run-highlights.ts';
import { runOutputs } from './run-outputs.ts';
import type { RunRecord } from './run-record.ts';

/** A run in Markdown, with what only the store knows: its headline metrics, its reports and addresses. */
export async function runSummary(project: Project, record: RunRecord, pipeline: Pipeline): Promise<string> {
  const effects = new Set(pipeline.stages.filter((stage) => stage.kind === 'effect').map((stage) => stage.name));
  const links = record.finishedAt === null ? [] : await runHighlights(project, record, effects);
  return runMarkdown({
    events: await readEvents(project, record.id),
    commit: record.git.commit,
    metrics: await headlineMetrics(project, record),
    links: links.map(({ label, where }) => ({ label, where: where.startsWith(project.dir) ? relative(project.dir, where) : where })),
  });
}

/** Metrics with a single value; those logged round by round are curves, not headlines. */
async function headlineMetrics(project: Project, record: RunRecord): Promise<readonly HeadlineMetric[]> {
  const outputs = (await runOutputs(project, record)).filter(({ artifact }) => artifact.kind === 'metrics');
  const found = await Promise.all(
    outputs.map(async ({ stage, path }) => {
      const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
      const points = lines.map((line) => JSON.parse(line) as MetricPoint);
      const counts = new Map<string, number>();
      for (const { name } of points) counts.set(name, (counts.get(name) ?? 0) + 1);
      return points.filter(({ name }) => counts.get(name) === 1).map(({ name, value }) => ({ stage, name, value }));
    }),
  );
  return found.flat();
}
