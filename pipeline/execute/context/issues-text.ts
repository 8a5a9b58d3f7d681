import { messageOf } from '../../util/error-code.ts';

/** How many places a message names. */
const NAMED = 3;

/** What a schema complains of, each with its place: `rows[3].age: expected number, received string`. Of another error, its message. */
export function issuesText(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('issues' in error) || !Array.isArray(error.issues)) return messageOf(error);
  const issues = error.issues as { readonly path: readonly PropertyKey[]; readonly message: string }[];
  const shown = issues.slice(0, NAMED).map(({ path, message }) => {
    const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
    return `${place === '' ? '' : `${place.replace(/^\./, '')}: `}${message.replace(/^Invalid input: /, '')}`;
  });
  return `${shown.join('; ')}${issues.length > NAMED ? `; and ${issues.length - NAMED} more` : ''}`;
}
