/** Entry of the process that makes a book and an index: the order comes on standard input, progress goes out as JSON lines. */
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { DuckDb, serializeError, toSluiceError } from '../../../pipeline/index.ts';
import { readRawInput } from '../../batch/raw-input.ts';
import { writeApplicantBook } from '../applicant-book.ts';
import { requireUniqueClients } from '../../../stages/features/require-unique-clients.ts';
import { TABLE_NAMES } from '../../../stages/tables/table-names.ts';
import type { PrepareOrder, PrepareProgress } from './prepare-order.ts';
import { rejectsFile, writeSetAside } from '../set-aside.ts';
import { writeListing } from './write-listing.ts';
import { writePopulation } from './write-population.ts';
import { writeRows } from './write-rows.ts';

const MEMORY_MB = 1024;
/** About a row that cannot be read. */
const ADVICE =
  'Correct the row or take it away, or let a share of bad rows be set aside: --reject-tolerance 0.001 serves the book without them, and says which they are.';

/** Folders that are removed when this process is told to end. */
const unfinished = new Set<string>();
process.once('SIGTERM', () => {
  for (const folder of unfinished) rmSync(folder, { recursive: true, force: true });
  process.exit(143);
});

function tell(progress: PrepareProgress): void {
  process.stdout.write(`${JSON.stringify(progress)}\n`);
}

/** Fills a folder beside its place and puts it there in one rename: nobody opens half an index. */
async function whole(folder: string, fill: (staging: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  const staging = await mkdtemp(`${folder}.part-`);
  unfinished.add(staging);
  try {
    await fill(staging);
    await rename(staging, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function prepare(order: PrepareOrder, tempDir: string): Promise<void> {
  using db = await DuckDb.open({ threads: order.threads, memoryMb: MEMORY_MB, tempDir });
  const viewRaw = async (): Promise<void> => {
    for (const name of TABLE_NAMES) await db.view(name, order.raw[name]);
  };
  tell({ what: 'book', done: 0, total: 1 });
  const { source } = order;
  if (source !== null) {
    await whole(source.tablesDir, async (folder) => {
      const signal = new AbortController().signal;
      const { rejectTolerance } = source;
      const advice = `${ADVICE}${rejectTolerance === 0 ? '' : ` It is ${rejectTolerance} now.`}`;
      const rejects = await readRawInput({ db, input: source.folder, tempDir, folder, signal, onNote: () => {}, rejectTolerance, advice });
      await writeSetAside(db, rejects, folder);
    });
  }
  await viewRaw();
  await requireUniqueClients(db);
  await whole(order.bookDir, async (staging) => {
    await writeApplicantBook(db, order.raw, staging, {
      rejects: rejectsFile(order),
      progress: (done, total) => tell({ what: 'book', done, total }),
    });
    await viewRaw();
  });
  tell({ what: 'features', done: 0, total: 1 });
  await whole(order.indexDir, async (staging) => {
    await writeRows(db, order, { folder: staging, progress: (done, total) => tell({ what: 'features', done, total }) });
    await writeListing(db, order, staging);
    tell({ what: 'population', done: 0, total: 1 });
    if (order.outcomes !== null) await writePopulation(db, { ...order, outcomes: order.outcomes }, staging);
  });
}

const order = JSON.parse(await text(process.stdin)) as PrepareOrder;
await mkdir(dirname(order.indexDir), { recursive: true });
const tempDir = await mkdtemp(join(dirname(order.indexDir), 'spill-'));
unfinished.add(tempDir);
try {
  await prepare(order, tempDir);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: serializeError(toSluiceError(error)) })}\n`);
  process.exitCode = 1;
} finally {
  await rm(tempDir, { recursive: true, force: true });
}
