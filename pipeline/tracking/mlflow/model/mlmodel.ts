import { stringify } from 'yaml';
import { PLACEHOLDERS } from '../../registration.ts';
import { TESTED_VERSION } from '../client/health.ts';
import { flavorsOf, type PyfuncLoader, type SavedModel } from './flavors.ts';
import { inputSignature, outputSignature, paramsSignature } from './signature.ts';

export interface ModelDescriptor {
  /** Names of the model's inputs, in its order. */
  readonly features: readonly string[];
  readonly saved: SavedModel;
  readonly loader: PyfuncLoader | undefined;
  readonly pythonVersion: string;
  /** Bytes of the files beside MLmodel, environment files apart. */
  readonly sizeBytes: number;
  /** ms since 1970. */
  readonly createdAt: number;
}

/** The text of `MLmodel` with placeholders for what only the server knows. */
export function mlmodelText(descriptor: ModelDescriptor): string {
  const created = new Date(descriptor.createdAt).toISOString().replace('T', ' ').replace('Z', '000');
  return stringify(
    {
      artifact_path: PLACEHOLDERS.artifactUri,
      flavors: flavorsOf(descriptor.saved, descriptor),
      is_signature_from_type_hint: false,
      mlflow_version: TESTED_VERSION,
      model_id: PLACEHOLDERS.modelId,
      model_size_bytes: descriptor.sizeBytes,
      model_uuid: PLACEHOLDERS.modelId,
      prompts: null,
      run_id: PLACEHOLDERS.runId,
      saved_input_example_info: {
        artifact_path: 'input_example.json',
        pandas_orient: 'split',
        serving_input_path: 'serving_input_example.json',
        type: 'dataframe',
      },
      signature: {
        inputs: inputSignature(descriptor.features),
        outputs: outputSignature(),
        params: descriptor.loader === undefined ? null : paramsSignature(),
      },
      type_hint_from_example: false,
      utc_time_created: created,
    },
    // Quoted strings: an all-digit run id or a date must not change its type in YAML 1.1.
    { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN', lineWidth: 0 },
  );
}
