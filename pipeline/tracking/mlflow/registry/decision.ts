import { fields, oneOf, orNull, text, whole } from '../client/answer.ts';
import { unlessMissing } from '../client/api-error.ts';
import { uploadText } from '../client/artifacts.ts';
import type { MlflowConnection } from '../client/connection.ts';
import { getVersion, setVersionTag, versionArtifactUri } from '../client/model-versions.ts';
import { getRegisteredModel, setRegisteredModelTag } from '../client/registered-models.ts';
import { getRun } from '../client/runs.ts';

const readDecision = fields({
  /** Sorts by time; the same for a repeat of the same decision. */
  id: text,
  alias: text,
  /** Version that had the alias; null: none. */
  from: orNull(text),
  to: text,
  kind: oneOf('gate', 'promote', 'rollback'),
  /** Who ran the command, by the name of the machine's user: a note, no proof. */
  by: text,
  reason: text,
  /** What the gate said of `to`. */
  verdict: text,
  /** ms since 1970. */
  at: whole,
  /** `intended` is written before the alias is set, `moved` after it was read back. */
  outcome: oneOf('intended', 'moved', 'lost'),
});
export type Decision = Readonly<ReturnType<typeof readDecision>>;

const PREFIX = 'sluice.decision.';
/** A tag of a registered model holds 5,000 characters on some databases. */
export const LONGEST_REASON = 2000;

/** The id of a decision: its time and what tells it apart from another of the same moment. */
export function decisionId(at: number, salt: string): string {
  return `${String(at).padStart(15, '0')}-${salt}`;
}

/**
 * Writes a decision where reviewers look: as a tag of the registered model (the trail), as a tag of the version (the last one), of the version too
 * that lost the alias by it, and as a file of the version's run. Repeatable.
 */
export async function recordDecision(connection: MlflowConnection, model: string, decision: Decision): Promise<void> {
  const value = JSON.stringify(decision);
  await setRegisteredModelTag(connection, model, [`${PREFIX}${decision.id}`, value]);
  await setVersionTag(connection, { name: model, version: decision.to }, [`${PREFIX}${decision.alias}`, value]);
  if (decision.outcome === 'moved' && decision.from !== null)
    // Deleted since, perhaps.
    await unlessMissing(setVersionTag(connection, { name: model, version: decision.from }, [`${PREFIX}${decision.alias}`, value]));
  await uploadText(connection, await folderOf(connection, model, decision.to), {
    path: `decisions/${decision.id}-${decision.alias}.json`,
    text: `${JSON.stringify({ model, ...decision }, null, 2)}\n`,
  });
}

/** All decisions on an alias that are on record, the oldest first. What does not read as one is left out. */
export async function readDecisions(connection: MlflowConnection, model: string, alias: string): Promise<readonly Decision[]> {
  const tags = (await getRegisteredModel(connection, model))?.tags ?? {};
  return Object.entries(tags)
    .flatMap(([key, value]) => (key.startsWith(PREFIX) ? parse(value) : []))
    .filter((decision) => decision.alias === alias)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function parse(value: string): readonly Decision[] {
  try {
    return [readDecision(JSON.parse(value), '')];
  } catch {
    return [];
  }
}

/** Artifacts of the version's run; those of the model where the run was deleted. */
async function folderOf(connection: MlflowConnection, model: string, version: string): Promise<string> {
  const runId = (await getVersion(connection, model, version))?.runId ?? '';
  const run = runId === '' ? undefined : await getRun(connection, runId);
  return run?.active === true ? run.artifactUri : versionArtifactUri(connection, model, version);
}
