import { judgePeers } from '../../models/bandit/worse-than-peers.ts'
import type { ScriptTemplate } from '../../schemas/calls/script-templates.ts'
import type { ScriptResults } from '../../store/calls/script-results.ts'
import { standingRetirements, type StandingRetirement } from '../../store/calls/script-retirements.ts'
import { settingsInForce } from '../versioned-settings.ts'
import { posteriorOf, type ChoiceSources, type PolicyInForce } from './choose-script.ts'

/** How a version of a script stands among those of its target group and language. */
export interface ScriptStanding extends ScriptResults {
  /** `chosen`: among others. `retired`: found worse. `replaced`: the template has a newer version, or is not in use. */
  readonly status: 'chosen' | 'retired' | 'replaced'
  /** The newest decision on it; `undefined`: there is none. */
  readonly decision: StandingRetirement | undefined
  /** Among those that are chosen and of which enough is known; null: of it, or of no other, too little is. */
  readonly probabilityBest: number | null
  readonly isWorse: boolean
}

/** Of every version that was chosen in the days of the policy, or was retired. */
export async function scriptStandings(
  { database, templates }: Pick<ChoiceSources, 'database' | 'templates'>,
  policy: PolicyInForce,
  results: readonly ScriptResults[],
): Promise<readonly ScriptStanding[]> {
  const inForce = await settingsInForce(database, templates)
  const inUse = new Map(
    inForce.map(({ key, version, value }) => [
      key,
      { version, ...(value as Pick<ScriptTemplate, 'language' | 'retired'>) },
    ]),
  )
  const decisions = await standingRetirements(database)
  const unseen = decisions
    .filter((decision) => !results.some((one) => isSame(decision, one)))
    .map(({ targetGroup, template, templateVersion }) => ({
      ...{ targetGroup, template, templateVersion, language: inUse.get(template)?.language ?? '' },
      ...{ choices: 0, decided: 0, converted: 0, saidOtherwise: 0 },
    }))
  const standing = [...results, ...unseen].map((one) => {
    const decision = decisions.find((other) => isSame(other, one))
    const current = inUse.get(one.template)
    const isCurrent = current?.version === one.templateVersion && !current.retired
    const status = !isCurrent ? 'replaced' : decision?.decision === 'retired' ? 'retired' : 'chosen'
    return { ...one, decision, status, probabilityBest: null, isWorse: false } as const
  })
  const chosen = standing.filter(({ status }) => status === 'chosen')
  const ofGroups = Map.groupBy(chosen, ({ targetGroup, language }) => JSON.stringify([targetGroup, language]))
  const judged = new Map([...ofGroups.values()].flatMap((peers) => withJudgement(peers, policy)))
  return standing.map((one) => ({ ...one, ...judged.get(one) }))
}

function withJudgement<Peer extends ScriptResults>(peers: readonly Peer[], policy: PolicyInForce) {
  const judged = judgePeers(
    peers.map((one) => ({ posterior: posteriorOf(policy, one), decided: one.decided })),
    policy,
  )
  return peers.map((one, place) => [one, judged[place]!] as const)
}

type Version = Pick<ScriptResults, 'targetGroup' | 'template' | 'templateVersion'>

/** The same version for the same group. */
export function isSame(one: Version, other: Version): boolean {
  return (
    one.targetGroup === other.targetGroup &&
    one.template === other.template &&
    one.templateVersion === other.templateVersion
  )
}
