import { appendFileSync } from 'node:fs';
import { serializeError, type SluiceError } from '../errors/sluice-error.ts';
import { errorCodes } from '../errors/codes.ts';
import { errorMarkdown } from '../events/run-markdown.ts';
import { readRun } from '../execute/record/run-record.ts';
import { runSummary } from '../execute/record/run-summary.ts';
import type { CliIo } from './cli-io.ts';
import type { Work } from './open-work.ts';

/** Where the page of a CI job takes Markdown; null elsewhere. */
function summaryFile(io: CliIo): string | null {
  const file = io.env['GITHUB_STEP_SUMMARY'];
  return file === undefined || file === '' ? null : file;
}

/** Puts a run on the page of the job. A page that cannot be written fails no run. */
export async function summarizeRun(io: CliIo, { project, loaded }: Work, runId: string): Promise<void> {
  if (summaryFile(io) !== null) append(io, await runSummary(project, await readRun(project, runId), loaded.pipeline));
}

/** Puts a refusal on the page of the job: nothing ran, and why. */
export function summarizeRefusal(io: CliIo, error: SluiceError): void {
  if (summaryFile(io) !== null) append(io, errorMarkdown(serializeError(error), errorCodes[error.code].exit));
}

function append(io: CliIo, markdown: string): void {
  const file = summaryFile(io);
  try {
    if (file !== null) appendFileSync(file, `${markdown}\n`);
  } catch (error) {
    io.say(
      `${io.paint.yellow('!')} the job's summary ${file ?? ''} cannot be written: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}
