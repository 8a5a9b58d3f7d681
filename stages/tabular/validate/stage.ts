import { artifact, defineStage } from '../../../pipeline/index.ts';
import { contractSection, contractSource } from '../../validate/contract/contract-source.ts';
import { contractResult, validateParams } from '../../validate/stage.ts';
import { tabularIngest } from '../ingest/stage.ts';

export const tabularValidate = defineStage({
  name: 'validate',
  kind: 'gate',
  description: 'Checks the table against the data contract: types, ranges, levels, nulls, a probe for label leaks',
  inputs: { application_train: tabularIngest.out.application_train, contract: contractSource },
  sections: { contract: contractSection },
  params: validateParams,
  outputs: { contract: artifact.json(contractResult), page: artifact.report() },
  resources: { cpus: 2, memory: '1GiB' },
  native: ['duckdb'],
  run: () => import('./run.ts'),
});
