import { createHash } from 'node:crypto'
import type { RetirementDecision, ScriptRetirement } from '../../schemas/calls/script-retirements.ts'
import type { ActiveChoicePolicy } from './choose-script.ts'
import type { ScriptStatus } from './script-statuses.ts'

/** Returns the record of a decision on a version, with the figures of that version and of its peers. */
export function retirementRecord(
  one: ScriptStatus,
  all: readonly ScriptStatus[],
  { evidence, bound, version: policyVersion }: ActiveChoicePolicy,
  made: Pick<ScriptRetirement, 'decidedBy' | 'reason' | 'occurredAt'> & { readonly decision: RetirementDecision },
): ScriptRetirement {
  const { template, templateVersion, targetGroup, decided, converted, probabilityBest } = one
  const number = (one.decision?.number ?? 0) + 1
  const peers = all.filter(
    (other) =>
      other !== one &&
      other.status === 'chosen' &&
      other.targetGroup === targetGroup &&
      other.language === one.language,
  )
  // A deterministic id: if two processes make the same decision, consumers keep the first.
  const named = JSON.stringify([targetGroup, template, templateVersion, number])
  return {
    ...{ id: createHash('sha256').update(named).digest('hex'), source: 'scoreline/api', ...made },
    ...{ template, templateVersion, targetGroup, number, decided, converted, probabilityBest },
    peers: peers.map((peer) => ({
      ...{ template: peer.template, templateVersion: peer.templateVersion },
      ...{ decided: peer.decided, converted: peer.converted, probabilityBest: peer.probabilityBest },
    })),
    ...{ evidence, bound, policyVersion },
  }
}
