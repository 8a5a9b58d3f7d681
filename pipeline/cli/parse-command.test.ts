import { expect, test } from '@jest/globals';
import { isSluiceError } from '../errors/sluice-error.ts';
import { commands } from './command-table.ts';
import type { Command, CommandArgs } from './command.ts';
import { commandHelp, parseCommand } from './parse-command.ts';

function command(name: string): Command {
  const found = commands.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no command ${name}`);
  return found;
}

async function parse(name: string, ...args: readonly string[]): Promise<CommandArgs> {
  const parsed = await parseCommand(command(name), args);
  if (parsed === null) throw new Error('asked for help');
  return parsed;
}

async function complaint(name: string, ...args: readonly string[]): Promise<string> {
  const error: unknown = await parse(name, ...args).catch((thrown: unknown) => thrown);
  return isSluiceError(error) && error.code === 'USAGE' ? error.message : `no usage error: ${JSON.stringify(error)}`;
}

test('run: stages, config, several -S, numbers and switches', async () => {
  const args = await parse('run', 'train', '-c', 'a.yaml', '-S', 'x.y=1', '--set=z=-2', '-j4', '--keep-going', 'gate', '--no-wait');
  expect(args.list('stage')).toEqual(['train', 'gate']);
  expect(args.text('config')).toBe('a.yaml');
  expect(args.list('set')).toEqual(['x.y=1', 'z=-2']);
  expect(args.number('jobs')).toBe(4);
  expect(['keep-going', 'no-wait', 'frozen', 'json'].map((name) => args.flag(name))).toEqual([true, true, false, false]);
});

test('--force alone takes no stage for its value; with = it does, several times', async () => {
  const alone = await parse('run', '--force', 'train');
  expect([alone.list('force'), alone.list('stage')]).toEqual([[''], ['train']]);
  expect((await parse('run', '--force=train', '--force=gate')).list('force')).toEqual(['train', 'gate']);
  expect((await parse('run', '--force')).list('force')).toEqual(['']);
  expect((await parse('run')).list('force')).toEqual([]);
});

test('numbers and dots stay text where text is meant', async () => {
  expect((await parse('show', '0123')).text('run')).toBe('0123');
  expect((await parse('run', '-S', 'a.b=0.10')).list('set')).toEqual(['a.b=0.10']);
  expect((await parse('run', '-c', '7')).text('config')).toBe('7');
});

test.each([
  ['a mistyped option', ['run', '--forse'], '"run" has no option --forse. Did you mean "--force"?'],
  ['an option of another command', ['runs', '--frozen'], '"runs" has no option --frozen.'],
  ['a mistyped letter', ['status', '-x'], '"status" has no option -x. It has -h, -c, -S, -q'],
  ['a missing value', ['run', '-c'], 'option -c needs a value: FILE'],
  ['an option for a value', ['run', '--from', '--json'], 'option --from needs a value: STAGE'],
  ['a value for a switch', ['run', '--json=yes'], 'option --json takes no value, but has "yes"'],
  ['a fraction of a job', ['run', '-j', '1.5'], 'option --jobs takes a whole number from 1, not 1.5'],
  ['no number of jobs', ['run', '-j', 'many'], 'option --jobs takes a whole number from 1'],
  ['an option twice', ['run', '--from', 'a', '--from', 'b'], 'option --from is given 2 times; it may be given once'],
  ['too many arguments', ['report', 'a', 'b'], '"report" does not know what to do with "b"'],
  ['a missing argument', ['path'], '"path" needs port: STAGE.PORT, such as features.table'],
  ['a mistyped action', ['mlflow', 'stauts'], '"mlflow stauts" is not a command. Did you mean "status"?'],
  [
    'a format that is none',
    ['graph', '--format', 'svg'],
    'Invalid values: Argument: format, Given: "svg", Choices: "term", "mermaid", "dot", "html", "json"',
  ],
])('%s is a usage error', async (_, [name = '', ...args], message) => {
  expect(await complaint(name, ...args)).toBe(message);
});

test('--help and -h ask for help, wherever they stand', async () => {
  expect(await parseCommand(command('run'), ['train', '--help', '--nonsense'])).toBeNull();
  expect(await parseCommand(command('run'), ['-h'])).toBeNull();
});

test.each(commands.map((each) => [each.name, each] as const))('%s: its help names it, its options and its examples', async (name, each) => {
  const help = await commandHelp(each);
  expect(help).toMatch(new RegExp(`^sluice ${name}`));
  expect(help).toContain(each.summary);
  for (const option of Object.keys(each.options ?? {})) expect(help).toContain(`--${option}`);
  for (const [example] of each.examples ?? []) expect(help.replaceAll(/\s+/g, ' ')).toContain(example.slice(0, 30));
});
