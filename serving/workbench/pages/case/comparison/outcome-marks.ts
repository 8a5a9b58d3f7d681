import { RAISES as DEFAULTED, LOWERS as REPAID } from '../../../charts/palette.ts';

/** A client by what became of them: told apart by shape, not by colour alone. */
export const OUTCOME_MARKS = {
  repaid: { symbol: 'emptyCircle', color: REPAID.color },
  defaulted: { symbol: 'triangle', color: DEFAULTED.color },
} as const;
