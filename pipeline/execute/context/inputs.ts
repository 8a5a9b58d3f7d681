import { readFile } from 'node:fs/promises';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { MetricPoint } from '../../graph/artifact.ts';
import { assertNever } from '../../util/assert-never.ts';
import type { PortShape } from './stage-shape.ts';

/** A verified artifact on disk, as the parent hands it to the child. */
export interface LocatedArtifact {
  readonly path: string;
  readonly digest: string;
  readonly rows?: number;
  readonly columns?: Readonly<Record<string, string>>;
}

/** The handle through which a body reads an input; its type is `InputHandle` of the declaration. */
export function openInput(spec: PortShape, located: LocatedArtifact): unknown {
  const { path, digest } = located;
  switch (spec.kind) {
    case 'table':
      return { path, digest, rows: located.rows ?? 0, columns: located.columns ?? {} };
    case 'json':
      return { path, digest, read: async () => spec.schema.parseAsync(JSON.parse(await readFile(path, 'utf8'))) };
    case 'metrics':
      return { path, digest, read: () => readMetrics(path) };
    case 'file':
    case 'directory':
    case 'report':
      return { path, digest };
    default:
      return assertNever(spec);
  }
}

/** Reads points stored as JSON lines. */
export async function readMetrics(path: string): Promise<readonly MetricPoint[]> {
  const text = await readFile(path, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index): MetricPoint => {
      const point: unknown = JSON.parse(line);
      if (isMetricPoint(point)) return point;
      throw new SluiceError('ARTIFACT_SCHEMA', `${path}:${index + 1}: not a metric point: ${line.slice(0, 200)}`);
    });
}

function isMetricPoint(value: unknown): value is MetricPoint {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'value' in value &&
    typeof value.value === 'number' &&
    'step' in value
  );
}
