import type { Policy } from '../../../schemas/visits/policies.ts'
import type { Assessment } from '../../../schemas/visits/assessments.ts'
import type { SetDetector } from './evidence-settings.ts'

/** One reason to doubt a visit. */
export interface Evidence {
  readonly kind: string
  /** How much of it there is, 0 to 1. */
  readonly score: number
  readonly text: string
  /** The other visit, if it takes two. */
  readonly with: string | null
}

export interface VisitScores {
  /** That it did not happen as told; 0 to 1, a weighted sum, no probability. */
  readonly falseScore: number
  /** That it happened, and moved nothing. */
  readonly invalidScore: number
  readonly verdict: Assessment['verdict']
}

export type Weights = ReadonlyMap<string, { readonly false: number; readonly invalid: number }>

/** The kind of what the rules over visit count and probability say. */
export const POLICY_RULE = 'policy-rule'

export function weightsOf(settings: readonly SetDetector[]): Weights {
  return new Map(settings.map(({ detector, weights }) => [detector.kind, weights]))
}

/** Adds what a detector found; of each kind the strongest counts, and of equally strong ones the first. */
export function addEvidence(evidence: Evidence[], found: Evidence): void {
  const at = evidence.findIndex(({ kind }) => kind === found.kind)
  if (at === -1) evidence.push(found)
  else if (found.score > evidence[at]!.score) evidence[at] = found
}

/**
 * The weighted sums of the evidence, each cut at 1. `ruled`: the verdict of the rules, which decides alone.
 * `probability`: that the visit is false by a model, which takes the place of the sum. The policy's limits then say what
 * is suspected to be false, and what is invalid.
 */
export function visitScores(
  evidence: readonly Evidence[],
  weights: Weights,
  { falseFrom, invalidFrom }: Pick<Policy, 'falseFrom' | 'invalidFrom'>,
  ruled: Assessment['verdict'] = 'fine',
  probability: number | null = null,
): VisitScores {
  let falseScore = ruled === 'suspected_false' ? 1 : (probability ?? 0)
  let invalidScore = ruled === 'invalid' ? 1 : 0
  for (const { kind, score } of evidence) {
    const weight = weights.get(kind)
    if (weight === undefined) continue
    if (probability === null) falseScore += weight.false * score
    invalidScore += weight.invalid * score
  }
  falseScore = roundedScore(Math.min(1, falseScore))
  invalidScore = roundedScore(Math.min(1, invalidScore))
  const verdict =
    falseScore >= falseFrom && falseScore > 0
      ? 'suspected_false'
      : invalidScore >= invalidFrom && invalidScore > 0
        ? 'invalid'
        : 'fine'
  return { falseScore, invalidScore, verdict }
}

/** Scores are compared and told to a thousandth. */
export function roundedScore(score: number): number {
  return Math.round(score * 1_000) / 1_000
}
