import {
  documented,
  event,
  identifier,
  int,
  nullable,
  withRule,
  string,
  type Schema,
  type TypeOf,
} from '../avro/schema.ts'
import { nonNegative, oneOf } from '../rules.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

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

const person: Schema<string> = withRule(
  '1 to 200 characters, not all of them blank',
  string,
  (name) => name.trim() !== '' && name.length <= 200,
  { minLength: 1, maxLength: 200, pattern: '\\S' },
)

export const CaseAct = event('CaseAct', 'An act of a person on a case. Event time is when the person acted.', {
  visitId: documented('Id of the visit, which is also the id of its case.', identifier),
  customerId: documented('Customer of the visit.', identifier),
  revision: documented(
    'Revision of the case that the person saw; the act is refused if the case has changed since.',
    nonNegative(int),
  ),
  kind: oneOf(caseActKinds),
  by: documented('Person who acted.', person),
  to: documented('For assign: the reviewer.', nullable(person)),
  decision: documented(
    'For decide: confirmed; harmless: the evidence is right, but nothing is wrong about the visit; dismissed: the visit is not as suspected.',
    nullable(oneOf(decisions)),
  ),
  claim: documented(
    'For decide: the claim that is confirmed or dismissed; null: the verdict of the policy.',
    nullable(oneOf(claims)),
  ),
  note: documented(
    'The answer, the comment or the reason. Required to answer, to comment, to dismiss, to reopen, and to confirm a case that the salesperson has not answered.',
    nullable(
      withRule(`between 0 and ${NOTE_LENGTH_MAX} characters`, string, (text) => text.length <= NOTE_LENGTH_MAX, {
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
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'API, command line',
})
