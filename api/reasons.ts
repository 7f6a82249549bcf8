import { Type, type Static } from 'typebox'
import { nullable } from './http/schema-parts.ts'

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

const Carried = Type.Object({
  line: Type.Integer({ description: 'Which line of the text it is in, from 0; a line is a visit.' }),
  text: Type.String(),
  effect: Type.Number({ description: 'How much lower the log-odds of the score are without it.' }),
})

/** Which records and words of the text carry the score. */
export const TextReasons = Type.Object({
  lines: Type.Array(Carried, { description: 'The one that carries most first.' }),
  words: Type.Array(Carried, { description: 'Of the lines that carry most.' }),
})
export type TextReasons = Static<typeof TextReasons>
