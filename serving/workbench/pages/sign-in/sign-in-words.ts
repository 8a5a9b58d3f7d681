import { bilingual } from '../../words/bilingual.ts';

export const signInWords = bilingual(
  {
    title: 'Sign in',
    lead: 'The workbench shows personal data. It opens with the access key that you were given.',
    key: 'Access key',
    help: 'It stays in this tab and is forgotten when you close it.',
    needed: 'Enter your access key.',
    wrong: 'The server does not know this key. Check that it was copied whole, or ask whoever runs the service for a new one.',
    enter: 'Sign in',
    failed: 'You could not be signed in',
  },
  {
    title: 'Connexion',
    lead: 'Cet outil affiche des données personnelles. Il s’ouvre avec la clé d’accès qui vous a été remise.',
    key: 'Clé d’accès',
    help: 'Elle reste dans cet onglet et s’efface à sa fermeture.',
    needed: 'Saisissez votre clé d’accès.',
    wrong:
      'Le serveur ne connaît pas cette clé. Vérifiez qu’elle a été copiée en entier ou demandez-en une nouvelle à l’exploitant du service.',
    enter: 'Se connecter',
    failed: 'La connexion n’a pas abouti',
  },
);
