import type { RunAccount, TimedPoint } from '../../pipeline/index.ts';

/**
 * What the stages took, under MLflow's prefix for system metrics: a point a stage, in the order in which they ended and at that moment; which
 * is which says `tables/stages.json`. Stages that were reused took it in the run that made them: they are left out.
 */
export function systemMetrics(account: RunAccount | undefined): readonly TimedPoint[] {
  const measured = (account?.stages ?? []).filter(({ outcome }) => outcome === 'executed');
  return measured
    .toSorted((a, b) => (a.finishedAt < b.finishedAt ? -1 : 1))
    .flatMap(({ finishedAt, durationMs, usage }, step) => {
      const seconds = durationMs / 1000;
      const taken = {
        'system/stage_wall_seconds': seconds,
        ...(usage !== null && {
          // Of one processor: two that are busy make 200.
          'system/cpu_utilization_percentage': seconds === 0 ? 0 : Math.round((1000 * usage.cpuSeconds) / seconds) / 10,
          'system/system_memory_usage_megabytes': usage.peakMemoryMb,
          'system/stage_cpu_seconds': usage.cpuSeconds,
        }),
      };
      return Object.entries(taken).map(([name, value]) => ({ name, value, step, time: Date.parse(finishedAt) }));
    });
}
