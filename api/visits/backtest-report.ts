import { Type, type Static } from 'typebox'
import { nullable, Time } from '../http/schema-parts.ts'

const count = (description: string) => Type.Integer({ minimum: 0, description })
const Verdict = Type.Enum(['fine', 'invalid', 'suspected_false'])

const Known = Type.Object({
  visits: count('Visits of which it is known.'),
  inForce: count('Of these, flagged by the policy in force.'),
  candidate: count('Of these, flagged by the other one.'),
})

const Example = Type.Object({
  visitId: Type.String(),
  salespersonId: nullable(Type.String()),
  customerId: nullable(Type.String()),
  visitedAt: Time,
  inForce: Verdict,
  candidate: Verdict,
  reasons: Type.Array(Type.String(), { description: 'Of the one that flags it, the strongest first.' }),
  knownFalse: nullable(Type.Boolean(), 'What people found; null: not known.'),
})

/** Comparison of two policies on the same past visits. */
export const BacktestReport = Type.Object({
  from: Time,
  until: Time,
  days: Type.Integer(),
  visits: count('Visits of these days, which both policies assessed.'),
  earlierVisits: count('Visits before these days, which they are compared with.'),
  truncated: Type.Boolean({ description: 'There were more visits than are read: the earliest are left out.' }),
  inForce: Type.Object({ version: Type.Integer(), suspectedFalse: count(''), invalid: count('') }),
  candidate: Type.Object({ suspectedFalse: count(''), invalid: count('') }),
  new: count('Visits that only the other policy flags.'),
  vanished: count('Visits that only the policy in force flags.'),
  unchanged: count('Visits that both flag.'),
  knownFalse: Known,
  knownFine: Known,
  limit: Type.Object({ shareMax: Type.Number(), allowance: Type.Integer() }),
  heldBy: nullable(
    Type.Object({ day: Type.String(), visits: count(''), flagged: count(''), allowed: count('') }),
    'The day on which the other policy passes its limit most clearly; null: on none.',
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
    { description: 'Those with the most changes, 100 at most.' },
  ),
  examples: Type.Object({ new: Type.Array(Example), vanished: Type.Array(Example) }),
  warnings: Type.Array(Type.String(), { description: 'What the other policy says that may surprise.' }),
})
export type BacktestReport = Static<typeof BacktestReport>
