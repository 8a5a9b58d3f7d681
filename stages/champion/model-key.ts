import { createHash } from 'node:crypto';

interface Digested {
  readonly digest: string;
}

/** What makes two registered models the same: booster, calibration and threshold. Tag `sluice.model_key` of a version. */
export function modelKey(parts: { readonly model: Digested; readonly calibrator: Digested; readonly decision: Digested }): string {
  return createHash('sha256').update([parts.model.digest, parts.calibrator.digest, parts.decision.digest].join('\n')).digest('hex');
}
