import { SluiceError } from '../errors/sluice-error.ts';
import { maskSource } from './mask-source.ts';
import { isAllowed, locate } from './source-line.ts';
import { quotedSqlReads, sqlReads } from './untracked-sql.ts';

/** Something in a body that its fingerprint could not see. */
export interface UntrackedAccess {
  readonly what: string;
  readonly hint: string;
  /** Offset of its first character, and how many there are. */
  readonly index: number;
  readonly length: number;
}

const INPUT_HINT =
  'Declare a folderSource input and read it through inputs, or import the file (.ts, .json, .sql), so that a change of it is seen.';
const PROGRAM_HINT =
  'Declare a folderSource input that includes it and pass inputs.<name>.files on. Where it changes no result, say so on this line: // sluice-allow-untracked: <reason>';
/** A relative path of a script or of data, within an argument or a command line. */
const FILE =
  /(?<![\w/.-])(?:\.{1,2}\/)*[\w-][\w./-]*\.(?:csv|tsv|txt|jsonl?|ndjson|parquet|ya?ml|gz|zip|db|bin|py|sh|[cm]?[jt]s|sql|[rR])(?![\w/])/;
const IMPORT_HINT = "Write the module's name as a literal, so that its code can be hashed.";

/** Functions of node:fs and node:fs/promises that read what a path names. */
const READS =
  'readFile|readFileSync|createReadStream|open|openSync|opendir|opendirSync|readdir|readdirSync|copyFile|copyFileSync|cp|cpSync|openAsBlob';
/** They describe the machine, not data. */
const MACHINE = /^\/(?:proc|dev|sys)(?:\/|$)/;

/**
 * Finds what a body could use behind its fingerprint's back: modules whose name is computed, files beside the source, and
 * files that a literal path names. A line that says `sluice-allow-untracked: <reason>`, or follows one that does, is left alone.
 */
export function untrackedAccess(path: string, text: string): readonly UntrackedAccess[] {
  const found = path.endsWith('.sql') ? sqlReads(text) : /\.[cm]?[jt]sx?$/.test(path) ? codeAccess(text) : [];
  return found.filter(({ index }) => !isAllowed(text, index));
}

/** @throws SluiceError CODE_UNTRACKED at the first place */
export function refuseUntracked(path: string, text: string): void {
  const [first] = untrackedAccess(path, text);
  if (first === undefined) return;
  throw new SluiceError('CODE_UNTRACKED', `${first.what}: a change there would not be noticed`, {
    hint: first.hint,
    at: locate(path, text, first),
  });
}

function codeAccess(text: string): UntrackedAccess[] {
  const code = maskSource(text);
  const found = [
    ...computedModules(text, code),
    ...filesBeside(text, code),
    ...startedPrograms(text, code),
    ...literalReads(text, code),
    ...quotedSqlReads(text, code),
  ].toSorted((a, b) => a.index - b.index || b.length - a.length);
  return found.filter(({ index }, at) => !found.slice(0, at).some((earlier) => index < earlier.index + earlier.length));
}

