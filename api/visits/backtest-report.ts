import { Type, type Static } from 'typebox'
import { nullable, Time } from '../http/schema-parts.ts'

const count = (description: string) => Type.Integer({ minimum: 0, description })
const Verdict = Type.Enum(['fine', 'invalid', 'suspected_false'])

const Known = Type.Object({
  visits: count('Visits with a known outcome of this kind.'),
  inForce: count('Those flagged by the active policy.'),
  candidate: count('Those flagged by the candidate.'),
})

const Example = Type.Object({
  visitId: Type.String(),
  salespersonId: nullable(Type.String()),
  customerId: nullable(Type.String()),
  visitedAt: Time,
  inForce: Verdict,
  candidate: Verdict,
  reasons: Type.Array(Type.String(), { description: 'Reasons of the policy that flags it, strongest first.' }),
  knownFalse: nullable(Type.Boolean(), 'What reviewers found; null if unknown.'),
})

/** Comparison of two policies on the same past visits. */
export const BacktestReport = Type.Object({
  from: Time,
  until: Time,
  days: Type.Integer(),
  visits: count('Visits of these days, assessed by both policies.'),
  earlierVisits: count('Earlier visits, read for comparison only.'),
  truncated: Type.Boolean({
    description: 'Whether the earliest visits were left out because there are more than the limit.',
  }),
  inForce: Type.Object({ version: Type.Integer(), suspectedFalse: count(''), invalid: count('') }),
  candidate: Type.Object({ suspectedFalse: count(''), invalid: count('') }),
  new: count('Visits that only the candidate flags.'),
  vanished: count('Visits that only the active policy flags.'),
  unchanged: count('Visits that both flag.'),
  knownFalse: Known,
  knownFine: Known,
  limit: Type.Object({ shareMax: Type.Number(), allowance: Type.Integer() }),
  heldBy: nullable(
    Type.Object({ day: Type.String(), visits: count(''), flagged: count(''), allowed: count('') }),
    'The day on which the candidate exceeds its limit most; null if on none.',
  ),
  byDay: Type.Array(
    Type.Object({ day: Type.String(), visits: count(''), inForce: count('Flags.'), candidate: count('Flags.') }),
  ),
  bySalesperson: Type.Array(
    Type.Object({
      salespersonId: nullable(Type.String()),
      visits: count(''),
      inForce: count('Flags.'),
      candidate: count('Flags.'),
      new: count(''),
      vanished: count(''),
    }),
    { description: 'Salespeople with the most changes, at most 100.' },
  ),
  examples: Type.Object({ new: Type.Array(Example), vanished: Type.Array(Example) }),
  warnings: Type.Array(Type.String(), { description: 'Warnings about settings of the candidate.' }),
})
export type BacktestReport = Static<typeof BacktestReport>
