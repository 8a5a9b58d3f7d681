import { shortReason } from '../events/short-reason.ts';
import type { StatusReport } from '../execute/status-report.ts';
import type { Paint } from '../util/paint.ts';

/** Says what is stale and why, or that nothing is. */
export function statusText({ stages }: StatusReport, paint: Paint): string {
  const stale = stages.filter(({ state }) => state === 'stale');
  if (stale.length === 0)
    return `${paint.green('✔')} ${stages.length === 1 ? 'the only stage is' : `all ${stages.length} stages are`} up to date\n`;
  const width = Math.max(...stale.map(({ stage }) => stage.length));
  const lines = stale.map(({ stage, reason }) =>
    `${paint.yellow('▸')} ${stage.padEnd(width)}  ${paint.dim(shortReason(reason))}`.trimEnd(),
  );
  return `${lines.join('\n')}\n${stages.length - stale.length} of ${stages.length} stages are up to date; sluice run brings the others there\n`;
}
