/**
 * The single-table graph: any labelled table that a config declares, from its CSV to a registered model. Its own are the first
 * three stages, which have the ports of the credit pipeline's, and recourse; every other stage is the same one.
 */
import { columns, definePipeline } from '../../pipeline/index.ts';
import { assess } from '../assess/stage.ts';
import { calibrate } from '../calibrate/stage.ts';
import { champion } from '../champion/stage.ts';
import { document } from '../document/stage.ts';
import { drift } from '../drift/stage.ts';
import { evaluate } from '../evaluate/stage.ts';
import { explain } from '../explain/stage.ts';
import { gate } from '../gate/stage.ts';
import { register } from '../register/stage.ts';
import { report } from '../report/stage.ts';
import { split } from '../split/stage.ts';
import { train } from '../train/stage.ts';
import { tabularFeatures } from './features/stage.ts';
import { tabularIngest } from './ingest/stage.ts';
import { tabularRecourse } from './recourse/stage.ts';
import { tabularValidate } from './validate/stage.ts';
import { withoutEncode } from './without-encode.ts';

/** Fairness groups stand in the ingested table, under names that only the config knows. */
const tabularEvaluate = { ...evaluate, inputs: { ...evaluate.inputs, applications: tabularIngest.out.application_train } };

/** One table stands for all: no bureau, no earlier applications, groups of its own. */
const tabularAssess = {
  ...assess,
  inputs: {
    ...assess.inputs,
    applications: tabularIngest.out.application_train,
    bureau: columns(tabularIngest.out.application_train, ['SK_ID_CURR']),
    previous: columns(tabularIngest.out.application_train, ['SK_ID_CURR']),
  },
};

export const pipeline = definePipeline({
  name: 'tabular-scoring',
  stages: withoutEncode([
    tabularIngest,
    tabularValidate,
    tabularFeatures,
    split,
    train,
    calibrate,
    tabularEvaluate,
    tabularAssess,
    explain,
    tabularRecourse,
    champion,
    gate,
    drift,
    document,
    report,
    register,
  ]),
});
