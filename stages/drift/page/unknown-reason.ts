import type { DriftResult } from '../drift-schema.ts';
import type { Say } from './language.ts';

const FRENCH: readonly (readonly [en: RegExp, fr: string])[] = [
  [/^neither --score nor --model was given$/, 'ni --score ni --model n’a été donné'],
  [/^the files hold a score, not a model$/, 'les fichiers contiennent un score, non un modèle'],
  [/^the policy names no threshold$/, 'la politique ne donne pas de seuil'],
  [/^(.*) has no column "(.*)" of outcomes$/s, '$1 n’a pas de colonne « $2 » de remboursements'],
  [/^(.*) has too few outcomes, or all alike$/s, '$1 a trop peu d’issues connues, ou toutes pareilles'],
  [/^too few outcomes, or all alike$/, 'trop peu d’issues connues, ou toutes pareilles'],
  [/^no outcome is known in column "(.*)" of (.*)$/s, 'aucune issue connue dans la colonne « $1 » de $2'],
  [
    /^no oof\.parquet lies beside the model, so nobody knows which rows it was fitted to$/,
    'sans oof.parquet à côté du modèle, nul ne sait sur quelles lignes il a été ajusté',
  ],
  [/^(.*) has no column (.*), which the model needs$/s, '$1 n’a pas la colonne $2, dont le modèle a besoin'],
  [/^(.*) has no number in column (.*)$/s, '$1 n’a pas de nombre dans la colonne $2'],
  [/^one of the two parts has no rows$/, 'une des deux parties n’a aucune ligne'],
  [/^one of the two parts has too few rows$/, 'une des deux parties a trop peu de lignes'],
  [/^left out by --columns-only$/, 'omis par --columns-only'],
  [/^no column is compared$/, 'aucune colonne n’est comparée'],
  [/^the model has no exact contributions$/, 'le modèle n’a pas de contributions exactes'],
  [/^the profile holds no scores$/, 'le profil ne contient pas de scores'],
  [/^the profile holds no groups$/, 'le profil ne contient pas de groupes'],
  [/^no column groups the applicants$/, 'aucune colonne ne groupe les demandeurs'],
  [/^the profile holds no contributions of this model$/, 'le profil ne contient pas de contributions de ce modèle'],
  [/^the profile holds no outcomes$/, 'le profil ne contient pas d’issues'],
  [/^a profile holds no rows to (.*)$/, 'un profil ne contient pas de lignes'],
];

/** ": why it is not known", or nothing. */
export function unknownReason({ unknown }: Pick<DriftResult, 'unknown'>, what: string, say: Say): string {
  const reason = unknown?.[what] ?? '';
  if (reason === '') return '';
  const known = FRENCH.find(([en]) => en.test(reason));
  return say(`: ${reason}`, ` : ${known === undefined ? reason : reason.replace(known[0], known[1])}`);
}
