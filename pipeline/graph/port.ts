import type { ArtifactSpec } from './artifact.ts';

/** One output of one stage: what an edge of the graph starts from. */
export interface Port<TSpec extends ArtifactSpec = ArtifactSpec> {
  readonly type: 'port';
  readonly stage: string;
  readonly name: string;
  readonly spec: TSpec;
}

/**
 * An input that does not block: when the stage behind it failed, was rejected or was blocked, the body gets `null`.
 * A gate's verdict read through `advisory` informs without holding back.
 */
export interface AdvisoryPort<TSpec extends ArtifactSpec = ArtifactSpec> {
  readonly type: 'advisory';
  readonly port: Port<TSpec>;
}

/** Files outside the graph, keyed by their content. `locate` reads the config; null means the source is not in use. */
export interface FolderSource {
  readonly type: 'folder';
  readonly locate: (config: Readonly<Record<string, unknown>>) => string | null;
  /** Which files count: tested against the file name. */
  readonly include: (fileName: string) => boolean;
  /** For messages: which config key names the folder. */
  readonly key: string;
}

export type StageInput = Port | AdvisoryPort | FolderSource;
export type InputMap = Readonly<Record<string, StageInput>>;

export function advisory<TSpec extends ArtifactSpec>(port: Port<TSpec>): AdvisoryPort<TSpec> {
  return { type: 'advisory', port };
}

export function folderSource(source: Omit<FolderSource, 'type'>): FolderSource {
  return { type: 'folder', ...source };
}
