import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button, FieldError, Form, Label, Radio, RadioGroup, Text, TextArea, TextField } from 'react-aria-components';
import { REASON_LENGTH } from '../../../../api/schemas/decisions.ts';
import { applicantQueries } from '../../../api/applicant-queries.ts';
import { newKey } from '../../../api/new-key.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import { useClient } from '../../../app/session.tsx';
import { Failure } from '../../../parts/answer.tsx';
import { useWords } from '../../../words/language.tsx';
import { useFormat } from '../../../words/use-format.ts';
import type { Score } from '../explain-answer.ts';
import { recordWords } from './record-words.ts';

type Word = Score['decision'];

export function DecisionForm({ id, score }: { readonly id: number; readonly score: Score }) {
  const words = useWords(recordWords);
  const client = useClient();
  const queries = useQueryClient();
  const [decision, setDecision] = useState<Word | null>(null);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  // Of what is recorded by this form next: pressed again after an answer that was lost, the button records nothing twice.
  const [key, setKey] = useState(newKey);
  const overrides = decision !== null && decision !== score.decision;
  const short = reason.trim().length < REASON_LENGTH.least && (overrides || reason.trim() !== '');
  const record = useMutation({
    mutationFn: (word: Word) =>
      client.decide(
        {
          id,
          decision: word,
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
          seen: { sha256: score.model.sha256, featureDigest: score.featureDigest },
        },
        key,
      ),
    onSuccess: () => {
      setReason('');
      setTried(false);
    },
    onSettled: async (_data, error) => {
      if (error !== null && !isRecorded(error)) return;
      setKey(newKey());
      await queries.invalidateQueries({ queryKey: applicantQueries(client, id).decisions.queryKey });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (decision !== null && !short) record.mutate(decision);
  };
  return (
    <Form className="stack" onSubmit={submit} validationBehavior="aria">
      <Decisions proposed={score.decision} decision={decision} choose={setDecision} missing={tried && decision === null} />
      <TextField
        className="field"
        value={reason}
        onChange={setReason}
        isRequired={overrides}
        isInvalid={tried && short}
        maxLength={REASON_LENGTH.most}
      >
        <Label>{overrides ? words.reasonNeeded : words.remark}</Label>
        <TextArea />
        <Text slot="description" className="help">
          {words.reasonHelp}
        </Text>
        <FieldError className="error">{words.tooShort}</FieldError>
      </TextField>
      <div>
        <Button type="submit" className="button primary" isPending={record.isPending}>
          {words.record}
        </Button>
      </div>
      <Told record={record} id={id} />
    </Form>
  );
}

/** An answer was lost, and what was then recorded is not what the form says now. */
function isRecorded(error: Error): boolean {
  return error instanceof ProblemError && error.problem?.code === 'IDEMPOTENCY_KEY_REUSED';
}

/** By the server, before anything was recorded. Whatever else went wrong, it may have gone wrong afterwards. */
function isRefused(error: Error): boolean {
  return error instanceof ProblemError && error.status >= 400 && error.status < 500;
}

interface DecisionsProps {
  readonly proposed: Word;
  readonly decision: Word | null;
  readonly choose: (word: Word) => void;
  readonly missing: boolean;
}

function Decisions({ proposed, decision, choose, missing }: DecisionsProps) {
  const words = useWords(recordWords);
  return (
    <RadioGroup
      className="field"
      value={decision}
      isInvalid={missing}
      onChange={(value) => {
        if (value === 'grant' || value === 'refuse') choose(value);
      }}
    >
      <Label>{words.choose}</Label>
      <div className="radios">
        {(['grant', 'refuse'] as const).map((word) => (
          <Radio className="radio" value={word} key={word}>
            <span>
              {words.options[word]}
              {word === proposed && <span className="note"> ({words.proposed})</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldError className="error">{words.pick}</FieldError>
    </RadioGroup>
  );
}

interface ToldProps {
  readonly record: Pick<
    ReturnType<typeof useMutation<Awaited<ReturnType<ReturnType<typeof useClient>['decide']>>, Error, Word>>,
    'data' | 'error'
  >;
  readonly id: number;
}

/** What became of it. A case that changed meanwhile is to be read again, not recorded on trust. */
function Told({ record: { data, error }, id }: ToldProps) {
  const words = useWords(recordWords);
  const format = useFormat();
  const queries = useQueryClient();
  const { explain } = applicantQueries(useClient(), id);
  const changed = error instanceof ProblemError && error.problem?.code === 'STALE_SCORE';
  return (
    <div role="status">
      {data !== undefined && (
        <p className="notice grant">{words.recorded({ number: format.amount(data.id), when: format.moment(new Date(data.time)) })}</p>
      )}
      {changed && (
        <div className="notice refuse">
          <div>
            <p>{words.changed}</p>
            <Button className="button" onPress={() => void queries.invalidateQueries({ queryKey: explain.queryKey })}>
              {words.reload}
            </Button>
          </div>
        </div>
      )}
      {error !== null &&
        !changed &&
        (isRefused(error) ? (
          <Failure error={error} title={words.refused} />
        ) : (
          <Failure error={error} title={words.unsure} advice={words.again} />
        ))}
    </div>
  );
}
