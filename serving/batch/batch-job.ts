import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError, sha256File } from '../../pipeline/index.ts';

/** What the parts of a batch are of: other input, model or wishes begin anew. */
interface JobFacts {
  readonly format: 'batch/2';
  readonly model: string;
  readonly input: string;
  readonly reasons: boolean;
}

/** A folder beside the output where a batch keeps what is done, so that one that was killed goes on. */
export class BatchJob {
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  /** Takes up the work of an earlier call for the same thing, or begins. @param out the output file */
  static async open(out: string, facts: Omit<JobFacts, 'format'>): Promise<BatchJob> {
    const job = new BatchJob(`${out}.parts`);
    const wanted = JSON.stringify({ format: 'batch/2', ...facts } satisfies JobFacts);
    const found = await readFile(join(job.dir, 'job.json'), 'utf8').catch(() => null);
    if (found !== wanted) {
      await rm(job.dir, { recursive: true, force: true });
      await mkdir(job.dir, { recursive: true });
      await job.write('job.json', (path) => writeFile(path, wanted));
    }
    await mkdir(job.path('spill'), { recursive: true });
    return job;
  }

  async has(name: string): Promise<boolean> {
    return await stat(join(this.dir, name)).then(
      () => true,
      () => false,
    );
  }

  path(name: string): string {
    return join(this.dir, name);
  }

  /** A file, or a folder, that is whole or not there. */
  async write(name: string, fill: (path: string) => Promise<void>): Promise<void> {
    const path = join(this.dir, name);
    const temporary = join(this.dir, `unfinished-${name}`);
    await rm(temporary, { recursive: true, force: true });
    await fill(temporary);
    await rename(temporary, path);
  }

  async done(): Promise<void> {
    await rm(this.dir, { recursive: true, force: true });
  }
}

/**
 * One digest of a file, or of the names and bytes of a folder's files.
 * @param digestOf a file's own, in hex
 * @throws SluiceError SOURCE_MISSING
 */
export async function inputDigest(path: string, digestOf: (file: string) => Promise<string> = sha256File): Promise<string> {
  const info = await stat(path).catch(() => null);
  if (info === null) throw new SluiceError('SOURCE_MISSING', `${path} does not exist`, { hint: 'Name a folder of raw tables, or a file.' });
  if (!info.isDirectory()) return await digestOf(path);
  const hash = createHash('sha256');
  for (const file of await inputFiles(path)) hash.update(`${file} ${await digestOf(join(path, file))}\n`);
  return hash.digest('hex');
}

/** Names of the files of a folder that may be tables, in order. */
async function inputFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder);
  const named = entries.filter((file) => /\.(csv|csv\.gz|parquet|zip)$/i.test(file)).toSorted();
  const files = await Promise.all(named.map(async (file) => ((await stat(join(folder, file))).isFile() ? [file] : [])));
  return files.flat();
}
