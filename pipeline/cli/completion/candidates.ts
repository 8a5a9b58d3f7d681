import type { Command, OptionSpec, PositionalSpec } from '../command.ts';

/** What the project knows; each is asked only where it may follow. */
export interface Names {
  stages(): Promise<readonly string[]>;
  /** STAGE.PORT */
  ports(): Promise<readonly string[]>;
  /** Newest first. */
  runs(): Promise<readonly string[]>;
  /** Dotted. */
  configKeys(): Promise<readonly string[]>;
}

/**
 * What may stand in the place of the last word; none where the shell should offer files.
 * @param words after `sluice`; the last is the one being typed, perhaps empty
 */
export async function candidates(words: readonly string[], commands: readonly Command[], names: Names): Promise<readonly string[]> {
  const current = words.at(-1) ?? '';
  const found = await following(words, commands, names);
  return found.filter((word) => word.startsWith(current)).toSorted();
}

async function following(words: readonly string[], commands: readonly Command[], names: Names): Promise<readonly string[]> {
  const [name = '', ...rest] = words;
  if (words.length <= 1) return [...commands.map((command) => command.name), '--help', '--version'];
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) return [];
  const current = rest.at(-1) ?? '';
  const attached = /^(--[a-z-]+)=/.exec(current)?.[1];
  if (attached !== undefined) return (await valuesOf(optionOf(command, attached), names)).map((value) => `${attached}=${value}`);
  const before = optionOf(command, rest.at(-2) ?? '');
  if (before !== undefined && before.type !== 'boolean' && before.valueOptional !== true) return valuesOf(before, names);
  if (current.startsWith('-')) return [...Object.keys(command.options ?? {}).map((option) => `--${option}`), '--help'];
  return positionalValues(positionalAt(command, rest.slice(0, -1)), names);
}

function optionOf(command: Command, word: string): OptionSpec | undefined {
  const options = Object.entries(command.options ?? {});
  if (word.startsWith('--')) return options.find(([name]) => name === word.slice(2))?.[1];
  return /^-[a-zA-Z]$/.test(word) ? options.find(([, spec]) => spec.alias === word.slice(1))?.[1] : undefined;
}

async function valuesOf(option: OptionSpec | undefined, names: Names): Promise<readonly string[]> {
  if (option?.choices !== undefined) return option.choices;
  if (option?.value === 'STAGE') return names.stages();
  if (option?.value === 'RUN') return withLatest(await names.runs());
  return option?.value === 'key=value' ? (await names.configKeys()).map((key) => `${key}=`) : [];
}

/** Which positional the words before lead to; undefined where no more may follow. */
function positionalAt(command: Command, before: readonly string[]): PositionalSpec | undefined {
  const { positionals = [] } = command;
  const given = before.filter((word, index) => !word.startsWith('-') && !takesNext(command, before[index - 1])).length;
  return positionals[given] ?? (positionals.at(-1)?.many === true ? positionals.at(-1) : undefined);
}

function takesNext(command: Command, word: string | undefined): boolean {
  const option = word === undefined ? undefined : optionOf(command, word);
  return option !== undefined && option.type !== 'boolean' && option.valueOptional !== true;
}

async function positionalValues(spec: PositionalSpec | undefined, names: Names): Promise<readonly string[]> {
  if (spec?.choices !== undefined) return spec.choices;
  const lists = (spec?.completes ?? []).map(async (kind) => (kind === 'runs' ? withLatest(await names.runs()) : names[kind]()));
  return (await Promise.all(lists)).flat();
}

function withLatest(runs: readonly string[]): readonly string[] {
  return ['latest', ...runs];
}
