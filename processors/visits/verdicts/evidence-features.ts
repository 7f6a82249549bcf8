import {
  featureSetId,
  type DescribedFeatures,
  type FeatureDescription,
  type Numbers,
} from '../../../features/feature-set.ts'
import { detectors } from '../evidence/detectors.ts'
import { POLICY_RULE } from '../evidence/visit-scores.ts'

/**
 * Kinds of evidence that models know by name, in the order of the row. A kind that is not among them counts in
 * `evidence.other` until there is a new version of the set.
 */
const KINDS = [
  'copied-text',
  'impossible-travel',
  'overlapping-check-ins',
  'one-device-two-names',
  'mocked-place',
  'no-jitter',
  'far-from-places',
  'one-place-many-customers',
  'entered-in-batch',
  'reused-photo',
  'dwell-too-short',
  'entered-late',
  'outside-window',
  'burst-before-period-end',
  'report-says-little',
  'report-again-and-again',
  'enthusiasm-without-movement',
  'digits-against-peers',
] as const

/** Name of the feature set and of the topic that its features are made from. */
const NAME = 'visit-evidence'

function described(
  name: string,
  meaning: string,
  unit: string,
  fields: readonly string[] = ['kind', 'score'],
): FeatureDescription {
  return { name: `evidence.${name}`, meaning, unit, sources: fields.map((field) => `${NAME}.${field}`) }
}

const descriptions: readonly FeatureDescription[] = [
  ...KINDS.map((kind) => described(kind, `How much evidence of ${kind} there is`, 'share')),
  described(POLICY_RULE, 'A rule of the policy over visit count and probability flags it', '1 or 0', ['ruled']),
  described('other', 'All other evidence, each kind times its weight as delivered', 'share'),
  described('kinds', 'Different kinds of evidence', 'kinds', ['kind']),
  described('visitCount', 'Visits of the opportunity until this one', 'visits', ['visitCount']),
  described('conversionProbability', 'Conversion probability after the visit', 'share', ['conversionProbability']),
]

/** Input of a model that scores whether a visit is false. */
export interface VisitWithEvidence {
  readonly evidence: readonly { readonly kind: string; readonly score: number }[]
  readonly visitCount: number | null
  readonly conversionProbability: number | null
}

/** Features of the models of `false-visit`: the strength of each kind of evidence, and the state of the opportunity. */
export const evidenceFeatures: DescribedFeatures & {
  /** Fills the row. Of each kind the strongest evidence counts; a kind without evidence is 0. */
  row(visit: VisitWithEvidence, row: Numbers): void
} = {
  id: featureSetId(NAME, 1),
  names: descriptions.map(({ name }) => name),
  descriptions,
  row({ evidence, visitCount, conversionProbability }, row) {
    const [ruled, other, kinds, count, probability] = [0, 1, 2, 3, 4].map((place) => KINDS.length + place) as Places
    row.fill(0, 0, descriptions.length)
    for (const { kind, score } of evidence) {
      const known = kind === POLICY_RULE ? ruled : KINDS.indexOf(kind as (typeof KINDS)[number])
      if (known === -1) row[other]! += (weightOf(kind) ?? 0) * score
      else row[known] = Math.max(row[known]!, score)
    }
    row[kinds] = new Set(evidence.map(({ kind }) => kind)).size
    row[count] = visitCount ?? Number.NaN
    row[probability] = conversionProbability ?? Number.NaN
  },
}

type Places = [number, number, number, number, number]

function weightOf(kind: string): number | undefined {
  return detectors.find((detector) => detector.kind === kind)?.weights.false
}
