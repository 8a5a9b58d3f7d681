import { registerModel, SluiceError, type StageBody } from '../../pipeline/index.ts';
import { gather } from './gather.ts';
import { judgedAgainst } from './judged-against.ts';
import { registrationKey } from './registration-key.ts';
import type { register } from './stage.ts';

const run: StageBody<typeof register> = async (context) => {
  const { inputs, params, outputs, run: own, log, progress, tracking, signal } = context;
  if (tracking === null) throw new SluiceError('INTERNAL', 'the register stage was given no tracking server');
  const { confirmed, ...registration } = await registerModel({
    target: tracking,
    key: registrationKey(inputs),
    runId: own.id,
    modelName: params.modelName,
    judgedAgainst: judgedAgainst(await inputs.champion.read()),
    gather: () => gather(context, tracking.experiment),
    events: { warn: (message) => log.warn(message), progress: (done, total, operation) => progress(done, total, operation.kind) },
    signal,
  });
  await outputs.registration.write(registration);
  const { modelName, version, alias, runUrl, modelUrl } = registration;
  log.info(`"${modelName}" version ${version} ${confirmed ? 'is in place' : `is registered as ${alias}`}`, {
    highlights: [
      { label: 'MLflow run', url: runUrl },
      { label: 'Registered model', url: modelUrl },
    ],
  });
  return { confirmed };
};
export default run;
