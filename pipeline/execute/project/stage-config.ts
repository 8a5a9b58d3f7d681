import type { Stage } from '../../graph/stage.ts';
import type { ConfigValues } from './workspace.ts';

type Section = Readonly<Record<string, unknown>>;

/** All of the config that a stage's body can see: `params.<stage>` and its sections. */
export interface StageConfig {
  readonly params: Section;
  readonly config: Readonly<Record<string, Section>>;
}

export function stageConfig(config: ConfigValues, stage: Stage): StageConfig {
  return {
    params: sectionOf(sectionOf(config, 'params'), stage.name),
    config: Object.fromEntries(Object.keys(stage.sections).map((name) => [name, sectionOf(config, name)])),
  };
}

function sectionOf(value: Section, key: string): Section {
  const found = Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof found === 'object' && found !== null ? (found as Section) : {};
}
