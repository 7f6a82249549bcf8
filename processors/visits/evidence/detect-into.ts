import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import type { Surroundings } from './detector.ts'
import type { ConfiguredDetector } from './evidence-settings.ts'
import { addEvidence, roundedScore, type Evidence } from './visit-scores.ts'

/** Runs a detector over a group, in order of time, and adds what it finds to the evidence of each visit, by its id. */
export function detectInto(
  found: Map<string, Evidence[]>,
  { detector, parameters }: ConfiguredDetector,
  group: readonly VisitFacts[],
  surroundings: Surroundings,
): void {
  for (const { visit, score, text, with: other } of detector.detect(group, parameters, surroundings)) {
    const evidence = found.get(visit.visitId) ?? []
    found.set(visit.visitId, evidence)
    addEvidence(evidence, { kind: detector.kind, score: roundedScore(score), text, with: other })
  }
}
