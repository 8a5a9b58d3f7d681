import type { JointResult } from '../outlook/outlook-schema.ts';
import type { Components } from '../joint/reconstruction-error.ts';
import type { ProfileSummary } from './profile-summary.ts';

/** Components of a comparison as a profile holds them; null where there are none. */
export function componentsOf(
  told: { readonly joint: JointResult | null; readonly components: Components | null } | null,
): ProfileSummary['components'] {
  if (told === null || told.joint === null || told.components === null) return null;
  const { features, axes, error } = told.components;
  return { rows: told.joint.rows.reference, fitted: { features: [...features], axes: axes.map((axis) => [...axis]), error } };
}
