import { Type, type Static } from 'typebox'
import { scriptChoicePolicies } from '../../schemas/calls/script-choice-policies.ts'
import { scriptTemplates } from '../../schemas/calls/script-templates.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { scriptResults } from '../../store/calls/script-results.ts'
import { nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'
import { settingOn } from '../versioned-settings.ts'
import { activeChoicePolicy } from './choose-script.ts'
import { Estimate, rateEstimate, talkEstimate } from './rate-estimate.ts'
import { scriptStatuses, type ScriptStatus } from './script-statuses.ts'

const GroupQuality = Type.Object({
  targetGroup: nullable(Type.String(), 'null for customers in no group that a template names.'),
  language: Type.String(),
  template: Type.String(),
  templateVersion: Type.Integer(),
  status: Type.Enum(['chosen', 'retired', 'replaced'], {
    description:
      'retired: found worse than the others. replaced: there is a newer version, or the template is not in use.',
  }),
  retiredAt: nullable(Time, 'When the version was retired, if it still is.'),
  choices: Type.Integer({ description: 'Calls that the version was chosen for.' }),
  calls: Type.Integer({ description: 'Calls of these choices that were reported.' }),
  answered: Type.Integer({ description: 'Reported calls that a person answered.' }),
  answerRate: Estimate,
  talkSeconds: Estimate,
  decided: Type.Integer({ description: 'Calls that a person answered and whose outcome is known.' }),
  converted: Type.Integer(),
  conversionRate: Estimate,
  saidOtherwise: Type.Integer({ description: 'Answered calls that reported another script or version.' }),
  probabilityBest: nullable(
    Type.Number(),
    'Probability that its conversion rate is the highest among eligible versions; null if it or all others have too few calls.',
  ),
})

/** Route for the results of scripts by the target group that they were chosen for (spec C9). */
export function scriptGroupQualityRoute(server: Server, ports: ApiPorts): void {
  const { database, settings } = ports
  const policies = settingOn(settings, scriptChoicePolicies)
  const templates = settingOn(settings, scriptTemplates)
  server.get(
    '/script-quality/groups',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'Results of scripts by target group within the policy’s days, with the status of each version',
        response: {
          200: Type.Object({
            days: Type.Integer(),
            evidence: Type.Integer({ description: 'Decided calls that a version needs before it is compared.' }),
            items: Type.Array(GroupQuality),
          }),
        },
      },
    },
    async () => {
      const policy = await activeChoicePolicy({ database, policies })
      const results = await scriptResults(database, new Date(currentTime(ports) - policy.days * DAY_MS))
      const statuses = await scriptStatuses({ database, templates }, policy, results)
      return { days: policy.days, evidence: policy.evidence, items: statuses.map(qualityOf) }
    },
  )
}

function qualityOf(one: ScriptStatus): Static<typeof GroupQuality> {
  const { targetGroup, language, template, templateVersion, status, decision, probabilityBest } = one
  const { choices, calls, answered, talkSeconds, talkSecondsDeviation, decided, converted, saidOtherwise } = one
  return {
    ...{ targetGroup, language, template, templateVersion, status, probabilityBest },
    retiredAt: status === 'retired' ? decision!.occurredAt.toISOString() : null,
    ...{ choices, calls, answered, decided, converted, saidOtherwise },
    answerRate: rateEstimate(answered, calls),
    talkSeconds: talkEstimate(talkSeconds, talkSecondsDeviation, answered),
    conversionRate: rateEstimate(converted, decided),
  }
}
