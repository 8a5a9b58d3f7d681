/**
 * The credit pipeline, as its table of contents. Arrows that follow from others are left out; `sluice graph` prints all.
 *
 *   ingest ─► validate ─► features ─► split ─► encode ─► train ─► calibrate
 *   calibrate ─► evaluate ─► assess ─► gate
 *   evaluate ─► champion ─► gate
 *   calibrate ─► drift, explain, recourse
 *   gate, drift ─► report ─► register
 *   gate, drift, explain ─► document ─► register
 *   recourse ─► register
 */
import { definePipeline } from '../pipeline/index.ts';
import { decisionsCommand } from '../serving/commands/decisions.ts';
import { keysCommand } from '../serving/commands/keys.ts';
import { scoreCommand } from '../serving/commands/score.ts';
import { serveCommand } from '../serving/commands/serve.ts';
import { assess } from './assess/stage.ts';
import { calibrate } from './calibrate/stage.ts';
import { champion } from './champion/stage.ts';
import { document } from './document/stage.ts';
import { driftCommand } from './drift/command.ts';
import { drift } from './drift/stage.ts';
import { encode } from './encode/stage.ts';
import { evaluate } from './evaluate/stage.ts';
import { explain } from './explain/stage.ts';
import { features } from './features/stage.ts';
import { gate } from './gate/stage.ts';
import { ingest } from './ingest/stage.ts';
import { recourse } from './recourse/stage.ts';
import { register } from './register/stage.ts';
import { report } from './report/stage.ts';
import { split } from './split/stage.ts';
import { train } from './train/stage.ts';
import { validate } from './validate/stage.ts';

export const pipeline = definePipeline({
  name: 'credit-scoring',
  stages: [
    ingest,
    validate,
    features,
    split,
    encode,
    train,
    calibrate,
    evaluate,
    assess,
    explain,
    recourse,
    champion,
    gate,
    drift,
    document,
    report,
    register,
  ],
  commands: [driftCommand, scoreCommand, serveCommand, decisionsCommand, keysCommand],
});
