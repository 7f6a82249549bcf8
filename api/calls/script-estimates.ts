import { Type } from 'typebox'
import { createOffPolicy, type OffPolicyEstimate } from '../../models/evaluation/off-policy.ts'
import { scriptChoicePolicies } from '../../schemas/calls/script-choice-policies.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { decidedChoices, type DecidedChoice } from '../../store/calls/decided-choices.ts'
import { problems } from '../http/problem.ts'
import { filter, nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { createSlots } from '../http/slots.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'
import { settingOn } from '../versioned-settings.ts'
import { activeChoicePolicy, type ActiveChoicePolicy } from './choose-script.ts'
import { withSlot } from './with-slot.ts'

const interval = {
  value: Type.Number(),
  lower: nullable(Type.Number(), 'null if there are too few calls.'),
  upper: nullable(Type.Number()),
}
const Rate = nullable(
  Type.Object(interval),
  'A conversion rate with its 95 % interval, which may extend beyond 0 to 1 if there is little data; null if the script was never chosen.',
)
const Estimated = Type.Object({
  template: Type.String(),
  templateVersion: Type.Integer(),
  language: Type.String(),
  choices: Type.Integer({ description: 'Decided calls in which the script could have been chosen.' }),
  taken: Type.Integer({ description: 'Decided calls in which it was chosen.' }),
  logged: Type.Number({ description: 'Observed conversion rate of all these calls.' }),
  inversePropensity: Rate,
  selfNormalised: Rate,
  doublyRobust: Rate,
  uplift: nullable(
    Type.Object(interval),
    'doublyRobust − logged, on the same calls; null if the script was never chosen.',
  ),
})

/** Requests that may run at once: each reads all choices. */
const AT_ONCE = 1
const WAIT_MS = 5_000

/** Route for off-policy estimates: the conversion rate if every call had used one script (spec C9). */
export function scriptEstimatesRoute(server: Server, ports: ApiPorts): void {
  const slots = createSlots(AT_ONCE, WAIT_MS)
  const policies = settingOn(ports.settings, scriptChoicePolicies)
  server.get(
    '/script-quality/estimates',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary:
          'Off-policy estimates: the conversion rate of each script if every call that could have used it had done so',
        querystring: Type.Object(
          {
            days: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 365, description: 'Default: the days in the policy.' }),
            ),
            targetGroup: filter('Restricts the estimates to this group.'),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(Estimated) }), ...problems('invalid-request', 'unavailable') },
      },
    },
    async ({ query: { days, targetGroup } }) => {
      const policy = await activeChoicePolicy({ database: ports.database, policies })
      const since = new Date(currentTime(ports) - (days ?? policy.days) * DAY_MS)
      const items = await withSlot(
        slots,
        () => estimatesOf(ports, policy, { since, targetGroup }),
        'Other estimates are being computed',
      )
      return { items }
    },
  )
}

async function estimatesOf(
  { database }: ApiPorts,
  { priorConversions, priorCalls }: ActiveChoicePolicy,
  wanted: Parameters<typeof decidedChoices>[1],
) {
  const offPolicy = createOffPolicy({ mean: priorConversions / priorCalls, count: priorCalls })
  for await (const batch of decidedChoices(database, wanted))
    for (const choice of batch)
      offPolicy.add({
        context: JSON.stringify([choice.targetGroup]),
        propensities: new Map(choice.candidates.map((one) => [actionOf(one, choice), one.propensity])),
        chosen: actionOf(choice, choice),
        reward: choice.converted ? 1 : 0,
      })
  return offPolicy.estimates().map(estimateJson).sort(byName)
}

type Version = Pick<DecidedChoice, 'template' | 'templateVersion'>

/** Encodes a version of a script as a string that `shown` decodes. */
function actionOf({ template, templateVersion }: Version, { language }: Pick<DecidedChoice, 'language'>): string {
  return JSON.stringify([template, templateVersion, language])
}

function estimateJson({ action, ...rest }: OffPolicyEstimate) {
  const [template, templateVersion, language] = JSON.parse(action) as [string, number, string]
  return { template, templateVersion, language, ...rest }
}

function byName(one: Version, other: Version): number {
  if (one.template === other.template) return one.templateVersion - other.templateVersion
  return one.template < other.template ? -1 : 1
}
