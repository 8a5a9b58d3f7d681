import type { ReactNode } from 'react';
import { Button, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { Link, useLocation } from 'wouter';
import { BrandMark } from '../parts/brand-mark.tsx';
import type { Language } from '../words/bilingual.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { shellWords } from '../words/shell-words.ts';
import { useSession } from './session.tsx';
import { useMe } from './use-me.ts';

/** What stands around every page: the way past the navigation, the navigation, language, who is signed in. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const words = useWords(shellWords);
  const { client } = useSession();
  return (
    <>
      <Button className="skip button" onPress={() => document.querySelector<HTMLElement>('h1')?.focus()}>
        {words.skip}
      </Button>
      <header className="top">
        <div className="top-in">
          <Link className="brand" href="/applicants">
            <BrandMark />
            {words.product}
          </Link>
          {client !== null && <Navigation />}
          <div className="who">
            {client !== null && <Who />}
            <Languages />
          </div>
        </div>
      </header>
      <main className="main" id="main">
        {children}
      </main>
    </>
  );
}

function Navigation() {
  const words = useWords(shellWords);
  const [location] = useLocation();
  const me = useMe();
  const places = [
    ['/applicants', words.applicants],
    ['/model', words.model],
    ...(me === undefined || me.role === 'officer' ? [] : [['/monitoring', words.monitoring] as const]),
  ] as const;
  return (
    <nav aria-label={words.nav}>
      <ul>
        {places.map(([href, label]) => (
          <li key={href}>
            <Link href={href} aria-current={location.startsWith(href) ? 'page' : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Who() {
  const words = useWords(shellWords);
  const { signOut } = useSession();
  const me = useMe();
  return (
    <>
      {me !== undefined && (
        <span>
          {me.name} · {words.roles[me.role]}
        </span>
      )}
      <Button className="quiet" onPress={signOut}>
        {words.signOut}
      </Button>
    </>
  );
}

function Languages() {
  const words = useWords(shellWords);
  const { language, choose } = useLanguage();
  return (
    <ToggleButtonGroup
      className="languages"
      aria-label={words.language}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[language]}
      onSelectionChange={(keys) => {
        const [chosen] = keys;
        if (chosen === 'en' || chosen === 'fr') choose(chosen satisfies Language);
      }}
    >
      <ToggleButton id="fr" aria-label="Français">
        <span lang="fr">FR</span>
      </ToggleButton>
      <ToggleButton id="en" aria-label="English">
        <span lang="en">EN</span>
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
