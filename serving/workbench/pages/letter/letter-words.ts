import { bilingual } from '../../words/bilingual.ts';

/** Words around the letter, for the officer. */
export const letterPageWords = bilingual(
  {
    title: (id: number) => `Letter to applicant ${id}`,
    back: 'Back to the case',
    language: 'Language of the letter',
    languages: { en: 'English', fr: 'French' },
    lender: 'Name and address of the lender',
    contact: 'Whom to write to for a review',
    kept: 'Kept in this browser for the next letter.',
    print: 'Print',
    granted: 'The model proposes to grant this loan and no refusal is recorded: there is nothing to write.',
    grantedByOfficer: 'The recorded decision is to grant the loan: there is no refusal to write.',
    unrecorded: 'No decision is recorded for this applicant yet. Record it in the case before you send the letter.',
  },
  {
    title: (id: number) => `Lettre au demandeur ${id}`,
    back: 'Retour au dossier',
    language: 'Langue de la lettre',
    languages: { en: 'Anglais', fr: 'Français' },
    lender: 'Nom et adresse du prêteur',
    contact: 'À qui écrire pour un réexamen',
    kept: 'Conservé dans ce navigateur pour la prochaine lettre.',
    print: 'Imprimer',
    granted: 'Le modèle propose d’accorder ce prêt et aucun refus n’est enregistré : il n’y a rien à écrire.',
    grantedByOfficer: 'La décision enregistrée est d’accorder le prêt : il n’y a pas de refus à écrire.',
    unrecorded: 'Aucune décision n’est encore enregistrée pour ce demandeur. Enregistrez-la dans le dossier avant d’envoyer la lettre.',
  },
);

/** The letter itself: plain words, specific reasons, no probability, no jargon. */
export const letterWords = bilingual(
  {
    lender: '[Name and address of the lender]',
    contact: '[postal or e-mail address of the lender]',
    reference: (id: number) => `Our reference: ${id}`,
    subject: 'Your application for a loan',
    dear: 'Dear Sir or Madam,',
    refused: (contract: string, amount: string) =>
      `You applied to us for a ${contract} of ${amount}. We have examined your application and are sorry to tell you that we cannot grant it.`,
    contracts: { 'Cash loans': 'cash loan', 'Revolving loans': 'revolving credit' },
    loan: 'loan',
    reasons: (count: number): string =>
      count === 1
        ? 'The principal reason for this decision is:'
        : 'The principal reasons for this decision, the most important first, are:',
    noReasons: 'The principal reasons will be given to you on request by the person named below.',
    howTitle: 'How the decision was made',
    how: 'We used a statistical model that compares your application with those of earlier customers and estimates the risk that the loan is not repaid. The data come from your application form, from your history with us and from other institutions. Your sex and your age are not among the reasons. A member of our staff looked at the result before deciding.',
    otherTitle: 'What could have led to another decision',
    rightsTitle: 'Your rights',
    review: 'You may ask that a person reviews this decision, give your point of view and contest it.',
    access: 'You may ask which data about you were used and have wrong data corrected.',
    complain: 'You may complain to the supervisory authority for data protection.',
    write: (contact: string) => `To do so, write to: ${contact}. Quote the reference above. This costs you nothing.`,
    end: 'Yours faithfully,',
    sign: 'The lending department',
  },
  {
    lender: '[Nom et adresse du prêteur]',
    contact: '[adresse postale ou électronique du prêteur]',
    reference: (id: number) => `Notre référence : ${id}`,
    subject: 'Votre demande de prêt',
    dear: 'Madame, Monsieur,',
    refused: (contract: string, amount: string) =>
      `Vous nous avez demandé un ${contract} de ${amount}. Nous avons étudié votre demande et sommes au regret de vous informer que nous ne pouvons pas l’accorder.`,
    contracts: { 'Cash loans': 'prêt personnel', 'Revolving loans': 'crédit renouvelable' },
    loan: 'prêt',
    reasons: (count: number) =>
      count === 1
        ? 'Le principal motif de cette décision est le suivant :'
        : 'Les principaux motifs de cette décision, du plus important au moins important, sont les suivants :',
    noReasons: 'Les principaux motifs vous seront communiqués sur demande par la personne indiquée ci-dessous.',
    howTitle: 'Comment la décision a été prise',
    how: 'Nous avons utilisé un modèle statistique qui compare votre demande à celles de clients précédents et estime le risque que le prêt ne soit pas remboursé. Les données proviennent de votre formulaire, de votre historique chez nous et d’autres organismes. Votre sexe et votre âge ne font pas partie des motifs. Un membre de notre personnel a examiné le résultat avant de décider.',
    otherTitle: 'Ce qui aurait pu conduire à une autre décision',
    rightsTitle: 'Vos droits',
    review: 'Vous pouvez demander qu’une personne réexamine cette décision, donner votre point de vue et la contester.',
    access: 'Vous pouvez demander quelles données vous concernant ont été utilisées et faire corriger celles qui sont inexactes.',
    complain: 'Vous pouvez adresser une réclamation à l’autorité de contrôle de la protection des données.',
    write: (contact: string) => `Pour cela, écrivez à : ${contact}. Rappelez la référence ci-dessus. Cette démarche est gratuite.`,
    end: 'Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées.',
    sign: 'Le service des prêts',
  },
);
