import { z } from 'zod';
import { uploadText } from '../client/artifacts.ts';
import type { MlflowConnection } from '../client/connection.ts';
import { getVersion, setVersionTag, versionArtifactUri } from '../client/model-versions.ts';
import { getRegisteredModel, setRegisteredModelTag } from '../client/registered-models.ts';
import { getRun } from '../client/runs.ts';

const decisionSchema = z.object({
  /** Sorts by time; the same for a repeat of the same decision. */
  id: z.string(),
  alias: z.string(),
  /** Version that had the alias; null: none. */
  from: z.string().nullable(),
  to: z.string(),
  kind: z.enum(['gate', 'promote', 'rollback']),
  /** Who ran the command, by the name of the machine's user: a note, no proof. */
  by: z.string(),
  reason: z.string(),
  /** What the gate said of `to`. */
  verdict: z.string(),
  /** ms since 1970. */
  at: z.int(),
  /** `intended` is written before the alias is set, `moved` after it was read back. */
  outcome: z.enum(['intended', 'moved', 'lost']),
});
export type Decision = z.infer<typeof decisionSchema>;

const PREFIX = 'sluice.decision.';
/** A tag of a registered model holds 5,000 characters on some databases. */
export const LONGEST_REASON = 2000;

/** The id of a decision: its time and what tells it apart from another of the same moment. */
export function decisionId(at: number, salt: string): string {
  return `${String(at).padStart(15, '0')}-${salt}`;
}

/**
 * Writes a decision where reviewers look: as a tag of the registered model (the trail), as a tag of the version (the last one), and as
 * a file of the version's run. Repeatable.
 */
export async function recordDecision(connection: MlflowConnection, model: string, decision: Decision): Promise<void> {
  const text = JSON.stringify(decision);
  await setRegisteredModelTag(connection, model, [`${PREFIX}${decision.id}`, text]);
  await setVersionTag(connection, { name: model, version: decision.to }, [`${PREFIX}${decision.alias}`, text]);
  await uploadText(connection, await folderOf(connection, model, decision.to), {
    path: `decisions/${decision.id}-${decision.alias}.json`,
    text: `${JSON.stringify({ model, ...decision }, null, 2)}\n`,
  });
}

/** All decisions on an alias that are on record, the oldest first. What does not read as one is left out. */
export async function readDecisions(connection: MlflowConnection, model: string, alias: string): Promise<readonly Decision[]> {
  const tags = (await getRegisteredModel(connection, model))?.tags ?? {};
  return Object.entries(tags)
    .flatMap(([key, text]) => (key.startsWith(PREFIX) ? parse(text) : []))
    .filter((decision) => decision.alias === alias)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function parse(text: string): readonly Decision[] {
  try {
    const parsed = decisionSchema.safeParse(JSON.parse(text));
    return parsed.success ? [parsed.data] : [];
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
