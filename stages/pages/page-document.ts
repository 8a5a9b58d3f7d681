import { html, type Html, trusted } from './html.ts';
import { PAGE_STYLE } from './page-style.ts';

export interface PageParts {
  /** Of the texts. @default 'en' */
  readonly language?: 'en' | 'fr';
  readonly title: string;
  /** Above the heading: what kind of page this is. */
  readonly kicker: string;
  readonly heading: string;
  /** Below the heading, before the list of sections. */
  readonly lead: Html;
  readonly sections: readonly PageSection[];
  readonly footer: Html;
}

export interface PageSection {
  /** For links; lower case letters and dashes. */
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

/** A whole page that needs nothing else: no script, no font, no picture from elsewhere, and a policy that forbids them. */
export function pageDocument({ language = 'en', title, kicker, heading, lead, sections, footer }: PageParts): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${trusted(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${trusted(PAGE_STYLE)}
        </style>
      </head>
      <body>
        <header class="top">
          <p class="kicker">${kicker}</p>
          <h1>${heading}</h1>
          ${lead}
          <nav aria-label="Sections">
            <ul>
              ${sections.map((section) => html`<li><a href="#${section.id}">${section.title}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main>
          ${sections.map(
            (section) =>
              html`<section id="${section.id}" aria-labelledby="${section.id}-title">
                <h2 id="${section.id}-title">${section.title}</h2>
                ${section.body}
              </section> `,
          )}
        </main>
        <footer>${footer}</footer>
      </body>
    </html> `;
  return page.text;
}
