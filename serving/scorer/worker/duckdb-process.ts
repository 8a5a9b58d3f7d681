/** Entry of the process that has DuckDB: plans a model's SQL, runs what only DuckDB can, tries other loans. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { serialize } from 'node:v8';
import { answerLane, type Answered } from './answer-lane.ts';
import { FeatureMaker, type MakerTools } from './feature-maker.ts';
import type { DuckDbRequests } from './duckdb-requests.ts';
import { otherLoans } from './other-loans.ts';

const tools = JSON.parse(process.argv[2] ?? '{}') as MakerTools;
const makers = new Map<string, Promise<FeatureMaker>>();

answerLane(
  {
    plan: async ({ model, file }: DuckDbRequests['plan']['ask']): Promise<Answered> => {
      const plans = serialize(await FeatureMaker.plan(model, tools));
      await mkdir(dirname(file), { recursive: true });
      const staging = `${file}.${process.pid}.part`;
      await writeFile(staging, plans);
      await rename(staging, file);
      return { value: null };
    },
    features: async ({ model, rows }: DuckDbRequests['features']['ask']): Promise<Answered> => {
      const maker = makers.get(model.key) ?? FeatureMaker.open(model, tools);
      makers.set(model.key, maker);
      return { value: await (await maker).row(rows) };
    },
    counterfactual: async (ask: DuckDbRequests['counterfactual']['ask']): Promise<Answered> => ({ value: await otherLoans(ask, tools) }),
  },
  // With the process goes all that it holds.
  () => {},
);
