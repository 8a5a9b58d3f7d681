import { relative } from 'node:path';
import type { SerializedError } from '../errors/sluice-error.ts';
import type { SluiceEvent } from './event.ts';
import { ruleText } from './event-text.ts';
import type { Renderer } from './renderer.ts';

export interface RenderCiOptions {
  readonly write: (text: string) => void;
  readonly cwd: string;
}

/** Workflow commands of GitHub Actions beside the plain lines: errors and warnings stand at their file and line. */
export function renderCi(options: RenderCiOptions): Renderer {
  const sink = (event: SluiceEvent): void => {
    if (event.type === 'stage.finished' && event.outcome === 'failed' && event.error !== undefined)
      options.write(annotation('error', event.error, options.cwd));
    if (event.type === 'error') options.write(annotation('error', event.error, options.cwd));
    if (event.type === 'warning') options.write(`::warning title=${property(event.code)}::${escape(event.message)}\n`);
    if (event.type === 'stage.log' && event.level === 'warn')
      options.write(`::warning title=${property(event.stage)}::${escape(event.message)}\n`);
    if (event.type === 'gate.verdict' && event.verdict === 'rejected') {
      const failed = event.rules.filter((rule) => !rule.passed).map(ruleText);
      options.write(`::error title=${property(`${event.stage} rejected`)}::${escape(failed.join('\n'))}\n`);
    }
  };
  return { sink, close: async () => {} };
}

function annotation(level: 'error', { code, message, hint, at }: SerializedError, cwd: string): string {
  const place = at?.line === undefined ? '' : `file=${property(relative(cwd, at.file))},line=${at.line},col=${at.column ?? 1},`;
  return `::${level} ${place}title=${property(code)}::${escape(hint === undefined ? message : `${message}\n${hint}`)}\n`;
}

function escape(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escape(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
