import type { FittedFamilyWork } from './family-encoder.ts';
import type { FittedFamily } from './family-names.ts';
import { neighbours } from './families/neighbours.ts';
import { peerGroups } from './families/peer-groups.ts';
import { predictedTerm } from './families/predicted-term.ts';
import { bureauScores, previousScores } from './families/row-scores.ts';

export const fittedFamilies: Readonly<Record<FittedFamily, FittedFamilyWork>> = {
  peer_groups: peerGroups,
  neighbours,
  previous_scores: previousScores,
  bureau_scores: bureauScores,
  predicted_term: predictedTerm,
};
