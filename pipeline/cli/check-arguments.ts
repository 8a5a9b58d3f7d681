import { didYouMean } from '../errors/close-match.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import type { Command, OptionSpec } from './command.ts';

const GLOBAL: Readonly<Record<string, OptionSpec>> = {
  help: { type: 'boolean', alias: 'h', describe: 'show help' },
  version: { type: 'boolean', describe: 'show the version' },
};

/**
 * Finds a mistyped option before the parser meets it, so that the complaint names the nearest one.
 * @throws SluiceError USAGE
 */
export function checkArguments(command: Command, args: readonly string[]): void {
  const options = { ...GLOBAL, ...command.options };
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--') return;
    const option = arg.startsWith('--')
      ? longOption(command, options, arg)
      : /^-[^-\d]/.test(arg)
        ? shortOption(command, options, arg)
        : null;
    if (option === null || option.spec.type === 'boolean' || option.attached || option.spec.valueOptional === true) continue;
    index += 1;
    const value = args[index];
    if (value === undefined || (value.startsWith('-') && value !== '-' && option.spec.type !== 'number')) {
      throw new SluiceError('USAGE', `option ${arg} needs a value${option.spec.value === undefined ? '' : `: ${option.spec.value}`}`, {
        hint: helpHint(command),
      });
    }
  }
}

interface Found {
  readonly spec: OptionSpec;
  readonly attached: boolean;
}

function longOption(command: Command, options: Readonly<Record<string, OptionSpec>>, arg: string): Found {
  const [name = '', value] = arg.slice(2).split(/=(.*)/s);
  const spec = options[name];
  if (spec !== undefined) {
    if (spec.type === 'boolean' && value !== undefined && !/^(true|false)$/.test(value))
      throw new SluiceError('USAGE', `option --${name} takes no value, but has "${value}"`, { hint: helpHint(command) });
    return { spec, attached: value !== undefined };
  }
  throw new SluiceError(
    'USAGE',
    `"${command.name}" has no option --${name}.${didYouMean(
      `--${name}`,
      Object.keys(options).map((key) => `--${key}`),
    )}`,
    { hint: helpHint(command) },
  );
}

function shortOption(command: Command, options: Readonly<Record<string, OptionSpec>>, arg: string): Found | null {
  const byAlias = new Map(Object.values(options).flatMap((spec) => (spec.alias === undefined ? [] : [[spec.alias, spec] as const])));
  for (const [index, letter] of arg.slice(1).split('').entries()) {
    const spec = byAlias.get(letter);
    if (spec === undefined) {
      const known = [...byAlias.keys()].map((alias) => `-${alias}`).join(', ');
      throw new SluiceError('USAGE', `"${command.name}" has no option -${letter}. It has ${known}`, { hint: helpHint(command) });
    }
    if (spec.type !== 'boolean') return { spec, attached: index < arg.length - 2 };
  }
  return null;
}

export function helpHint(command: Command): string {
  return `See: sluice ${command.name} --help`;
}
