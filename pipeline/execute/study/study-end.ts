import type { SluiceError } from '../../errors/sluice-error.ts';
import type { RunEnd } from '../../tracking/mlflow/index.ts';

/** How the run of a study ends in MLflow that was interrupted. @param by name of the signal, where it is known */
export function studyInterrupted(name: string, by: unknown): RunEnd {
  const signal = typeof by === 'string' ? ` by ${by}` : '';
  return {
    status: 'KILLED',
    note: `**Interrupted**${signal} before all trials were made. ${again(name)}`,
    error: { message: `study ${name} was interrupted${signal}` },
  };
}

/** How it ends where the study itself fails; a trial that fails does not end it. */
export function studyFailed(name: string, { code, message, hint }: SluiceError): RunEnd {
  return { status: 'FAILED', note: `**The study failed** (${code}). ${again(name)}`, error: { code, message, hint } };
}

function again(name: string): string {
  return `\`sluice exp run ${name}\` goes on where it ended, in this very run.`;
}