function computedModules(text: string, code: string): UntrackedAccess[] {
  const found: UntrackedAccess[] = [];
  for (const { index, 0: call, 1: name } of code.matchAll(/(?<![\w$.])(import|require|require\.resolve)\s*\(\s*/g)) {
    if (code.slice(0, index).endsWith('function ')) continue;
    const argument = argumentAt(code, index + call.length);
    if (argument.length === 0 || /^(?:'[^']*'|"[^"]*"|`[^`$]*`)$/.test(text.slice(argument.start, argument.start + argument.length).trim()))
      continue;
    found.push({ what: `${name}() of a name that is computed`, hint: IMPORT_HINT, index, length: call.length + argument.length + 1 });
  }
  for (const { index, 0: call } of code.matchAll(/(?<![\w$.])createRequire\s*\([^)\n]*\)/g)) {
    found.push({
      what: 'createRequire() loads modules that are not bundled',
      hint: 'Import the module at the top of the file.',
      index,
      length: call.length,
    });
  }
  return found;
}

/** A body runs from the cache folder: what lies beside its source is not beside it there. */
function filesBeside(text: string, code: string): UntrackedAccess[] {
  return [
    ...code.matchAll(
      /(?<![\w$.])new\s+URL\s*\([^()]*,\s*import\.meta\.url\s*\)|\bimport\.meta\.(?:dirname|filename|url|resolve)\b|(?<![\w$.])__(?:dirname|filename)\b/g,
    ),
  ].map(({ index, 0: match }) => ({
    what: `${text
      .slice(index, index + match.length)
      .replaceAll(/\s+/g, ' ')
      .slice(0, 80)} reaches a file beside the source`,
    hint: INPUT_HINT,
    index,
    length: match.length,
  }));
}

/** Programs that are given a file by its name, and workers: neither is bundled. What a program reads besides cannot be known here. */
function startedPrograms(text: string, code: string): UntrackedAccess[] {
  const loads = (module: string): boolean => new RegExp(`['"\`](?:node:)?${module}['"\`]`).test(text);
  const calls = loads('child_process') ? [...code.matchAll(/(?<![\w$])(?:spawn|exec|execFile)(?:Sync)?\s*\(|(?<![\w$])fork\s*\(/g)] : [];
  const programs = calls.flatMap(({ index, 0: call }): UntrackedAccess[] => {
    const end = closing(code, index + call.length);
    const file = quotedIn(text, code, index + call.length, end).flatMap((literal) => FILE.exec(literal)?.[0] ?? [])[0];
    if (file === undefined) return [];
    return [
      {
        what: `${call.replaceAll(/\s|\(/g, '')}() is given "${file}", which is no input`,
        hint: PROGRAM_HINT,
        index,
        length: end - index + 1,
      },
    ];
  });
  const workers = loads('worker_threads') ? [...code.matchAll(/(?<![\w$.])new\s+Worker\s*\(/g)] : [];
  return [
    ...programs,
    ...workers.map(({ index, 0: { length } }) => ({
      what: 'new Worker() runs a file that is not bundled',
      hint: 'Do the work in the body, or in another stage.',
      index,
      length,
    })),
  ];
}

/** Offset of the parenthesis that closes a call. */
function closing(code: string, start: number): number {
  let depth = 0;
  for (let at = start; at < code.length; at += 1) {
    if (code[at] === '(') depth += 1;
    if (code[at] === ')' && depth-- === 0) return at;
  }
  return code.length;
}

/** The texts in quotes between two offsets. */
function quotedIn(text: string, code: string, start: number, end: number): readonly string[] {
  return [...code.slice(start, end).matchAll(/(['"`])( *)\1/g)].map(({ index, 2: inner = '' }) =>
    text.slice(start + index + 1, start + index + 1 + inner.length),
  );
}

function literalReads(text: string, code: string): UntrackedAccess[] {
  const names = fsNames(text, code);
  if (names.length === 0) return [];
  const calls = new RegExp(`(?<![\\w$.])(?:${names.join('|')})\\s*\\(\\s*`, 'g');
  return [...code.matchAll(calls)].flatMap(({ index, 0: call }): UntrackedAccess[] => {
    const argument = argumentAt(code, index + call.length);
    const path = literalPath(text, code, argument);
    if (path === null || MACHINE.test(path)) return [];
    return [
      {
        what: `${text.slice(index, index + call.length).replaceAll(/\s|\(/g, '')}() of "${path}", which is no input`,
        hint: INPUT_HINT,
        index,
        length: call.length + argument.length + 1,
      },
    ];
  });
}

/** How a file calls the reading functions of node:fs, as patterns: `readFile`, `fs\.readFile`. */
function fsNames(text: string, code: string): string[] {
  const names: string[] = [];
  for (const { index, 0: head, 1: clause = '' } of code.matchAll(/\bimport\s+([^;'"]*?)\s*from\s*['"]/g)) {
    if (!/^(?:node:)?fs(?:\/promises)?['"]/.test(text.slice(index + head.length, index + head.length + 20))) continue;
    const space = /(?:\*\s*as\s+|^\s*)([\w$]+)/.exec(clause.replace(/\{[^]*\}/, ''))?.[1];
    if (space !== undefined) names.push(`${escapeName(space)}\\.(?:promises\\.)?(?:${READS})`);
    for (const item of (/\{([^]*)\}/.exec(clause)?.[1] ?? '').split(',')) {
      const [, name = '', alias] = /^\s*([\w$]+)(?:\s+as\s+([\w$]+))?/.exec(item) ?? [];
      if (name === 'promises') names.push(`${escapeName(alias ?? name)}\\.(?:${READS})`);
      else if (new RegExp(`^(?:${READS})$`).test(name)) names.push(escapeName(alias ?? name));
    }
  }
  return names;
}

/** The path that an argument spells out with literals alone; null where anything in it is computed. */
function literalPath(text: string, code: string, { start, length }: { readonly start: number; readonly length: number }): string | null {
  const parts: string[] = [];
  let rest = '';
  for (let at = start; at < start + length; at += 1) {
    const quote = code[at] ?? '';
    if (!/['"`]/.test(quote)) {
      rest += quote;
      continue;
    }
    const end = code.indexOf(quote, at + 1);
    if (code.slice(at + 1, end).trim() !== '') return null;
    parts.push(text.slice(at + 1, end));
    rest += ' ';
    at = end;
  }
  const constants = rest.replaceAll(/(?<![\w$.])[A-Za-z_$][\w$]*(?!\s*[\w$(.])/g, (name) => {
    const value = constantText(text, code, name);
    if (value === null) return name;
    parts.push(value);
    return ' ';
  });
  const plain = constants.replaceAll(
    /\bprocess\.cwd\(\)|(?:\bpath\.)?\b(?:join|resolve|normalize)\b|\bnew URL\b|\bimport\.meta\.\w+/g,
    ' ',
  );
  return parts.length > 0 && /^[\s(),+]*$/.test(plain) ? parts.join('/') : null;
}

/** The text of `const NAME = '…'` in the same file. */
function constantText(text: string, code: string, name: string): string | null {
  const found = new RegExp(`\\bconst\\s+${escapeName(name)}\\s*(?::\\s*string\\s*)?=\\s*(['"\`])( *)\\1\\s*(?:;|\\n|as\\b)`).exec(code);
  if (found === null) return null;
  const start = found.index + found[0].indexOf(found[1] ?? '') + 1;
  return text.slice(start, start + (found[2]?.length ?? 0));
}

/** The first argument of a call whose parenthesis has been passed. */
function argumentAt(code: string, start: number): { readonly start: number; readonly length: number } {
  let depth = 0;
  let at = start;
  for (; at < code.length; at += 1) {
    const char = code[at] ?? '';
    if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char) && depth > 0) depth -= 1;
    else if (depth === 0 && (char === ')' || char === ',')) break;
  }
  return { start, length: at - start };
}

function escapeName(name: string): string {
  return name.replaceAll('$', '\\$');
}
