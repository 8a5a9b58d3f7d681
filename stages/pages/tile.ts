import { html, type Html } from './html.ts';

export interface Tile {
  readonly label: string;
  readonly value: string;
  /** Interval, comparison or unit, smaller. */
  readonly note?: string;
  /** A small drawing under them. */
  readonly figure?: Html;
}

/** Headline numbers as a description list. */
export function tiles(list: readonly Tile[]): Html {
  return html`<dl class="tiles">
    ${list.map(
      ({ label, value, note, figure }) =>
        html`<div class="tile">
          <dt>${label}</dt>
          <dd class="big">${value}</dd>
          ${note === undefined ? null : html`<dd class="sub">${note}</dd>`} ${figure === undefined ? null : html`<dd>${figure}</dd>`}
        </div>`,
    )}
  </dl>`;
}
