import type { CommandContext } from '../../../pipeline/index.ts';
import { bundleFile } from '../../../pipeline/testing/bundle-file.ts';
import { command } from '../command/drift-command.ts';
import { driftSchema, type DriftResult } from '../drift-schema.ts';

export interface CommandEnd {
  readonly code: number;
  readonly said: string;
  readonly result: DriftResult;
}

type Options = Readonly<Record<string, string | true | readonly string[]>>;

/** The body of `sluice drift` in this process, with its defaults: what it says, and drift.json as it would print it. */
export async function runCommand(options: Options): Promise<CommandEnd> {
  const out: string[] = [];
  const said: string[] = [];
  const code = await command(commandContext(options, { out: (line) => out.push(line), say: (line) => said.push(line) }));
  return { code, said: said.join(''), result: driftSchema.parse(JSON.parse(out.join(''))) };
}

/** What the command gets of a command line with these options and `--json`. */
export function commandContext(options: Options, io: Partial<CommandContext['io']> = {}): CommandContext {
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    args: {
      flag: (name) => name === 'json' || options[name] === true,
      text,
      number: (name) => (text(name) === undefined ? undefined : Number(text(name))),
      list: (name) => {
        const value = options[name];
        return Array.isArray(value) ? value.map(String) : [];
      },
    },
    io: { cwd: process.cwd(), out: () => {}, say: () => {}, signal: new AbortController().signal, ...io },
    projectDir: process.cwd(),
    artifactsDir: process.cwd(),
    trackingUri: () => Promise.reject(new Error('no tracking in this test')),
    bundle: bundleFile,
    artifact: () => Promise.reject(new Error('no store in this test')),
  };
}
