import type { Paint } from '../util/paint.ts';
import type { Command } from './command.ts';

/** What `sluice --help` prints. */
export function topHelp(commands: readonly Command[], own: readonly Command[], paint: Paint): string {
  const width = Math.max(...[...commands, ...own].map(({ name }) => name.length));
  const line = ({ name, summary }: Command): string => `  ${paint.cyan(name.padEnd(width))}  ${summary}`;
  const lines = commands.map(line);
  if (own.length > 0) lines.push('', 'Commands of this project:', '', ...own.map(line));
  return `sluice: typed stages, versioned artifacts, gates that hold back a bad model

Usage: sluice COMMAND [options]

${lines.join('\n')}

sluice COMMAND --help says more; sluice --version names the version.
Exit codes: 0 done, 1 a stage failed, 2 usage or config, 3 a gate rejected, 4 stale, 5 lock timeout,
6 integrity, 7 MLflow unreachable (results kept: sluice sync), 130/143 interrupted.
`;
}
