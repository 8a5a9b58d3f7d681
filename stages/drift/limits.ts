/** Where watching starts and acting starts; each is named in the method appendix of the page. */
export const LIMITS = {
  scorePsiAct: 0.25,
  scorePsiWatch: 0.1,
  /** Shift of a column's missing share, as a fraction of rows. */
  missingShift: 0.1,
} as const;
