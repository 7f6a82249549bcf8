import { DAY_MS } from '../../../schemas/durations.ts'
import { catalogue } from '../../../schemas/platform/versioned-setting.ts'
import { SNOOZES, snoozes, type Snooze } from '../../../schemas/visits/snoozes.ts'
import { verdicts } from '../../../schemas/visits/verdicts.ts'
import { detectors } from '../evidence/detectors.ts'

const DAYS_MAX = 180

export const snoozeSetting = catalogue({
  name: 'snoozes',
  topic: snoozes,
  default: { id: 'snoozes', occurredAt: 0, source: 'api', name: SNOOZES, version: 0, snoozes: [], changedBy: '' },
  lists: {
    snoozes: {
      name: 'snooze',
      path: '/snoozes',
      doc: 'No alerts by one rule on the visits of one salesperson, or at one customer, until an end. Cases are opened all the same.',
      validate: validateSnooze,
      hasEnded: ({ until, retired }, at) => retired || until <= at,
    },
  },
})

function validateSnooze({ rule, salespersonId, customerId, from, until }: Omit<Snooze, 'id'>): string | undefined {
  const rules = [...verdicts.filter((verdict) => verdict !== 'fine'), ...detectors.map(({ kind }) => kind)]
  if (!rules.includes(rule)) return `There is no rule ${JSON.stringify(rule)}. There are: ${rules.join(', ')}.`
  if ((salespersonId === null) === (customerId === null))
    return 'Name either the salesperson or the customer whose visits it is about: one of them, and not both.'
  if (until <= from) return 'It would end before it begins: until must be later than from.'
  if (until - from > DAYS_MAX * DAY_MS) return `It may last ${DAYS_MAX} days at most: set it again when it ends.`
  return undefined
}
