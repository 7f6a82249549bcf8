import {
  documented,
  event,
  identifier,
  int,
  nullable,
  ruled,
  string,
  type Schema,
  type TypeOf,
} from '../avro/schema.ts'
import { notNegative, oneOf } from '../rules.ts'
import { topic } from '../topic.ts'

/** Acts of people on a case. */
export const caseActKinds = ['assign', 'release', 'answer', 'decide', 'close', 'reopen', 'comment'] as const
export type CaseActKind = (typeof caseActKinds)[number]

/** Possible results of a review. */
export const decisions = ['confirmed', 'harmless', 'dismissed'] as const
export type Decision = (typeof decisions)[number]

/** Claims about a visit. */
export const claims = ['false', 'invalid'] as const
export type Claim = (typeof claims)[number]

export const NOTE_LENGTH_MAX = 4_000

const person: Schema<string> = ruled(
  '1 to 200 characters, not all of them blank',
  string,
  (name) => name.trim() !== '' && name.length <= 200,
  { minLength: 1, maxLength: 200, pattern: '\\S' },
)

export const CaseAct = event('CaseAct', 'What a person did with a case. Event time is when.', {
  visitId: documented('The visit, whose case has no other name.', identifier),
  customerId: documented("The visit's customer.", identifier),
  revision: documented('Of the case as the person saw it; at another one the act is refused.', notNegative(int)),
  kind: oneOf(caseActKinds),
  by: documented('Who did it.', person),
  to: documented('assign: the reviewer.', nullable(person)),
  decision: documented(
    'decide: confirmed; harmless, it is true and nothing is wrong about it; dismissed, it is not true.',
    nullable(oneOf(decisions)),
  ),
  claim: documented('decide: what is confirmed or dismissed; null: what the policy said.', nullable(oneOf(claims))),
  note: documented(
    'The answer, the comment, or why: required to answer, to comment, to dismiss, to reopen, and to confirm what the salesperson has not answered to.',
    nullable(
      ruled(`between 0 and ${NOTE_LENGTH_MAX} characters`, string, (text) => text.length <= NOTE_LENGTH_MAX, {
        maxLength: NOTE_LENGTH_MAX,
      }),
    ),
  ),
})
export type CaseAct = TypeOf<typeof CaseAct>

export const caseActs = topic<CaseAct>({
  name: 'case-acts',
  schema: CaseAct,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'API, command line',
})
