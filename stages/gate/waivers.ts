import { z } from 'zod';
import type { Waiver } from './rules/rule-file.ts';

/** A waiver and whether it holds today. */
export const judgedWaiver = z.strictObject({
  rule: z.string(),
  author: z.string(),
  reason: z.string(),
  expires: z.string(),
  model: z.string().optional(),
  state: z.enum(['in force', 'expired', 'for another model']),
});
export type JudgedWaiver = z.infer<typeof judgedWaiver>;

/**
 * Which waivers hold on a day for a model. Asked on every run by a stage that always runs: its answer changes on the day after a
 * waiver's last, and the gate then judges anew.
 * @param today as 2026-11-25, in UTC
 * @param modelSha256 of the model that is judged
 */
export function judgeWaivers(waivers: readonly Waiver[], today: string, modelSha256: string): JudgedWaiver[] {
  return waivers.map(({ model, ...waiver }): JudgedWaiver => {
    const other = model !== undefined && !modelSha256.startsWith(model);
    // ISO dates order as texts.
    const state = other ? 'for another model' : waiver.expires < today ? 'expired' : 'in force';
    return { ...waiver, ...(model === undefined ? {} : { model }), state };
  });
}
