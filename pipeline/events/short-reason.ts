/** Changes of one kind that are named one by one; more are counted. */
const NAMED = 2;

/** Why a stage runs, for one line of a terminal: many inputs or packages become a number. The whole stands in the event and in `sluice why`. */
export function shortReason(reason: string): string {
  let parts = reason.split(/, (?![^(]*\))/); // not at commas in parentheses
  for (const kind of ['input', 'package']) {
    const same = parts.filter((part) => part.startsWith(`${kind} `));
    if (same.length > NAMED) parts = [...parts.filter((part) => !same.includes(part)), `${same.length} ${kind}s`];
  }
  return parts.join(', ');
}
