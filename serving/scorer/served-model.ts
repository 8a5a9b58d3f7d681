import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, SluiceError } from '../../pipeline/index.ts';
import { type Decision, decisionSchema } from '../../stages/calibrate/stage.ts';
import type { Sentence } from '../../stages/explanations/reason-codes.ts';
import { groupByReason, type ReasonGroups } from '../../stages/explanations/reasons.ts';
import { type ExplanationReference, explanationReference } from '../../stages/explanations/reference.ts';
import { type CatalogueEntry, catalogueSchema } from '../../stages/features/catalogue.ts';
import { type ModelSummary, modelSummary } from '../../stages/train/stage.ts';
import { requireKnownFeatures } from './needed-families.ts';
import type { KeptModel } from './models/kept-model.ts';
import type { ModelIdentity } from './score-answer.ts';
import type { FeatureModel } from './worker/feature-requests.ts';
import type { ModelRequests } from './worker/model-requests.ts';

export type ExplainerFacts = ModelRequests['open']['answer']['explainer'];

/** What the words of an answer need of a model; the model itself is in the workers. */
export interface ServedModel {
  readonly kept: KeptModel;
  readonly identity: ModelIdentity;
  readonly summary: ModelSummary;
  /** In the order of the model's matrix. */
  readonly features: readonly string[];
  readonly decision: Decision;
  /** One a feature: the catalogue's word, or the bare name where the version came without a catalogue. */
  readonly entries: readonly CatalogueEntry[];
  /** One a feature, what it is in words. */
  readonly descriptions: readonly Sentence[];
  readonly hasCatalogue: boolean;
  /** What applicants' contributions are compared with; null where the version came without. */
  readonly reference: ExplanationReference | null;
  readonly reasons: ReasonGroups | null;
}

/**
 * Reads what travels with a version. @throws SluiceError MODEL_DAMAGED for a file that does not fit its schema, or a reference or
 * catalogue that is not of the model's features; ARTIFACT_SCHEMA for features that this program does not make
 */
export async function readServedModel(kept: KeptModel): Promise<ServedModel> {
  const read = <T>(file: string, schema: z.ZodType<T>): Promise<T> => readJson(join(kept.folder, file), schema);
  const there = (file: string): boolean => kept.files.includes(file);
  const summary = await read('summary.json', modelSummary);
  requireKnownFeatures(summary.features, kept.folder);
  const decision = await read('decision.json', decisionSchema);
  const catalogue = there('catalogue.json') ? await read('catalogue.json', catalogueSchema) : null;
  const reference = there('explanation_reference.json') ? await read('explanation_reference.json', explanationReference.nullable()) : null;
  if (reference !== null) requireSameFeatures(kept, summary, reference);
  const { name, version, sha256 } = kept;
  const entries = entriesOf(summary, catalogue ?? []);
  return {
    kept,
    identity: { name, version, sha256 },
    summary,
    features: summary.features,
    decision,
    entries,
    descriptions: entries.map(({ en, fr }) => ({ en, fr })),
    hasCatalogue: catalogue !== null,
    reference,
    reasons: reference === null || catalogue === null ? null : groupByReason(reference, catalogue),
  };
}

/** What workers need of it. */
export function featureModelOf({ kept: { key, folder, sha256 }, features, decision }: ServedModel): FeatureModel {
  return { key, folder, sha256, features, threshold: decision.threshold };
}

function entriesOf({ features }: ModelSummary, catalogue: readonly CatalogueEntry[]): readonly CatalogueEntry[] {
  const known = new Map(catalogue.map((entry) => [entry.name, entry]));
  return features.map(
    (name) =>
      known.get(name) ?? {
        name,
        table: 'application_train',
        formula: '',
        concept: 'other',
        en: name,
        fr: name,
        direction: 'unknown',
        prohibited: false,
        changeable: false,
      },
  );
}

function requireSameFeatures({ folder }: KeptModel, { features }: ModelSummary, reference: ExplanationReference): void {
  const same = reference.features.length === features.length && reference.features.every(({ name }, at) => name === features[at]);
  if (same) return;
  throw new SluiceError(
    'MODEL_DAMAGED',
    `the explanation reference in ${folder} is not of the model's ${features.length} features in their order`,
    {
      hint: 'Give the alias champion to a version whose files are of one run.',
    },
  );
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new SluiceError('MODEL_DAMAGED', `${path} cannot be used: ${reason}`, {
      cause: error,
      hint: 'Another version of the program registered it, or it is damaged: give the alias to a version of this one.',
    });
  }
}
