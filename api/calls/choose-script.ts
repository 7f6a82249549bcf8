import { drawScript } from '../../features/calls/scripts/draw-script.ts'
import { scriptCandidates } from '../../features/calls/scripts/script-candidates.ts'
import type { Posterior } from '../../models/bandit/beta.ts'
import { withFloor } from '../../models/bandit/with-floor.ts'
import type { ScriptChoicePolicy } from '../../schemas/calls/script-choice-policies.ts'
import type { ScriptCandidate, ScriptChoice } from '../../schemas/calls/script-choices.ts'
import type { ScriptTemplate } from '../../schemas/calls/script-templates.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import type { ScriptResults } from '../../store/calls/script-results.ts'
import { currentRetirements } from '../../store/calls/script-retirements.ts'
import type { ScriptContent, ScriptGroup } from '../../store/calls/scripts.ts'
import type { Database } from '../../store/database.ts'
import { requireCustomer } from '../customers/require-customer.ts'
import { ProblemError } from '../http/problem.ts'
import { activeSetting, activeSettings } from '../versioned-settings.ts'
import { generateScript, type ChoosableTemplate } from './generate-script.ts'
import { groupMemberships } from './group-memberships.ts'
import { callValues } from './script-values.ts'
import { scriptGroup, usableScripts } from './usable-scripts.ts'

/** Data and settings from which a script is chosen. */
export interface ChoiceSources {
  readonly database: Database
  readonly templates: VersionedSetting
  readonly groups: VersionedSetting
  readonly products: VersionedSetting
  readonly policies: VersionedSetting
  /** Returns the results of every script over the last `days` days. */
  results(days: number): Promise<readonly ScriptResults[]>
  /** Returns each script's probability of having the highest conversion rate. */
  best(posteriors: readonly Posterior[]): readonly number[]
}

export interface ChoiceRequest {
  readonly callId: string
  readonly customerId: string
  readonly language: string
  readonly product?: string | undefined
  readonly now: number
}

export type ActiveChoicePolicy = Omit<ScriptChoicePolicy, 'id' | 'occurredAt' | 'source' | 'name' | 'changedBy'>

export async function activeChoicePolicy({
  database,
  policies,
}: Pick<ChoiceSources, 'database' | 'policies'>): Promise<ActiveChoicePolicy> {
  const { version, value } = await activeSetting(database, policies, 'default')
  return { ...(value as Omit<ActiveChoicePolicy, 'version'>), version }
}

/** Returns the Beta posterior of a version’s conversion rate: the policy’s prior updated with the results. */
export function posteriorOf(
  { priorConversions, priorCalls }: Pick<ActiveChoicePolicy, 'priorConversions' | 'priorCalls'>,
  results: Pick<ScriptResults, 'decided' | 'converted'> | undefined,
): Posterior {
  const { decided, converted } = results ?? { decided: 0, converted: 0 }
  return { alpha: priorConversions + converted, beta: priorCalls - priorConversions + decided - converted }
}

/** A choice with what it adds to the script database. */
export interface PreparedChoice {
  readonly choice: ScriptChoice
  readonly script: ScriptContent
  /** null: the customer is in no group that a template names. */
  readonly group: ScriptGroup | undefined
}

/** A template with the script that it gives this customer. */
type Candidate = ChoosableTemplate & { readonly script: ScriptContent }

/** Chooses the script of a call without recording the choice. Throws a problem if no script may be used. */
export async function chooseScript(sources: ChoiceSources, request: ChoiceRequest): Promise<PreparedChoice> {
  const { callId, customerId, language, now } = request
  const policy = await activeChoicePolicy(sources)
  const { targetGroup, group, usable } = await candidatesOf(sources, request, policy)
  const results = await sources.results(policy.days)
  const posteriors = posteriorsOf(policy, targetGroup, usable, results)
  const best = sources.best(posteriors)
  const propensities = policy.adapts ? withFloor(best, policy.floor) : best.map(() => 1 / best.length)
  const candidates = usable.map(({ name, version }, place): ScriptCandidate => ({
    ...{ template: name, templateVersion: version, ...posteriors[place]! },
    ...{ probabilityBest: best[place]!, propensity: propensities[place]! },
  }))
  const place = drawScript(callId, propensities)
  const { template, templateVersion, propensity } = candidates[place]!
  const { script } = usable[place]!
  const { floor, adapts, version: policyVersion } = policy
  const choice = {
    ...{ id: callId, occurredAt: now, source: 'scoreline/api', customerId, callId, language, targetGroup },
    ...{ template, templateVersion, scriptId: script.id, propensity, candidates, floor, adapts, policyVersion },
  }
  return { choice, script, group }
}

async function candidatesOf(sources: ChoiceSources, request: ChoiceRequest, policy: ActiveChoicePolicy) {
  const { database } = sources
  const { targetGroup, templates } = await eligibleTemplates(sources, request, policy)
  const values = await callValues(database, sources.products, request.language, request)
  const candidates = templates.map((one): Candidate => ({
    ...one,
    script: generateScript(one, values.product(one.products)),
  }))
  const group = await scriptGroup(database, sources.groups, targetGroup)
  const review = { reviewed: policy.reviewed, group, at: new Date(request.now) }
  return { targetGroup, group, usable: await usableScripts(database, candidates, review) }
}

async function eligibleTemplates(
  { database, templates, groups }: ChoiceSources,
  { customerId, language, product }: ChoiceRequest,
  { adapts, groupOrder }: ActiveChoicePolicy,
): Promise<{ readonly targetGroup: string | null; readonly templates: readonly ChoosableTemplate[] }> {
  const customer = await requireCustomer(database, customerId)
  const memberships = await groupMemberships(database, groups, customer)
  const own = new Set(memberships.filter(({ member }) => member === true).map(({ name }) => name))
  const retirements = adapts ? await currentRetirements(database) : []
  const worse = new Set(
    retirements
      .filter(({ decision }) => decision === 'retired')
      .map((one) => keyOf(one.targetGroup, one.template, one.templateVersion)),
  )
  const offered = (await activeSettings(database, templates)).map(({ key: name, version, value, changedBy }) => ({
    ...(value as ScriptTemplate),
    ...{ name, version, author: changedBy },
  }))
  const found = scriptCandidates(offered, {
    ...{ language, product, groupOrder },
    isIn: (group) => own.has(group),
    isWorse: ({ name, version }, group) => worse.has(keyOf(group, name, version)),
  })
  if (found.lack !== undefined) throw new ProblemError('incomplete', found.lack)
  return { targetGroup: found.targetGroup, templates: found.candidates }
}

function posteriorsOf(
  policy: ActiveChoicePolicy,
  targetGroup: string | null,
  templates: readonly ChoosableTemplate[],
  results: readonly ScriptResults[],
): readonly Posterior[] {
  const known = new Map(results.map((one) => [keyOf(one.targetGroup, one.template, one.templateVersion), one]))
  return templates.map(({ name, version }) => posteriorOf(policy, known.get(keyOf(targetGroup, name, version))))
}

/** Returns a map key for one version of a script in one target group. */
function keyOf(group: string | null, template: string, version: number): string {
  return JSON.stringify([group, template, version])
}
