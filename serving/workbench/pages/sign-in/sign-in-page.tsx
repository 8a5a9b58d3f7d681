import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { Button, FieldError, Form, Input, Label, Text, TextField } from 'react-aria-components';
import { useLocation } from 'wouter';
import { clientOf } from '../../api/client.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { useSession } from '../../app/session.tsx';
import { Failure } from '../../parts/answer.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { useWords } from '../../words/language.tsx';
import { signInWords } from './sign-in-words.ts';

/** @param given the key of the link that `sluice serve` prints, tried at once and taken out of the address */
export function SignInPage({ given }: { readonly given: string | null }) {
  const words = useWords(signInWords);
  const { signIn } = useSession();
  const [location, navigate] = useLocation();
  const attempt = useMutation({
    mutationFn: (key: string) => clientOf(key).me(),
    onSuccess: (_, key) => {
      signIn(key);
      if (location.startsWith('/sign-in')) navigate('/applicants', { replace: true });
    },
  });
  const { mutate, reset } = attempt;
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    if (given === null) return;
    navigate('/sign-in', { replace: true });
    mutate(given);
  }, [given, mutate, navigate]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (typed.trim() === '') setMissing(true);
    else mutate(typed.trim());
  };
  const unknown = attempt.error instanceof ProblemError && (attempt.error.status === 401 || attempt.error.status === 403);
  return (
    <div className="sign-in panel">
      <PageTitle title={words.title} />
      <p className="soft">{words.lead}</p>
      <Form className="stack" onSubmit={submit} validationBehavior="aria">
        <TextField
          className="field"
          type="password"
          autoComplete="off"
          isRequired
          isInvalid={unknown || missing}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            setMissing(false);
            reset();
          }}
        >
          <Label>{words.key}</Label>
          <Input />
          <Text slot="description" className="help">
            {words.help}
          </Text>
          <FieldError className="error">{unknown ? words.wrong : words.needed}</FieldError>
        </TextField>
        <Button type="submit" className="button primary" isPending={attempt.isPending}>
          {words.enter}
        </Button>
      </Form>
      {attempt.isError && !unknown && <Failure error={attempt.error} title={words.failed} />}
    </div>
  );
}
