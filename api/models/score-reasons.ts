import { Type, type Static } from 'typebox'
import { reasonsFrom } from '../../features/reasons.ts'
import type { Feature, ModelInput, TaskModel } from '../ports.ts'
import { ExplainedReason, TextReasons } from '../reasons.ts'
import { nullable } from '../http/schema-parts.ts'

/** Schema of the explanation of a score. */
export const Explanation = Type.Object({
  base: nullable(
    Type.Number({
      description: 'The base margin, without any contribution; null for a model that can’t be explained.',
    }),
  ),
  reasons: Type.Array(ExplainedReason, { description: 'The largest contributions, largest first.' }),
  textReasons: nullable(TextReasons, 'null if the model reads no text, or text reasons were not requested.'),
})
export type Explanation = Static<typeof Explanation>

/**
 * Explains a score with at most `most` reasons of each kind. Text reasons are computed only on request: they take one
 * score per word.
 */
export async function explainScore(
  model: TaskModel,
  features: readonly Feature[],
  input: ModelInput,
  {
    output = 0,
    most,
    withTextReasons,
  }: { readonly output?: number; readonly most: number; readonly withTextReasons: boolean },
): Promise<Explanation> {
  const { values, text } = input
  const contributions = new Float64Array(values.length)
  const base = model.explainer?.(output)(values, contributions) ?? null
  return {
    base,
    reasons: reasonsFrom(features, values, contributions, most),
    textReasons:
      withTextReasons && text !== null ? ((await model.textReasons?.({ ...input, text }, output, most)) ?? null) : null,
  }
}
