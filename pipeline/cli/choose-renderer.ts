import { join } from 'node:path';
import { fanOut, type Renderer } from '../events/renderer.ts';
import type { CliIo } from './cli-io.ts';

export interface RendererChoice {
  readonly json: boolean;
  readonly artifactsDir: string;
}

/** What shows a run: JSON lines, a live terminal, or plain lines; GitHub Actions gets its annotations; the run's log file always. */
export async function chooseRenderer(io: CliIo, { json, artifactsDir }: RendererChoice): Promise<Renderer> {
  const { logFile } = await import('../events/log-file.ts');
  const renderers = [await showEvents(io, json), logFile(join(artifactsDir, 'runs'))];
  if (io.env['GITHUB_ACTIONS'] === 'true' && !json) {
    const { renderCi } = await import('../events/render-ci.ts');
    renderers.push(renderCi({ write: io.say, cwd: io.cwd }));
  }
  const close = async (): Promise<void> => {
    for (const renderer of renderers) await renderer.close();
  };
  return { sink: fanOut(renderers.map((renderer) => renderer.sink)), close };
}

/** JSON lines on standard output, or words on standard error. */
export async function showEvents(io: CliIo, json: boolean): Promise<Renderer> {
  return json ? (await import('../events/render-json.ts')).renderJson(io.out) : forPeople(io);
}

async function forPeople(io: CliIo): Promise<Renderer> {
  const options = { write: io.say, paint: io.paint, cwd: io.cwd };
  if (!io.interactive) return (await import('../events/render-lines.ts')).renderLines(options);
  return (await import('../events/render-terminal.ts')).renderTerminal({ ...options, columns: io.columns, now: () => Date.now() });
}
