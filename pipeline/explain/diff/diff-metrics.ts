import type { MetricPoint } from '../../graph/artifact.ts';
import type { Manifest, StoredArtifact } from '../../store/manifest.ts';
import type { WorkPair } from './diff-runs.ts';
import type { MetricDiff } from './run-diff.ts';

/** The points of a metrics artifact; none where it is no longer in the store. */
export type MetricsReader = (artifact: StoredArtifact) => Promise<readonly MetricPoint[]>;

/** Every metric of a stage on both sides; of a series, the value at its last step. */
export async function diffMetrics({ stage, a, b }: WorkPair, read: MetricsReader): Promise<MetricDiff[]> {
  const [old, now] = await Promise.all([lastPoints(a, read), lastPoints(b, read)]);
  return [...new Set([...now.keys(), ...old.keys()])].map((name) => {
    const [before, after] = [old.get(name) ?? null, now.get(name) ?? null];
    const difference = before === null || after === null ? null : after.value - before.value;
    return {
      stage,
      name,
      a: before?.value ?? null,
      b: after?.value ?? null,
      difference,
      steps: { a: before?.step ?? null, b: after?.step ?? null },
    };
  });
}

async function lastPoints(work: Manifest | null, read: MetricsReader): Promise<ReadonlyMap<string, MetricPoint>> {
  const last = new Map<string, MetricPoint>();
  for (const artifact of Object.values(work?.outputs ?? {})) {
    if (artifact.kind !== 'metrics') continue;
    for (const point of await read(artifact)) {
      if ((last.get(point.name)?.step ?? Number.NEGATIVE_INFINITY) <= point.step) last.set(point.name, point);
    }
  }
  return last;
}
