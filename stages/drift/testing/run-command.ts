import type { CommandContext } from '../../../pipeline/index.ts';
import { command } from '../command/drift-command.ts';
import { driftSchema, type DriftResult } from '../drift-schema.ts';

export interface CommandEnd {
  readonly code: number;
  readonly said: string;
  readonly result: DriftResult;
}

/** The body of `sluice drift` in this process, with its defaults: what it says, and drift.json as it would print it. */
export async function runCommand(options: Readonly<Record<string, string | true | readonly string[]>>): Promise<CommandEnd> {
  const out: string[] = [];
  const said: string[] = [];
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const context: CommandContext = {
    args: {
      flag: (name) => name === 'json' || options[name] === true,
      text,
      number: (name) => (text(name) === undefined ? undefined : Number(text(name))),
      list: (name) => {
        const value = options[name];
        return Array.isArray(value) ? value.map(String) : [];
      },
    },
    io: { cwd: process.cwd(), out: (line) => out.push(line), say: (line) => said.push(line), signal: new AbortController().signal },
    projectDir: process.cwd(),
    artifactsDir: process.cwd(),
    trackingUri: () => Promise.reject(new Error('no tracking in this test')),
    bundle: () => Promise.reject(new Error('no bundles in this test')),
    artifact: () => Promise.reject(new Error('no store in this test')),
  };
  const code = await command(context);
  return { code, said: said.join(''), result: driftSchema.parse(JSON.parse(out.join(''))) };
}
