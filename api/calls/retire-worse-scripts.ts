import { scriptChoicePolicies } from '../../schemas/calls/script-choice-policies.ts'
import { scriptRetirements, type ScriptRetirement } from '../../schemas/calls/script-retirements.ts'
import { scriptTemplates } from '../../schemas/calls/script-templates.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { Topic } from '../../schemas/topic.ts'
import { scriptResults } from '../../store/calls/script-results.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'
import { settingOn } from '../versioned-settings.ts'
import { activeChoicePolicy, type ActiveChoicePolicy } from './choose-script.ts'
import { publishAll } from './publish-all.ts'
import { retirementRecord } from './retirement-record.ts'
import { isSame, scriptStatuses, type ScriptStatus } from './script-statuses.ts'

type RetirementPorts = Pick<ApiPorts, 'database' | 'publish' | 'settings' | 'simulatedClock'>

/** Retires the scripts that are worse than their peers. Records and returns the decisions. */
export async function retireWorseScripts(ports: RetirementPorts): Promise<readonly ScriptRetirement[]> {
  const { database, settings } = ports
  const policy = await activeChoicePolicy({ database, policies: settingOn(settings, scriptChoicePolicies) })
  if (!policy.adapts) return []
  const now = currentTime(ports)
  const results = await scriptResults(database, new Date(now - policy.days * DAY_MS))
  const all = await scriptStatuses({ database, templates: settingOn(settings, scriptTemplates) }, policy, results)
  const decisions: ScriptRetirement[] = []
  for (const one of all)
    if (one.isWorse && (await mayBeRetired(ports, policy, one)))
      decisions.push(
        retirementRecord(one, all, policy, {
          ...{ decision: 'retired', decidedBy: 'scoreline', occurredAt: now },
          reason: reasonOf(one, policy),
        }),
      )
  await publishAll(ports, scriptRetirements as Topic, decisions, 'No script was retired')
  return decisions
}

/** A script that a person restored is judged again only after `evidence` decided calls since then. */
async function mayBeRetired(
  { database }: RetirementPorts,
  { evidence }: ActiveChoicePolicy,
  one: ScriptStatus,
): Promise<boolean> {
  if (one.decision === undefined) return true
  const since = await scriptResults(database, one.decision.occurredAt)
  return (since.find((other) => isSame(other, one))?.decided ?? 0) >= evidence
}

function reasonOf({ decided, converted }: ScriptStatus, { bound }: ActiveChoicePolicy): string {
  return `${converted} of ${decided} calls converted (${percent(converted / decided)}). The probability that this script is the best is below the bound of ${percent(bound)}.`
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`
}
