import { type Row, rows } from './row.ts';

const scores: readonly Row[] = [
  ['ext_1', 'EXT_SOURCE_1', 'External score 1', 'Score externe 1', '-'],
  ['ext_2', 'EXT_SOURCE_2', 'External score 2', 'Score externe 2', '-'],
  ['ext_3', 'EXT_SOURCE_3', 'External score 3', 'Score externe 3', '-'],
  ['ext_mean', 'mean of the scores known', 'External scores: mean', 'Scores externes : moyenne', '-'],
  ['ext_min', 'smallest of the scores known', 'External scores: lowest', 'Scores externes : le plus bas', '-'],
  ['ext_max', 'largest of the scores known', 'External scores: highest', 'Scores externes : le plus haut', '-'],
  ['ext_std', 'sample standard deviation of the scores known', 'External scores: how far they differ', 'Scores externes : écart-type', '?'],
  ['ext_prod', 'product of all three scores', 'External scores: product of the three', 'Scores externes : produit des trois', '-'],
  [
    'ext_weighted',
    '(2 s1 + s2 + 3 s3) / weights of the scores known',
    'External scores: weighted mean',
    'Scores externes : moyenne pondérée',
    '-',
  ],
  ['ext_null_count', 'scores not known, 0 to 3', 'External scores missing', 'Scores externes absents', '+'],
  ['ext_12_prod', 's1 · s2', 'External scores 1 and 2: product', 'Scores externes 1 et 2 : produit', '-'],
  ['ext_23_prod', 's2 · s3', 'External scores 2 and 3: product', 'Scores externes 2 et 3 : produit', '-'],
  ['ext_23_diff', 's2 − s3', 'External scores 2 and 3: difference', 'Scores externes 2 et 3 : différence', '?'],
];

const loan: readonly Row[] = [
  ['loan_revolving', 'NAME_CONTRACT_TYPE is Revolving loans', 'The loan is a revolving credit', 'Le prêt est un crédit renouvelable', '?'],
  ['loan_credit', 'AMT_CREDIT', 'Amount of the loan', 'Montant du prêt', '?'],
  ['loan_annuity', 'AMT_ANNUITY', 'Instalment of the loan', 'Mensualité du prêt', '?'],
  ['loan_goods', 'AMT_GOODS_PRICE', 'Price of the goods financed', 'Prix du bien financé', '?'],
  ['loan_term_months', 'AMT_CREDIT / AMT_ANNUITY', 'Amount of the loan in instalments', 'Montant du prêt en mensualités', '?'],
  ['loan_credit_to_goods', 'AMT_CREDIT / AMT_GOODS_PRICE', 'Loan to price of the goods', 'Prêt rapporté au prix du bien', '+'],
  ['loan_credit_minus_goods', 'AMT_CREDIT − AMT_GOODS_PRICE', 'Loan beyond the price of the goods', 'Prêt au-delà du prix du bien', '+'],
  ['annuity_to_income', 'AMT_ANNUITY / AMT_INCOME_TOTAL', 'Instalment to yearly income', 'Mensualité rapportée au revenu annuel', '+'],
  ['credit_to_income', 'AMT_CREDIT / AMT_INCOME_TOTAL', 'Loan to yearly income', 'Prêt rapporté au revenu annuel', '?'],
];

const income: readonly Row[] = [
  ['income', 'AMT_INCOME_TOTAL', 'Yearly income', 'Revenu annuel', '-'],
  ['income_per_person', 'AMT_INCOME_TOTAL / CNT_FAM_MEMBERS', 'Income for each person at home', 'Revenu par personne du foyer', '-'],
];

const form: readonly Row[] = [
  ['document_3', 'FLAG_DOCUMENT_3', 'Document 3 handed in', 'Document 3 fourni', '?'],
  ['document_count', 'sum of FLAG_DOCUMENT_2 to 21', 'Documents handed in', 'Documents fournis', '?'],
  [
    'application_null_count',
    'missing values among the 120 columns',
    'Fields of the form left empty',
    'Champs du formulaire non remplis',
    '+',
  ],
  ['apply_hour', 'HOUR_APPR_PROCESS_START', 'Hour of the application', 'Heure de la demande', '?'],
];

/** What is asked for and what it rests on. */
export const applicationLoan = [
  ...rows({ table: 'application_train', concept: 'external scores' }, scores),
  ...rows({ table: 'application_train', concept: 'loan asked for', changeable: true }, loan),
  ...rows({ table: 'application_train', concept: 'income' }, income),
  ...rows({ table: 'application_train', concept: 'application form' }, form),
];
