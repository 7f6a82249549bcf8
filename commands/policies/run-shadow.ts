import type { CommandContext } from '../../composition/context.ts'
import { VISIT_POLICY } from '../../processors/visits/default-policy.ts'
import { shadowSetting } from '../../processors/visits/policies/shadow-setting.ts'
import { SHADOWS_MAX, type ShadowPolicies } from '../../schemas/visits/shadow-policies.ts'
import type { Database } from '../../store/database.ts'
import { newestSetting, setSetting } from '../../store/versioned-settings.ts'
import { shadowDays } from '../../store/visits/shadow-assessments.ts'
import { nameOf } from '../audit-fields.ts'
import { candidateOf, withPolicies } from './with-policies.ts'

export interface ShadowOptions {
  readonly as?: string
  readonly stop?: string
  readonly by?: string
}
type Candidates = ShadowPolicies['candidates']

/** Newest days with flags that the counts cover. */
const SHOWN_DAYS = 30

/** Starts, stops or summarises shadow policies. */
export async function runShadow(
  here: CommandContext,
  named: string | undefined,
  options: ShadowOptions,
): Promise<void> {
  validateOptions(named, options)
  await withPolicies(here, async (at) => {
    const { database } = at
    const newest = await newestSetting(database, shadowSetting, VISIT_POLICY)
    const candidates = newest?.value.candidates ?? []
    if (named === undefined && options.stop === undefined) {
      for (const line of await shadowSummaries(database, candidates)) here.print(line)
      return
    }
    const changed =
      options.stop === undefined
        ? withCandidate(candidates, options.as!, await candidateOf(named!, at))
        : withoutCandidate(candidates, options.stop)
    const { version } = await setSetting(database, shadowSetting, {
      key: VISIT_POLICY,
      value: { candidates: changed },
      changedBy: nameOf(options.by!),
      expectedVersion: newest?.version ?? 0,
    })
    here.print(JSON.stringify({ version, shadow: changed.map(({ id }) => id) }))
  })
}

function validateOptions(named: string | undefined, { as, stop, by }: ShadowOptions): void {
  if (named !== undefined && as === undefined) throw new Error('Give the shadow policy a name with --as.')
  if (named === undefined && as !== undefined) throw new Error('--as needs a policy too: give its file or its version.')
  if (named !== undefined && stop !== undefined)
    throw new Error('Start a shadow policy or stop one with --stop, not both at once.')
  if ((named !== undefined || stop !== undefined) && by === undefined)
    throw new Error('Name the person responsible for the change with --by.')
}

/** Adds a shadow policy; one of the same name is replaced. */
function withCandidate(candidates: Candidates, id: string, policy: Candidates[number]['policy']): Candidates {
  const others = candidates.filter((one) => one.id !== id)
  if (others.length >= SHADOWS_MAX)
    throw new Error(
      `There are already ${SHADOWS_MAX} shadow policies (${others.map((one) => one.id).join(', ')}). Stop one with --stop.`,
    )
  return [...others, { id, policy, startedAt: Date.now() }]
}

function withoutCandidate(candidates: Candidates, id: string): Candidates {
  const others = candidates.filter((one) => one.id !== id)
  if (others.length < candidates.length) return others
  throw new Error(
    `There is no shadow policy ${id}. Shadow policies: ${candidates.map((one) => one.id).join(', ') || 'none'}.`,
  )
}

async function shadowSummaries(database: Database, candidates: Candidates): Promise<string[]> {
  const ids = candidates.map(({ id }) => id)
  const days = await shadowDays(database, ids, SHOWN_DAYS)
  return candidates.map(({ id, startedAt }) => {
    const theirs = days.filter(({ candidate }) => candidate === id)
    const sum = (name: 'new' | 'vanished' | 'unchanged') => theirs.reduce((total, day) => total + day[name], 0)
    const counts = { new: sum('new'), vanished: sum('vanished'), unchanged: sum('unchanged') }
    return JSON.stringify({ id, startedAt: new Date(startedAt), days: theirs.length, ...counts })
  })
}
