import { comparePeers } from '../../models/bandit/worse-than-peers.ts'
import type { ScriptTemplate } from '../../schemas/calls/script-templates.ts'
import type { ScriptResults } from '../../store/calls/script-results.ts'
import { currentRetirements, type CurrentRetirement } from '../../store/calls/script-retirements.ts'
import { activeSettings } from '../versioned-settings.ts'
import { posteriorOf, type ChoiceSources, type ActiveChoicePolicy } from './choose-script.ts'

/** Results and status of a script version, compared with the others of its target group and language. */
export interface ScriptStatus extends ScriptResults {
  /** `chosen`: eligible. `retired`: found worse. `replaced`: the template has a newer version, or is not in use. */
  readonly status: 'chosen' | 'retired' | 'replaced'
  /** The latest decision to retire or restore it, if any. */
  readonly decision: CurrentRetirement | undefined
  /**
   * Probability of the best rate among eligible versions with enough evidence; null if it or all others lack evidence.
   */
  readonly probabilityBest: number | null
  readonly isWorse: boolean
}

/** Returns the standing of every version that was chosen within the policy's days or has a retirement decision. */
export async function scriptStatuses(
  { database, templates }: Pick<ChoiceSources, 'database' | 'templates'>,
  policy: ActiveChoicePolicy,
  results: readonly ScriptResults[],
): Promise<readonly ScriptStatus[]> {
  const activeTemplates = await activeSettings(database, templates)
  const inUse = new Map(
    activeTemplates.map(({ key, version, value }) => [
      key,
      { version, ...(value as Pick<ScriptTemplate, 'language' | 'retired'>) },
    ]),
  )
  const decisions = await currentRetirements(database)
  const unseen = decisions
    .filter((decision) => !results.some((one) => isSame(decision, one)))
    .map(({ targetGroup, template, templateVersion }) => ({
      ...{ targetGroup, template, templateVersion, language: inUse.get(template)?.language ?? '' },
      ...{ choices: 0, calls: 0, answered: 0, talkSeconds: null, talkSecondsDeviation: null },
      ...{ decided: 0, converted: 0, saidOtherwise: 0 },
    }))
  const withStatus = [...results, ...unseen].map((one) => {
    const decision = decisions.find((other) => isSame(other, one))
    const current = inUse.get(one.template)
    const isCurrent = current?.version === one.templateVersion && !current.retired
    const status = !isCurrent ? 'replaced' : decision?.decision === 'retired' ? 'retired' : 'chosen'
    return { ...one, decision, status, probabilityBest: null, isWorse: false } as const
  })
  const chosen = withStatus.filter(({ status }) => status === 'chosen')
  const ofGroups = Map.groupBy(chosen, ({ targetGroup, language }) => JSON.stringify([targetGroup, language]))
  const compared = new Map([...ofGroups.values()].flatMap((peers) => withComparison(peers, policy)))
  return withStatus.map((one) => ({ ...one, ...compared.get(one) }))
}

function withComparison<Peer extends ScriptResults>(peers: readonly Peer[], policy: ActiveChoicePolicy) {
  const compared = comparePeers(
    peers.map((one) => ({ posterior: posteriorOf(policy, one), decided: one.decided })),
    policy,
  )
  return peers.map((one, place) => [one, compared[place]!] as const)
}

type Version = Pick<ScriptResults, 'targetGroup' | 'template' | 'templateVersion'>

/** Whether both are the same version in the same target group. */
export function isSame(one: Version, other: Version): boolean {
  return (
    one.targetGroup === other.targetGroup &&
    one.template === other.template &&
    one.templateVersion === other.templateVersion
  )
}
