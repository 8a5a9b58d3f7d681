import { bilingual } from '../../words/bilingual.ts';

export const applicantsWords = bilingual(
  {
    title: 'Applicants',
    search: 'Applicant number',
    help: 'Type the number, or its first digits.',
    digits: 'An applicant number has digits only.',
    clear: 'Clear the search',
    count: (total: string, search: string) =>
      search === '' ? `${total} applicants in the book` : `${total} applicants whose number begins with ${search}`,
    none: 'No applicant has such a number.',
    number: 'Number',
    contract: 'Contract',
    credit: 'Amount',
    annuity: 'Instalment',
    more: 'Show more',
    list: 'Applicants',
  },
  {
    title: 'Demandeurs',
    search: 'Numéro de demandeur',
    help: 'Saisissez le numéro ou ses premiers chiffres.',
    digits: 'Un numéro de demandeur ne contient que des chiffres.',
    clear: 'Effacer la recherche',
    count: (total: string, search: string) =>
      search === '' ? `${total} demandeurs dans le portefeuille` : `${total} demandeurs dont le numéro commence par ${search}`,
    none: 'Aucun demandeur ne porte ce numéro.',
    number: 'Numéro',
    contract: 'Contrat',
    credit: 'Montant',
    annuity: 'Mensualité',
    more: 'En afficher plus',
    list: 'Demandeurs',
  },
);
