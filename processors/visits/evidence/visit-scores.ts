import type { Policy } from '../../../schemas/visits/policies.ts'
import type { Assessment } from '../../../schemas/visits/assessments.ts'
import type { ConfiguredDetector } from './evidence-settings.ts'

/** One reason to doubt a visit. */
export interface Evidence {
  readonly kind: string
  /** Strength, 0 to 1. */
  readonly score: number
  readonly text: string
  /** The id of the other visit, if two are involved. */
  readonly with: string | null
}

export interface VisitScores {
  /** Score for not having happened as reported: a weighted sum, 0 to 1, no probability. */
  readonly falseScore: number
  /** Score for having happened without effect, likewise. */
  readonly invalidScore: number
  readonly verdict: Assessment['verdict']
}

export type Weights = ReadonlyMap<string, { readonly false: number; readonly invalid: number }>

/** Kind of the evidence that the rules over visit count and probability give. */
export const POLICY_RULE = 'policy-rule'

export function weightsOf(settings: readonly ConfiguredDetector[]): Weights {
  return new Map(settings.map(({ detector, weights }) => [detector.kind, weights]))
}

/** Adds what a detector found: the strongest of each kind is kept, of equally strong ones the first. */
export function addEvidence(evidence: Evidence[], found: Evidence): void {
  const at = evidence.findIndex(({ kind }) => kind === found.kind)
  if (at === -1) evidence.push(found)
  else if (found.score > evidence[at]!.score) evidence[at] = found
}

/**
 * Returns the weighted sums of the evidence, capped at 1, and the verdict by the policy's limits. `ruled`: the verdict
 * of the rules, which sets its score to 1. `probability`: a model's probability that the visit is false, which replaces
 * the weighted sum.
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

/** Rounds to a thousandth, the precision at which scores are compared and published. */
export function roundedScore(score: number): number {
  return Math.round(score * 1_000) / 1_000
}
