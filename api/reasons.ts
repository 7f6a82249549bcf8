import { Type, type Static } from 'typebox'
import { personal } from './http/personal.ts'
import { nullable } from './http/schema-parts.ts'

/** Schema of one reason for a score. */
export const Reason = Type.Object({
  feature: Type.String(),
  value: nullable(Type.Number({ description: 'null if unknown.' })),
  contribution: Type.Number({
    description:
      'Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin.',
  }),
  words: Type.String(),
})

export type Reason = Static<typeof Reason>

/** Schema of a reason with the values behind its words, from which a page words it in another language. */
export const ExplainedReason = Type.Object({
  ...Reason.properties,
  names: Type.Array(Type.String(), {
    description: 'Names of things that are hashed into the feature, at most three; empty if there are none.',
  }),
  usual: nullable(
    Type.Number({ description: 'What the value usually is; null if unknown, or without a noticeable difference.' }),
  ),
})
export type ExplainedReason = Static<typeof ExplainedReason>

const TextContribution = Type.Object({
  line: Type.Integer({ description: 'Line of the text, from 0; each line is a visit.' }),
  text: Type.String(),
  effect: Type.Number({ description: 'How much the log-odds of the score would decrease without it.' }),
})

/** Schema of the records and words of the text that contribute most to a score. */
export const TextReasons = Type.Object({
  lines: personal('texts', Type.Array(TextContribution, { description: 'Largest contribution first.' })),
  words: personal('texts', Type.Array(TextContribution, { description: 'Words of the lines that contribute most.' })),
})
export type TextReasons = Static<typeof TextReasons>
