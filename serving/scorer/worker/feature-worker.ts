/** Entry of the thread that makes features: raw rows to a model's input, by the SQL of the batch as DuckDB planned it. */
import { readFile } from 'node:fs/promises';
import { deserialize } from 'node:v8';
import { workerData } from 'node:worker_threads';
import { SluiceError } from '../../../pipeline/index.ts';
import { NotInterpreted } from '../../../stages/features/plan/plan-node.ts';
import { answerLane, type Answered } from './answer-lane.ts';
import { FeatureMaker, type FeaturePlans, type MakerTools } from './feature-maker.ts';
import type { FeatureRequests } from './feature-requests.ts';

const tools = workerData as MakerTools;
const makers = new Map<string, FeatureMaker>();

answerLane(
  {
    open: async ({ model, plans }: FeatureRequests['open']['ask']): Promise<Answered> => {
      if (!makers.has(model.key)) {
        const planned = deserialize(await readFile(plans)) as FeaturePlans;
        makers.set(model.key, await FeatureMaker.planned(model, planned, tools));
      }
      return { value: null };
    },
    close: ({ key }: FeatureRequests['close']['ask']): Answered => {
      makers.get(key)?.[Symbol.dispose]();
      makers.delete(key);
      return { value: null };
    },
    features: async ({ key, rows }: FeatureRequests['features']['ask']): Promise<Answered> => {
      const row = await opened(key)
        .row(rows)
        .catch((error: unknown) => {
          if (error instanceof NotInterpreted) return null;
          throw error;
        });
      return { value: row, transfer: row === null ? [] : [row.buffer as ArrayBuffer] };
    },
  },
  () => {
    for (const maker of makers.values()) maker[Symbol.dispose]();
  },
);

function opened(key: string): FeatureMaker {
  const maker = makers.get(key);
  if (maker === undefined) throw new SluiceError('INTERNAL', `model ${key} is not open in this worker`);
  return maker;
}
