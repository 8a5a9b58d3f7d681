import { type Row, rows } from '../row.ts';

const kinds: readonly (readonly [name: string, of: string, en: string, fr: string])[] = [
  ['channel_offices', 'CHANNEL_TYPE = Credit and cash offices', 'through our offices', 'en agence'],
  ['channel_country', 'CHANNEL_TYPE = Country-wide', 'through country-wide dealers', 'par réseau national'],
  ['channel_stone', 'CHANNEL_TYPE = Stone', 'through stone shops', 'par magasins Stone'],
  ['channel_regional', 'CHANNEL_TYPE = Regional / Local', 'through local dealers', 'par réseau local'],
  ['yield_low_normal', 'NAME_YIELD_GROUP = low_normal', 'at a low rate', 'à taux faible'],
  ['yield_middle', 'NAME_YIELD_GROUP = middle', 'at a middle rate', 'à taux moyen'],
  ['portfolio_pos', 'NAME_PORTFOLIO = POS', 'at the point of sale', 'au point de vente'],
  ['portfolio_cash', 'NAME_PORTFOLIO = Cash', 'of the cash portfolio', 'du portefeuille prêt personnel'],
  ['portfolio_cards', 'NAME_PORTFOLIO = Cards', 'of the card portfolio', 'du portefeuille cartes'],
  ['product_x_sell', 'NAME_PRODUCT_TYPE = x-sell', 'sold to a client we had', 'vendues à un client existant'],
  ['client_new', 'NAME_CLIENT_TYPE = New', 'as a new client', 'en tant que nouveau client'],
  ['industry_electronics', 'NAME_SELLER_INDUSTRY = Consumer electronics', 'for electronics', 'pour de l’électronique'],
  ['industry_connectivity', 'NAME_SELLER_INDUSTRY = Connectivity', 'for phones', 'pour de la téléphonie'],
  ['cash_street_high', 'PRODUCT_COMBINATION = Cash Street: high', 'for street cash at a high rate', 'prêt personnel direct, taux élevé'],
  ['cash_street_low', 'PRODUCT_COMBINATION = Cash Street: low', 'for street cash at a low rate', 'prêt personnel direct, taux faible'],
  [
    'cash_x_sell_high',
    'PRODUCT_COMBINATION = Cash X-Sell: high',
    'for cross-sold cash at a high rate',
    'prêt personnel croisé, taux élevé',
  ],
  ['cash_x_sell_low', 'PRODUCT_COMBINATION = Cash X-Sell: low', 'for cross-sold cash at a low rate', 'prêt personnel croisé, taux faible'],
  [
    'pos_household',
    'PRODUCT_COMBINATION = POS household with interest',
    'for household goods with interest',
    'pour l’équipement, avec intérêts',
  ],
  ['pos_mobile', 'PRODUCT_COMBINATION = POS mobile with interest', 'for phones with interest', 'pour un téléphone, avec intérêts'],
  [
    'pos_industry',
    'PRODUCT_COMBINATION = POS industry with interest',
    'for other goods with interest',
    'pour d’autres biens, avec intérêts',
  ],
  ['card_street', 'PRODUCT_COMBINATION = Card Street', 'for a street card', 'pour une carte directe'],
  ['unused', 'NAME_CONTRACT_STATUS = Unused offer', 'granted and not used', 'accordées et inutilisées'],
  ['reject_limit', 'CODE_REJECT_REASON = LIMIT', 'refused for the limit', 'refusées pour plafond'],
  ['reject_sco', 'CODE_REJECT_REASON = SCO', 'refused for reason SCO', 'refusées pour motif SCO'],
  ['reject_scofr', 'CODE_REJECT_REASON = SCOFR', 'refused for reason SCOFR', 'refusées pour motif SCOFR'],
];

const row = ([name, of, en, fr]: (typeof kinds)[number]): Row => [
  `previous_${name}_share`,
  `share of rows known with ${of}`,
  `Share of applications ${en}`,
  `Part des demandes ${fr}`,
  name.startsWith('reject') || name.endsWith('high') ? '+' : '?',
];

/** Columns of sql/families/previous_shares.sql. */
export const previousShares = rows({ table: 'previous_application', concept: 'earlier applications' }, kinds.map(row));
