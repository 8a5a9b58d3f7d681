import { distance } from 'fastest-levenshtein';

/** The candidate nearest to a mistyped name, or undefined when none is near (more than a third of its letters differ). */
export function closeMatch(name: string, candidates: Iterable<string>): string | undefined {
  let best: { name: string; edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || edits < best.edits) best = { name: candidate, edits };
  }
  return best !== undefined && best.edits <= Math.max(2, Math.ceil(name.length / 3)) ? best.name : undefined;
}

/** ` Did you mean "x"?` or an empty string; for the end of a message. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const match = closeMatch(name, candidates);
  return match === undefined ? '' : ` Did you mean "${match}"?`;
}
