import { maskComments } from './mask-source.ts';
import type { UntrackedAccess } from './untracked-access.ts';

/** Table functions by which SQL reads a file. */
const READERS = 'read_(?:parquet|csv|csv_auto|json|json_auto|json_objects|ndjson|text|blob)|parquet_scan|glob';
const READ = new RegExp(`\\b(?:${READERS})\\s*\\(\\s*\\[?\\s*'|\\bfrom\\s+'`, 'gi');
/** The same within the quotes of another language, where a word such as "from" may be no SQL: the file has an ending that is read. */
const QUOTED_READ = new RegExp(
  `\\b(?:(?:${READERS})\\s*\\(\\s*\\[?\\s*\\\\?'([^'$\\\\\\n]+)|from\\s+\\\\?'([^'$\\\\\\n]+\\.(?:csv|tsv|parquet|json|ndjson|jsonl)(?:\\.gz|\\.zst)?)\\\\?')`,
  'gi',
);
const HINT = 'Name the input with db.view(name, inputs.<name>.path) and select from that name.';

/** Files that a `.sql` source reads by name. */
export function sqlReads(text: string): UntrackedAccess[] {
  const code = maskSql(text);
  return [...code.matchAll(READ)].map(({ index, 0: call }) => {
    const end = code.indexOf("'", index + call.length);
    return accessOf(text.slice(index + call.length, end), index, Math.max(call.length, end - index + 1));
  });
}

/** The same of SQL that stands in quotes in a program. @param code the program without comments and what is quoted */
export function quotedSqlReads(text: string, code: string): UntrackedAccess[] {
  return [...maskComments(text).matchAll(QUOTED_READ)].flatMap(({ index, 0: all, 1: read, 2: from }) =>
    code[index] === ' ' ? [accessOf(read ?? from ?? '', index, all.length)] : [],
  );
}

function accessOf(file: string, index: number, length: number): UntrackedAccess {
  return { what: `SQL reads '${file}', which is no input`, hint: HINT, index, length };
}

/** SQL of the same length, without comments and without what stands inside single quotes. */
function maskSql(text: string): string {
  const blank = (part: string): string => part.replaceAll(/[^\n]/g, ' ');
  return text.replaceAll(/--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'/g, (part) =>
    part.startsWith("'") ? `'${blank(part.slice(1, -1))}'` : blank(part),
  );
}
