import type { Say } from './language.ts';

const ATTRIBUTES: Readonly<Record<string, readonly [en: string, fr: string]>> = {
  sex: ['Sex', 'Sexe'],
  age: ['Age', 'Âge'],
  loan: ['Kind of loan', 'Type de prêt'],
  'region rating': ['Rating of the region', 'Note de la région'],
};

const GROUPS: Readonly<Record<string, readonly [en: string, fr: string]>> = {
  'sex M': ['men', 'hommes'],
  'sex F': ['women', 'femmes'],
  'loan Cash loans': ['cash loans', 'prêts de trésorerie'],
  'loan Revolving loans': ['revolving loans', 'crédits renouvelables'],
};

/** An attribute and one of its groups in the page's language; those of the data's own stay as they are. */
export function groupName(attribute: string, group: string, say: Say): { readonly attribute: string; readonly group: string } {
  const [en, fr] = ATTRIBUTES[attribute] ?? [attribute, attribute];
  return { attribute: say(en, fr), group: own(attribute, group, say) };
}

function own(attribute: string, group: string, say: Say): string {
  const known = GROUPS[`${attribute} ${group}`];
  if (known !== undefined) return say(known[0], known[1]);
  if (group === 'others') return say('others', 'autres');
  if (group === 'unknown') return say('unknown', 'non renseigné');
  if (attribute !== 'age') return group;
  return say(
    group,
    group
      .replace(' and under', ' ans et moins')
      .replace(' and over', ' ans et plus')
      .replace(/^(\d+) to (\d+)$/, '$1 à $2 ans'),
  );
}
