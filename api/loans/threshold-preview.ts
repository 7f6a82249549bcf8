import { Type, type Static } from 'typebox'
import { thresholdQuality, type ThresholdQuality } from '../../features/loans/threshold-quality.ts'
import { thresholds, type Threshold } from '../../schemas/loans/thresholds.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { countEstimates, estimatesBetween, estimatesWithUsage } from '../../store/loans/threshold-preview.ts'
import { problems } from '../http/problem.ts'
import { CustomerName } from '../http/personal.ts'
import { nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { activeSetting, settingOn } from '../versioned-settings.ts'

const TASK = 'loan-demand'
const NAMED_MAX = 50
/** Known usages that quality is measured on, the newest. */
const KNOWN_MAX = 20_000
/** Thresholds for which customers are counted and quality is stated, 5 % apart. */
const STEPS = Array.from({ length: 19 }, (_, index) => (index + 1) / 20)

const Customer = Type.Object({
  customerId: Type.String(),
  name: CustomerName,
  estimate: Type.Number({ description: 'Predicted cumulative usage: drawdown ÷ limit.' }),
})

const Moving = Type.Object({
  count: Type.Integer(),
  customers: Type.Array(Customer, { description: `The highest estimates first, at most ${NAMED_MAX}.` }),
})

const Quality = Type.Object({
  threshold: Type.Number(),
  flagged: Type.Integer({ description: 'Customers with an estimate from the threshold on.' }),
  reached: Type.Integer({ description: 'Customers whose usage reached the threshold.' }),
  both: Type.Integer(),
  precision: nullable(Type.Number(), 'Share of the flagged whose usage reached it; null if nobody was flagged.'),
  recall: nullable(Type.Number(), 'Share of those whose usage reached it that were flagged; null if nobody did.'),
})

const Preview = Type.Object({
  threshold: Type.Number({ description: 'The threshold asked for.' }),
  active: Type.Number({ description: 'The threshold in force.' }),
  activeVersion: Type.Integer({ description: 'Its version; 0: the built-in default.' }),
  scored: Type.Integer({ description: 'Customers with an estimate.' }),
  now: Type.Integer({ description: 'Customers with an estimate from the threshold in force on.' }),
  then: Type.Integer({ description: 'Customers with an estimate from the threshold asked for on.' }),
  comes: Moving,
  goes: Moving,
  quality: nullable(Quality, 'At the threshold asked for; null if no usage is known yet.'),
  byThreshold: Type.Array(
    Type.Object({ threshold: Type.Number(), customers: Type.Integer(), quality: nullable(Quality) }),
    { description: 'Customers from each threshold on, and its quality.' },
  ),
})

/** Route for what another threshold would change (spec L3). Nothing is stored. */
export function thresholdPreviewRoute(server: Server, ports: ApiPorts): void {
  const setting = settingOn(ports.settings, thresholds)
  server.get(
    '/potential-customers/preview',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['sales'],
        summary: 'Who would become a potential customer at another threshold, and who no longer; nothing is changed',
        description: `Computed from the newest estimate of every customer. Precision and recall are measured on the newest ${KNOWN_MAX} estimates whose usage has become known, one per customer and week: a customer counts as right if the usage reached the same threshold.`,
        querystring: Type.Object(
          { threshold: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'Default: that in force.' })) },
          { additionalProperties: false },
        ),
        response: { 200: Preview, ...problems('invalid-request') },
      },
    },
    ({ query: { threshold } }) => previewOf(ports, setting, threshold),
  )
}

async function previewOf(
  { database }: ApiPorts,
  setting: VersionedSetting,
  asked: number | undefined,
): Promise<Static<typeof Preview>> {
  const held = await activeSetting(database, setting, TASK)
  const { value: active } = held.value as Pick<Threshold, 'value'>
  const threshold = asked ?? active
  const [low, high] = [Math.min(threshold, active), Math.max(threshold, active)]
  const moving = await estimatesBetween(database, { from: low, below: high }, NAMED_MAX)
  const limits = [...new Set([...STEPS, threshold, active])].sort((one, other) => one - other)
  const counts = await countEstimates(database, limits)
  const from = (limit: number) => counts.slice(limits.indexOf(limit) + 1).reduce((sum, count) => sum + count, 0)
  const known = await estimatesWithUsage(database, KNOWN_MAX)
  const qualityAt = (at: number): ThresholdQuality | null => (known.length === 0 ? null : thresholdQuality(known, at))
  const [now, then] = [from(active), from(threshold)]
  const moved = (count: number) => ({ count: Math.max(0, count), customers: count > 0 ? moving : [] })
  return {
    threshold,
    active,
    activeVersion: held.version,
    scored: counts.reduce((sum, count) => sum + count, 0),
    now,
    then,
    comes: moved(then - now),
    goes: moved(now - then),
    quality: qualityAt(threshold),
    byThreshold: STEPS.map((step) => ({ threshold: step, customers: from(step), quality: qualityAt(step) })),
  }
}
