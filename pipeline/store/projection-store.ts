import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { asDigest, type Digest, digestOfJson } from '../fingerprint/digest.ts';
import { readSealed, writeSealed } from './sealed-json.ts';
import type { ArtifactName } from './store.ts';

/** Some columns of a table as an artifact of their own. */
export interface Projection extends ArtifactName {
  readonly kind: 'table';
  readonly digest: Digest;
  readonly bytes: number;
  readonly rows: number;
  /** Column name to DuckDB type, in file order. */
  readonly columns: Readonly<Record<string, string>>;
}

export interface ProjectionRecord {
  readonly schema: 1;
  /** Digest of the whole table. */
  readonly table: Digest;
  readonly projection: Projection;
}

/** Changes when the same columns would be written as other bytes. */
const FORMAT = 1;

/** Which projection a table has: `<artifacts>/projections/<key>.json`, by table digest and columns. Losing a record costs time only. */
export class ProjectionStore {
  readonly dir: string;

  constructor(artifactsDir: string) {
    this.dir = join(artifactsDir, 'projections');
  }

  path(table: string, columns: readonly string[]): string {
    return join(this.dir, `${digestOfJson({ table, columns, format: FORMAT })}.json`);
  }

  async find(table: string, columns: readonly string[]): Promise<Projection | null> {
    return (await readRecord(this.path(table, columns)))?.projection ?? null;
  }

  async keep(table: string, projection: Projection): Promise<void> {
    const record: ProjectionRecord = { schema: 1, table: asDigest(table), projection };
    await writeSealed(this.path(table, Object.keys(projection.columns)), { ...record });
  }

  /** All records that can be read, with their files. */
  async all(): Promise<readonly { readonly path: string; readonly record: ProjectionRecord | null }[]> {
    const names = (await readdir(this.dir).catch((): string[] => [])).filter((name) => name.endsWith('.json'));
    const paths = names.toSorted().map((name) => join(this.dir, name));
    return Promise.all(paths.map(async (path) => ({ path, record: await readRecord(path) })));
  }
}

async function readRecord(path: string): Promise<ProjectionRecord | null> {
  const record: unknown = await readSealed(path);
  return isProjectionRecord(record) ? record : null;
}

/** The seal has shown that it is as it was written. */
function isProjectionRecord(value: unknown): value is ProjectionRecord {
  return typeof value === 'object' && value !== null && 'schema' in value && value.schema === 1;
}
