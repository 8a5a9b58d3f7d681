import type { Say } from './language.ts';

/** Labels of a histogram's bars, which drift.json holds in English, in the page's language; levels of the data stay as they are. */
export function labelsIn(labels: readonly string[], type: 'num' | 'cat', say: Say): string[] {
  return labels.map((label, at) => {
    if (at === labels.length - 1) return say(label, label === 'missing' ? 'manquantes' : label);
    if (type === 'cat' && at === labels.length - 2) return say(label, label.replace(/^(\d+) others$/, '$1 autres'));
    if (type === 'cat') return say(label, label === '(empty text)' ? '(texte vide)' : label);
    return say(
      label,
      label
        .replace(/^below /, 'moins de ')
        .replace(/ and above$/, ' et plus')
        .replace(/ to /, ' à ')
        .replaceAll(/(\d)\.(\d)/g, '$1,$2'),
    );
  });
}
