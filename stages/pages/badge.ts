import { html, type Html } from './html.ts';

export type Tone = 'ok' | 'watch' | 'act' | 'none';

/** A word on a tint: the word alone carries the meaning. */
export function badge(tone: Tone, word: string): Html {
  return html`<span class="badge ${tone}">${word}</span>`;
}
