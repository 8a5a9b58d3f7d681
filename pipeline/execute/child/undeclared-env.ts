import type { EventBody } from '../../events/event.ts';
import type { EnvReads } from '../../fingerprint/env-reads.ts';
import type { Stage } from '../../graph/stage.ts';

/** The same in every child, whatever the parent has. */
const SAME_EVERYWHERE = new Set(['TZ', 'LANG', 'LC_ALL', 'OMP_NUM_THREADS', 'OMP_WAIT_POLICY']);

/** A warning for each variable that the code of a stage names and its declaration does not: it is not set there, which its author may not expect. */
export function undeclaredEnv(stage: Stage, reads: EnvReads): readonly EventBody[] {
  if (stage.kind === 'effect') return []; // it sees more than is declared, and is asked each time
  const names = Object.entries(reads).filter(([name]) => !stage.env.includes(name) && !SAME_EVERYWHERE.has(name));
  return names.map(([name, { file, line, column }]) => ({
    type: 'warning',
    code: 'CODE_UNTRACKED',
    stage: stage.name,
    message: `process.env.${name} (${file}:${line}:${column}) is not declared, so it is not set there. To have it set, and seen when it changes: env: ['${name}']`,
  }));
}
