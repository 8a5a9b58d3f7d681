import { answerOnce } from './answer-once.ts';
import { answerLikeness } from './likeness.ts';

await answerOnce(answerLikeness);
