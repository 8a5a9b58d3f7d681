import { relative } from 'node:path';
import type { Paint } from '../util/paint.ts';
import type { SerializedError, SourceLocation } from './sluice-error.ts';

export interface RenderErrorOptions {
  readonly paint: Paint;
  /** Files are shown relative to it. */
  readonly cwd: string;
  /** Show the stack: for failures of a stage's body and of Sluice itself. */
  readonly stack?: boolean;
}

/** An error for people, several lines: code and message, place, line with squiggle, hint; then what else was found. */
export function renderError(error: SerializedError, options: RenderErrorOptions): string {
  const { paint } = options;
  const head = `${paint.red(`✖ ${error.code}`)}${error.stage === undefined ? '' : ` ${paint.bold(error.stage)}:`} ${error.message}`;
  const lines = [head, ...place(error.at, options), ...(error.hint === undefined ? [] : [`  ${paint.cyan('→')} ${indent(error.hint)}`])];
  if (options.stack === true && error.stack !== undefined) lines.push(paint.dim(stackFrames(error.stack)));
  const others = Array.isArray(error.data?.['others']) ? error.data['others'].filter(isSerializedError) : [];
  return [lines.filter((line) => line !== '').join('\n'), ...others.map((other) => renderError(other, options))].join('\n');
}

/** `configs/x.yaml:12:5`, as editors and terminals make it a link. */
export function renderPlace(at: SourceLocation, cwd: string): string {
  const shown = relative(cwd, at.file);
  const file = at.line === undefined || shown.startsWith('..') ? at.file : shown;
  return [file, at.line, at.line === undefined ? undefined : at.column].filter((part) => part !== undefined).join(':');
}

function place(at: SourceLocation | undefined, { paint, cwd }: RenderErrorOptions): readonly string[] {
  if (at === undefined) return [];
  const where = `  ${paint.dim('at')} ${renderPlace(at, cwd)}`;
  if (at.text === undefined) return [where];
  const gutter = at.line === undefined ? '' : String(at.line);
  const pad = ' '.repeat(gutter.length);
  const text = at.text.replaceAll('\t', ' ');
  const squiggle =
    at.column === undefined ? [] : [`  ${paint.dim(`${pad} │`)} ${' '.repeat(at.column - 1)}${paint.red('~'.repeat(at.length ?? 1))}`];
  return [where, `  ${paint.dim(`${gutter} │`)} ${text}`, ...squiggle];
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n    ');
}

function stackFrames(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at |^caused by/.test(line))
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

function isSerializedError(value: unknown): value is SerializedError {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}
