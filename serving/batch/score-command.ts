import { availableParallelism } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { type CommandContext, type CommandRun, isSluiceError, SluiceError } from '../../pipeline/index.ts';
import type { KeptModel } from '../scorer/models/kept-model.ts';
import { type Alias, ModelShelf } from '../scorer/models/model-shelf.ts';
import { scoreBatch } from './score-batch.ts';

export const command: CommandRun = async (context) => {
  const { args, io } = context;
  const input = resolve(io.cwd, args.text('in') ?? '');
  const out = outFile(context);
  const alias: Alias = args.text('alias') === 'challenger' ? 'challenger' : 'champion';
  const model = await findModel(context, alias);
  io.say(`scoring ${input} with "${model.name}" version ${model.version} (${alias})\n`);
  const summary = await scoreBatch({
    input,
    out,
    model,
    reasons: args.flag('reasons'),
    projectDir: context.projectDir,
    threads: availableParallelism(),
    signal: io.signal,
    onNote: (note) => io.say(`${note}\n`),
  });
  if (summary === null) {
    io.say('interrupted: the same command goes on where it was\n');
    return 0; // the signal decides on the code
  }
  const { applicants, refused } = summary;
  if (args.flag('json'))
    io.out(`${JSON.stringify({ out, model: { name: model.name, version: model.version, sha256: model.sha256 }, ...summary })}\n`);
  io.say(`${applicants} applicants scored, ${refused} of them refused: ${out}\n`);
  return 0;
};

function outFile({ args, io }: CommandContext): string {
  const out = args.text('out');
  if (out === undefined)
    throw new SluiceError('USAGE', '"score" needs --out FILE', { hint: 'For example: sluice score ../data --out scores.parquet' });
  if (!['.parquet', '.csv'].includes(extname(out)))
    throw new SluiceError('USAGE', `--out is "${out}": a name that ends in .parquet or .csv is expected`, {
      hint: `For example: --out ${out}.parquet`,
    });
  return resolve(io.cwd, out);
}

/** The registry's version; where it does not answer, the last champion that was proven here, with a word about it. */
async function findModel(context: CommandContext, alias: Alias): Promise<KeptModel> {
  const shelf = new ModelShelf(join(context.artifactsDir, 'serving'));
  try {
    const uri = await context.trackingUri({ start: false });
    const model = await shelf.fromRegistry({ uri }, alias, 2000);
    if (model === null)
      throw new SluiceError('ARTIFACT_MISSING', `no version of "credit-scoring" has the alias ${alias}`, {
        hint: 'Run the pipeline until it registers a model: make run',
      });
    if (alias === 'champion') await shelf.remember(model);
    return model;
  } catch (error) {
    const kept = alias === 'champion' && isSluiceError(error) && error.code === 'MLFLOW_UNREACHABLE' ? await shelf.lastChampion() : null;
    if (kept === null) throw error;
    context.io.say(`MLflow does not answer: scoring with the last champion that was proven here, version ${kept.version}\n`);
    return kept;
  }
}
