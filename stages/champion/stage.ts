import { z } from 'zod';
import { advisory, artifact, defineStage } from '../../pipeline/index.ts';
import { calibrate } from '../calibrate/stage.ts';
import { encode } from '../encode/stage.ts';
import { evaluate } from '../evaluate/stage.ts';
import { gateSection, gateSource } from '../gate/rules/rule-file.ts';
import { judgedWaiver } from '../gate/waivers.ts';
import { train } from '../train/stage.ts';
import { modelName } from './model-name.ts';

/**
 * The model that this one is judged against. `self`-registration is seen through: when the champion is this very model,
 * the answer is what it was judged against when it was registered, so that an unchanged re-run judges nothing anew.
 */
export const championStatus = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  /** The tracking server could not be asked: nothing may be promoted over an unknown champion. */
  z.strictObject({ state: z.literal('unknown'), reason: z.string() }),
  z.strictObject({ state: z.literal('known'), model: z.string(), version: z.string(), modelSha256: z.string() }),
]);
export type ChampionStatus = z.infer<typeof championStatus>;

const sentAhead = z.strictObject({ runId: z.string(), modelId: z.string().nullable(), parts: z.array(z.string()).readonly() }).nullable();

export const champion = defineStage({
  name: 'champion',
  kind: 'effect',
  description:
    'Fetches the registered champion, so that the gate can score it on the same rows; tells which waivers of the gate hold today; opens the MLflow run and sends it what is known so far',
  inputs: {
    model: train.out.model,
    calibrator: calibrate.out.calibrator,
    decision: calibrate.out.decision,
    /** For its waivers: whether one has expired is a question of today, which only a stage that always runs can answer. */
    rules: gateSource,
    /** What is sent ahead, and what names the registration that it is sent for. */
    summary: advisory(train.out.summary),
    trainMetrics: advisory(train.out.metrics),
    catalogue: advisory(encode.out.catalogue),
    fittedState: advisory(encode.out.state),
    predictions: advisory(evaluate.out.predictions),
    evaluation: advisory(evaluate.out.evaluation),
    figures: advisory(evaluate.out.figures),
    sample: advisory(evaluate.out.sample),
    example: advisory(evaluate.out.example),
  },
  sections: { gate: gateSection },
  params: z.strictObject({ modelName }),
  outputs: {
    status: artifact.json(championStatus),
    /** The model (model.ubj, model.txt, …), summary.json, calibrator.json, decision.json of the champion, and encode's state in fitted/; empty where there is none. */
    files: artifact.directory(),
    /** The waivers of the gate file and whether they hold today, in UTC. */
    waivers: artifact.json(z.array(judgedWaiver)),
    /** What the MLflow run of this model holds already, before it is registered; null for nothing. */
    ahead: artifact.json(sentAhead),
  },
  resources: { cpus: 1, memory: '512MiB', timeout: '5m' },
  run: () => import('./run.ts'),
});
