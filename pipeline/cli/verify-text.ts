import type { RerunResult } from '../execute/verify/rerun-stage.ts';
import type { Damage, VerifyResult } from '../execute/verify/verify-store.ts';
import { formatBytes, plural } from '../util/format.ts';
import type { Paint } from '../util/paint.ts';

/** What was proven, and each thing that is damaged with the command that mends it. */
export function verifyText({ blobs, bytes, damaged }: VerifyResult, paint: Paint): string {
  const lines = damaged.map((damage) => {
    const within = damage.within === null ? '' : `/${damage.within}`;
    const aside = damage.aside === null ? `: ${damage.path}` : `, set aside at ${damage.aside}`;
    return `${paint.red('✖')} ${damage.name}${within}: ${damage.problem}${aside}\n  ${paint.cyan('→')} ${fixOf(damage)}\n`;
  });
  const summary = `${plural(blobs, 'blob')}, ${formatBytes(bytes)}, every byte read`;
  return damaged.length === 0
    ? `${paint.green('✔')} ${summary}: all as they were stored\n`
    : `${lines.join('')}${summary}: ${damaged.length} damaged or gone\n`;
}

function fixOf({ stage, problem }: Damage): string {
  if (stage !== null) return `sluice run ${stage}`;
  return problem === 'unreadable record'
    ? 'what the run made stands; events.ndjson beside it tells what happened. To give the record up, remove its folder'
    : 'nothing to do: it is made anew when a run asks for it';
}

/** Port by port: the same bytes again, or where they part ways. */
export function rerunText({ stage, against, ports }: RerunResult, paint: Paint): string {
  const width = Math.max(0, ...ports.map(({ port }) => port.length));
  const lines = ports.map(
    ({ port, same, difference }) =>
      `${same ? paint.green('✔') : paint.red('✖')} ${port.padEnd(width)}  ${same ? 'the same bytes' : difference}\n`,
  );
  const wrong = ports.filter(({ same }) => !same).map(({ port }) => port);
  const verdict =
    wrong.length === 0
      ? `${stage} is deterministic: executed again on the inputs of run ${against}, it made the same\n`
      : `${stage} is not deterministic in ${wrong.join(', ')}: the same code, params and inputs made other bytes\n  ${paint.cyan('→')} look for the clock, random numbers, rows without an order, sums whose order depends on threads\n`;
  return `${lines.join('')}${verdict}`;
}
