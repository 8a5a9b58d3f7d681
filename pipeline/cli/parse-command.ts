import type { Argv, Options } from 'yargs';
import { didYouMean } from '../errors/close-match.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import { checkArguments, helpHint } from './check-arguments.ts';
import { type Command, CommandArgs, type OptionSpec, type PositionalSpec } from './command.ts';

/** `run [stage..]`. */
export function signature({ name, positionals = [] }: Command): string {
  return [
    name,
    ...positionals.map((spec) => (spec.required === true ? `<${spec.name}>` : `[${spec.name}${spec.many === true ? '..' : ''}]`)),
  ].join(' ');
}

/** yargs for one command: options, positionals, examples. */
export async function commandParser(command: Command): Promise<Argv> {
  const { default: yargs } = await import('yargs');
  const { positionals = [], options = {}, examples = [] } = command;
  const parser = yargs()
    .scriptName('sluice')
    .usage(`$0 ${signature(command)}\n\n${command.summary}${command.details === undefined ? '' : `\n\n${command.details}`}`)
    .locale('en')
    .exitProcess(false)
    .version(false)
    .help(false)
    .wrap(100)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'duplicate-arguments-array': true,
      'parse-positional-numbers': false,
      'greedy-arrays': false,
    });
  for (const spec of positionals) parser.positional(spec.name, positional(spec));
  for (const [name, spec] of Object.entries(options)) parser.option(name, yargsOption(spec));
  parser.option('help', { alias: 'h', type: 'boolean', describe: 'show this help' });
  for (const [example, what] of examples) parser.example(example.replace(/^sluice/, '$0'), what);
  return parser;
}

function positional({ describe, choices }: PositionalSpec): { type: 'string'; describe: string } {
  return { type: 'string', describe: choices === undefined ? describe : `one of ${choices.join(', ')}` };
}

function yargsOption(spec: OptionSpec): Options {
  return {
    type: spec.type,
    describe: spec.value === undefined ? spec.describe : `${spec.describe} (${spec.value})`,
    ...(spec.alias !== undefined && { alias: spec.alias }),
    ...(spec.many === true && { array: true }),
    ...(spec.choices !== undefined && { choices: spec.choices }),
    ...(spec.default !== undefined && { default: spec.default }),
  };
}

/** The help text of a command. */
export async function commandHelp(command: Command): Promise<string> {
  return (await commandParser(command)).getHelp();
}

/**
 * Parses the arguments after the command's name.
 * @returns null when help was asked for
 * @throws SluiceError USAGE
 */
export async function parseCommand(command: Command, args: readonly string[]): Promise<CommandArgs | null> {
  if (args.some((arg, index) => (arg === '--help' || arg === '-h') && !args.slice(0, index).includes('--'))) return null;
  checkArguments(command, args);
  const parser = (await commandParser(command)).fail((message, error) => {
    throw (
      error ??
      new SluiceError(
        'USAGE',
        message
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '')
          .join(' '),
        { hint: helpHint(command) },
      )
    );
  });
  // A bare --force would take the stage after it for its value, and be forgotten where nothing comes after it.
  const isBare = (arg: string): boolean => /^--[^=]+=?$/.test(arg) && command.options?.[bareName(arg)]?.valueOptional === true;
  const parsed = await parser.parseAsync(args.filter((arg) => !isBare(arg)));
  const values: Record<string, unknown> = { ...parsed };
  for (const name of args.filter(isBare).map(bareName)) {
    const given: unknown = values[name];
    values[name] = [...(Array.isArray(given) ? given : []), ''];
  }
  checkNumbers(command, values);
  assignPositionals(command, parsed._.map(String), values);
  return new CommandArgs(values);
}

/** `force` of `--force` and `--force=`. */
function bareName(arg: string): string {
  return arg.slice(2).replace(/=$/, '');
}

function checkNumbers(command: Command, values: Readonly<Record<string, unknown>>): void {
  for (const [name, spec] of Object.entries(command.options ?? {})) {
    const value = values[name];
    if (spec.many !== true && Array.isArray(value))
      throw new SluiceError('USAGE', `option --${name} is given ${value.length} times; it may be given once`, { hint: helpHint(command) });
    if (spec.type === 'number' && value !== undefined && !(Number.isInteger(value) && Number(value) >= 1)) {
      throw new SluiceError(
        'USAGE',
        `option --${name} takes a whole number from 1${Number.isNaN(value) ? '' : `, not ${JSON.stringify(value)}`}`,
        {
          hint: helpHint(command),
        },
      );
    }
  }
}

function assignPositionals(command: Command, given: readonly string[], values: Record<string, unknown>): void {
  const rest = [...given];
  for (const spec of command.positionals ?? []) {
    const value = spec.many === true ? rest.splice(0) : rest.shift();
    if (value === undefined && spec.required === true)
      throw new SluiceError('USAGE', `"${command.name}" needs ${spec.name}: ${spec.describe}`, { hint: helpHint(command) });
    if (typeof value === 'string' && spec.choices?.includes(value) === false) {
      throw new SluiceError('USAGE', `"${command.name} ${value}" is not a command.${didYouMean(value, spec.choices)}`, {
        hint: `It is one of: ${spec.choices.map((choice) => `sluice ${command.name} ${choice}`).join(', ')}.`,
      });
    }
    if (value !== undefined) values[spec.name] = value;
  }
  if (rest.length > 0)
    throw new SluiceError('USAGE', `"${command.name}" does not know what to do with "${rest.join(' ')}"`, { hint: helpHint(command) });
}
