import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { MetricPoint } from '../../graph/artifact.ts';
import { assertNever } from '../../util/assert-never.ts';
import { messageOf } from '../../util/error-code.ts';
import { issuesText } from './issues-text.ts';
import type { JsonChecker, PortShape } from './stage-shape.ts';

export interface OpenOutput {
  readonly handle: unknown;
  /** Where the finished artifact lies in the staging folder. */
  readonly path: string;
  /** Writes what the handle still holds in memory. */
  readonly finish: () => Promise<void>;
}

const nothing = async (): Promise<void> => {};

/** The handle through which a body writes an output into its staging folder. */
export function openOutput(name: string, spec: PortShape, stagingDir: string): OpenOutput {
  const path = join(stagingDir, `${name}${spec.extension}`);
  switch (spec.kind) {
    case 'table':
    case 'file':
      return { handle: { path }, path, finish: nothing };
    case 'directory':
      mkdirSync(path, { recursive: true });
      return { handle: { path }, path, finish: nothing };
    case 'json':
      return {
        handle: { write: async (value: unknown) => writeFile(path, await jsonText(name, spec.schema, value)) },
        path,
        finish: nothing,
      };
    case 'report':
      return { handle: { path, write: async (html: string) => writeFile(path, html) }, path, finish: nothing };
    case 'metrics':
      return openMetrics(name, path);
    default:
      return assertNever(spec);
  }
}

/** @throws SluiceError ARTIFACT_SCHEMA for what the declaration does not allow, or JSON has no word for */
async function jsonText(port: string, schema: JsonChecker, value: unknown): Promise<string> {
  const checked = await schema.parseAsync(value).catch((error: unknown) => {
    throw new SluiceError('ARTIFACT_SCHEMA', `output "${port}" is not what its stage declares: ${issuesText(error)}`, { cause: error });
  });
  let text: string | undefined;
  try {
    text = JSON.stringify(checked, null, 1);
  } catch (error) {
    throw new SluiceError('ARTIFACT_SCHEMA', `output "${port}" cannot be written as JSON: ${messageOf(error)}`, { cause: error });
  }
  if (text !== undefined) return `${text}\n`;
  throw new SluiceError('ARTIFACT_SCHEMA', `output "${port}" is ${typeof checked}, which is no JSON`, {
    hint: 'Write null where there is nothing.',
  });
}

function openMetrics(port: string, path: string): OpenOutput {
  const points: MetricPoint[] = [];
  const log = (name: string, value: number, step = 0): void => {
    if (!Number.isFinite(value) || !Number.isInteger(step)) {
      throw new SluiceError(
        'ARTIFACT_SCHEMA',
        `output "${port}": metric "${name}" at step ${step} is ${value}; a metric is a finite number at a whole step`,
      );
    }
    points.push({ name, value, step });
  };
  const finish = async (): Promise<void> => writeFile(path, points.map((point) => `${JSON.stringify(point)}\n`).join(''));
  return { handle: { log }, path, finish };
}
