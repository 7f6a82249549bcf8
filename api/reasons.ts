import { Type, type Static } from 'typebox'
import { nullable } from './schema-parts.ts'

/** Why a score is what it is. */
export const Reason = Type.Object({
  feature: Type.String(),
  value: nullable(Type.Number({ description: 'null where it is not known.' })),
  contribution: Type.Number({
    description: 'To the margin: the log-odds of a probability, or the estimate itself. All of them and the base are the margin.',
  }),
  words: Type.String(),
})

export type Reason = Static<typeof Reason>
