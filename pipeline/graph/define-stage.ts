import { z } from 'zod';
import { SluiceError } from '../errors/sluice-error.ts';
import type { InputMap, Port } from './port.ts';
import { refuseTransforms } from './refuse-transforms.ts';
import type { OutputMap, ParamsSchema, SectionMap, Stage, StageSpec } from './stage.ts';
import { messageOf } from '../util/error-code.ts';
import { parseDurationMs, parseMemoryMb } from '../util/parse-quantity.ts';

const STAGE_NAME = /^[a-z][a-z0-9-]*$/;
/** Folders are named for a stage and a run, and most file systems end at 255 bytes. */
const LONGEST_NAME = 100;

/**
 * Declares a stage. Types follow from the values: `stage.out.<port>` is what another stage's `inputs` take.
 * @throws SluiceError GRAPH_LOAD for a name that is not lower case letters, digits and dashes, or an output schema that computes
 */
export function defineStage<
  TOutputs extends OutputMap,
  TInputs extends InputMap = Record<never, never>,
  TParams extends ParamsSchema = z.ZodObject<Record<never, never>>,
  TSections extends SectionMap = Record<never, never>,
>(spec: StageSpec<TInputs, TParams, TSections, TOutputs>): Stage<TInputs, TParams, TSections, TOutputs> {
  if (!STAGE_NAME.test(spec.name)) {
    throw new SluiceError('GRAPH_LOAD', `stage name "${spec.name}" is not lower case letters, digits and dashes`);
  }
  if (spec.name.length > LONGEST_NAME)
    throw new SluiceError(
      'GRAPH_LOAD',
      `stage name "${spec.name.slice(0, 20)}…" has ${spec.name.length} letters; ${LONGEST_NAME} is the most`,
    );
  refuseMissingPorts(spec.name, spec.inputs ?? {});
  refuseQuantities(spec.name, spec.resources ?? {});
  refuseTransforms(spec.name, spec.outputs);
  const out = Object.fromEntries(
    Object.entries(spec.outputs).map(([name, output]): [string, Port] => [name, { type: 'port', stage: spec.name, name, spec: output }]),
  );
  const nativeUses = (spec.native ?? []).map((use) => (typeof use === 'string' ? { library: use, when: () => true } : use));
  return {
    name: spec.name,
    kind: spec.kind ?? 'compute',
    description: spec.description,
    inputs: spec.inputs ?? ({} as TInputs),
    params: spec.params ?? (z.strictObject({}) as ParamsSchema as TParams),
    sections: spec.sections ?? ({} as TSections),
    outputs: spec.outputs,
    out: out as { [K in keyof TOutputs]: Port<TOutputs[K]> },
    resources: { cpus: 1, memory: '1GiB', timeout: '1h', retries: 0, ...spec.resources },
    declaresMemory: spec.resources?.memory !== undefined,
    env: spec.env ?? [],
    native: nativeUses.map(({ library }) => library),
    nativeUses,
    run: spec.run,
  };
}

/** What is mistyped is undefined, where no compiler was asked. */
function refuseMissingPorts(stage: string, inputs: Readonly<Record<string, unknown>>): void {
  const missing = Object.keys(inputs).find((name) => inputs[name] === undefined);
  if (missing === undefined) return;
  throw new SluiceError('GRAPH_LOAD', `input "${missing}" of stage "${stage}" is undefined: the stage that it names has no such port`, {
    hint: 'A port is STAGE.out.NAME; npx tsc names the line.',
    stage,
  });
}

function refuseQuantities(stage: string, { memory, timeout, cpus }: Partial<Stage['resources']>): void {
  try {
    if (memory !== undefined) parseMemoryMb(memory);
    if (timeout !== undefined) parseDurationMs(timeout);
    if (cpus !== undefined && !(cpus > 0)) throw new TypeError(`${cpus} is not a number of processors`);
  } catch (error) {
    throw new SluiceError('GRAPH_LOAD', `resources of stage "${stage}": ${messageOf(error)}`, { stage });
  }
}
