import { Redirect, Route, Switch } from 'wouter';
import { ApplicantsPage } from '../pages/applicants/applicants-page.tsx';
import { CasePage } from '../pages/case/case-page.tsx';
import { LetterPage } from '../pages/letter/letter-page.tsx';
import { ModelPage } from '../pages/model/model-page.tsx';
import { MonitoringPage } from '../pages/monitoring/monitoring-page.tsx';
import { SignInPage } from '../pages/sign-in/sign-in-page.tsx';
import { NotFound } from './not-found.tsx';
import { useSession } from './session.tsx';
import { Shell } from './shell.tsx';

export function Routes() {
  const { client } = useSession();
  return (
    <Shell>
      <Switch>
        <Route path="/sign-in/:key?">{({ key }) => <SignInPage given={key ?? null} />}</Route>
        {client === null && <Route>{() => <SignInPage given={null} />}</Route>}
        <Route path="/">
          <Redirect to="/applicants" replace />
        </Route>
        <Route path="/applicants">
          <ApplicantsPage />
        </Route>
        <Route path="/applicants/:id">{({ id }) => <CasePage id={Number(id)} key={id} />}</Route>
        <Route path="/applicants/:id/letter">{({ id }) => <LetterPage id={Number(id)} key={id} />}</Route>
        <Route path="/model">
          <ModelPage />
        </Route>
        <Route path="/monitoring">
          <MonitoringPage />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Shell>
  );
}
