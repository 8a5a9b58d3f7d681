import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type DuckDb, SluiceError } from '../../../pipeline/index.ts';
import { writeProfile } from '../profile/write-profile.ts';
import type { ProfileSummary } from '../profile/profile-summary.ts';
import { REFERENCE_ROWS } from '../scan/scan-column.ts';
import type { OpenedPart } from './open-part.ts';
import type { ScoredParts } from './scoring/scored-parts.ts';

export interface ProfileToSave {
  readonly part: OpenedPart;
  readonly ignore: readonly string[];
  readonly scored: Pick<ScoredParts, 'reference'>;
  readonly summary: ProfileSummary;
}

/** @throws SluiceError USAGE where the reference is a profile already */
export async function saveProfile(
  db: DuckDb,
  { part, ignore, scored: { reference }, summary }: ProfileToSave,
  path: string,
): Promise<void> {
  if (part.form === 'profile')
    throw new SluiceError('USAGE', `--save-profile: ${part.name} is a profile already`, {
      hint: 'Copy that file, or give --reference the rows.',
    });
  const [kept, ignored] = [
    Object.entries(part.columns).filter(([name]) => !ignore.includes(name)),
    Object.keys(part.columns).filter((name) => ignore.includes(name)),
  ];
  await mkdir(dirname(path), { recursive: true });
  await writeProfile(
    db,
    {
      view: REFERENCE_ROWS,
      rows: part.rows,
      sha256: await part.sha256,
      summary: { ...summary, ignored },
      columns: Object.fromEntries(kept),
      ...(reference === null ? {} : { scores: reference.probability }),
      ...(reference === null || reference.labelled === null ? {} : { labelled: reference.labelled }),
      ...(reference === null ? {} : { segments: reference.segments }),
    },
    path,
  );
}
