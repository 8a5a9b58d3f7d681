/** Entry of the thread that makes features: raw rows to a model's input, by the SQL of the batch. */
import { workerData } from 'node:worker_threads';
import { returnFreedMemory, SluiceError } from '../../../pipeline/index.ts';
import { ApplicantBook } from '../../../stages/features/applicant-book.ts';
import { answerLane, type Answered } from './answer-lane.ts';
import { FeatureMaker } from './feature-maker.ts';
import type { FeatureRequests } from './feature-requests.ts';

const { projectDir, tempDir } = workerData as { readonly projectDir: string; readonly tempDir: string };
const makers = new Map<string, FeatureMaker>();
let book: ApplicantBook | null = null;

answerLane(
  {
    open: async (model: FeatureRequests['open']['ask']): Promise<Answered> => {
      if (!makers.has(model.key)) makers.set(model.key, await FeatureMaker.open(model, { projectDir, tempDir }));
      // Planning the SQL of a thousand features takes a hundred megabytes for a second, once.
      returnFreedMemory();
      return { value: null };
    },
    close: ({ key }: FeatureRequests['close']['ask']): Answered => {
      makers.get(key)?.[Symbol.dispose]();
      makers.delete(key);
      return { value: null };
    },
    book: async ({ folder }: FeatureRequests['book']['ask']): Promise<Answered> => {
      const opened = await ApplicantBook.open(folder, { tempDir });
      book?.[Symbol.dispose]();
      book = opened;
      return { value: null };
    },
    rows: async ({ id }: FeatureRequests['rows']['ask']): Promise<Answered> => ({ value: (await book?.rows(id)) ?? {} }),
    features: async ({ key, rows }: FeatureRequests['features']['ask']): Promise<Answered> => {
      const row = await opened(key).row(rows);
      return { value: row, transfer: [row.buffer as ArrayBuffer] };
    },
  },
  () => {
    for (const maker of makers.values()) maker[Symbol.dispose]();
    book?.[Symbol.dispose]();
  },
);

function opened(key: string): FeatureMaker {
  const maker = makers.get(key);
  if (maker === undefined) throw new SluiceError('INTERNAL', `model ${key} is not open in this worker`);
  return maker;
}
